"""Every time that is declared for keeping a record is kept by something that runs."""

import pytest
from django.core.exceptions import FieldDoesNotExist

from thedeal.lib import definitions, keeping, walls
from thedeal.lib.holding import AtEnd, Changes
from thedeal.residents.selectors import forgetting

RETENTION = "retention."
RULES = {
    entry.key.removeprefix(RETENTION): entry.value
    for entry in definitions.within(RETENTION)
}
DELETED = {key for key, value in RULES.items() if value["then"] == "delete"}
TABLES = [m for m in walls.stored_models() if keeping.kept_of(m)]
BY_A_CLOCK = keeping.ended_by_a_clock()
ABOUT_A_PERSON = {model: column for model, column in forgetting.about_a_person()}


def by_label(model):
    return model._meta.label


def test_each_rule_that_deletes_is_done_and_says_who_decides():
    done = {keeping.kept_of(model).rule for model in BY_A_CLOCK}
    assert done == DELETED, "Name the day it counts from in kept.since (lib.holding)."
    for key in DELETED:
        assert RULES[key]["months"], key
        assert RULES[key]["decided_by"] in {"person", "clock"}, key


@pytest.mark.parametrize("model", BY_A_CLOCK, ids=by_label)
def test_the_day_it_counts_from_is_a_field(model):
    assert keeping.kept_of(model).at_end is AtEnd.DELETE
    for name in keeping.kept_of(model).since.split():
        try:
            keeping._day(model, name)
        except FieldDoesNotExist:
            pytest.fail(f"{model._meta.label}.{name} is in kept.since, and not there.")


@pytest.mark.parametrize("model", TABLES, ids=by_label)
def test_what_a_table_says_of_its_end_is_what_its_rule_says(model):
    kept = keeping.kept_of(model)
    then = RULES[kept.rule]["then"]
    if kept.at_end is AtEnd.DELETE and not kept.since:
        # with the person's key, whose erasing is proposed by the same rules
        assert then == "erase"
    if kept.at_end is AtEnd.KEEP:
        assert then in {"keep", "anonymise"}
    if kept.at_end is AtEnd.ANONYMISE:
        assert then in {"erase", "anonymise"}


@pytest.mark.parametrize("model", BY_A_CLOCK, ids=by_label)
def test_the_worker_alone_deletes_what_is_over(model):
    for table in (model, *keeping.histories_of(model)):
        grants = walls.grants_of(table)
        assert "d" in grants.worker, table._meta.label
        if keeping.kept_of(model).changes is Changes.APPEND_ONLY or table is not model:
            assert "d" not in grants.staff + grants.public
            assert "w" not in grants.worker
