"""The five things that are true everywhere (docs/architecture.md), and where each is proven.

A truth is held by what cannot be stored, which is looked for here, and by tests of what
is done, which are named here and must be there.
"""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.sources import ROOT, pardoned, templates
from thedeal.deals.states import Door, Next, Side
from thedeal.lib import definitions

PROVEN = {
    "two columns": {
        "tests/integration/deals/test_deals.py": (
            "test_one_column_is_not_even_shown",
            "test_the_database_refuses_one_column_whatever_the_code_does",
            "test_a_broken_promise_of_ours_stays_broken_with_a_sorry",
        ),
    },
    "nobody is turned away": {
        "tests/integration/deals/test_conversations.py": (
            "test_no_conversation_ends_without_their_own_next_step",
        ),
    },
    "the law's doors": {
        "tests/integration/deals/test_doors.py": (
            "test_each_door_opens_with_nothing_but_a_tap",
        ),
        "tests/integration/desk/test_rights_on_every_page.py": (
            "test_each_page_that_begins_with_a_person",
            "test_each_page_of_what_is_theirs",
        ),
    },
    "the person's record is the person's": {
        "tests/integration/residents/test_sharing.py": (
            "test_the_person_reads_who_may_and_who_has_looked",
        ),
        "tests/integration/residents/test_finding.py": (
            "test_a_page_that_is_opened_is_a_look_that_the_person_can_read",
        ),
        "tests/integration/mine/test_rights.py": (
            "test_who_looked_is_told_with_their_place_their_work_and_why",
            "test_a_yes_turned_into_a_no_holds_from_that_moment",
            "test_their_words_stand_beside_it_and_the_worker_is_told",
        ),
        "tests/integration/mine/test_taking_away.py": (
            "test_every_field_about_a_person_is_given_or_named_with_a_reason",
        ),
    },
    "no number without its source": {
        "tests/unit/lib/test_definitions.py": (
            "test_every_definition_says_where_it_is_from",
        ),
        "tests/unit/lib/test_disclosure.py": ("test_one_to_seven_are_hidden",),
    },
}
# a field of such a name would sort people into those who get and those who do not
JUDGING = re.compile(
    r"(score|eligib|threshold|priority|band|tier|risk|need_level|is_vulnerable|triage)"
)
# what a person said of themself, by an instrument they were told of; and the danger in
# which the law lets nobody refuse an assessment (Care Act 2014 s. 11)
FOR_THEM = {"residents.Measure.scores", "deals.LawDoor.is_at_risk"}
ABOUT_A_PERSON = (
    "desk/people/person.html",
    "desk/talking/talk.html",
    "mine/shell.html",
)


def _tests_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("truth", PROVEN)
def test_each_truth_is_proven_where_it_is_said_to_be(truth: str):
    missing = [
        f"{path}::{name}"
        for path, names in PROVEN[truth].items()
        for name in names
        if name not in _tests_in(path)
    ]
    assert missing == []


def test_there_are_two_sides_and_no_third():
    assert [side.value for side in Side] == ["ours", "yours"]


def test_there_is_nowhere_to_store_who_deserves_help():
    judging = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("thedeal.")
        and model._meta.app_label in {"residents", "deals"}
        and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.concrete_fields
        if JUDGING.search(field.name)
    }
    assert judging - FOR_THEM - pardoned("judging fields") == set()


def test_no_next_step_is_the_end_of_it():
    said = [step.value for step in Next]
    assert not [each for each in said if re.search(r"no |none|reject|clos|refus", each)]
    assert Next.RING_WHEN_READY in Next


def test_the_law_has_four_doors():
    assert {door.name for door in Door} == {
        "NEEDS",
        "CARER",
        "ADVOCATE",
        "SAFEGUARDING",
    }


def test_every_page_about_a_person_has_the_laws_doors():
    pages = {
        path.as_posix().partition("/templates/")[2]: text
        for path, text in templates().items()
    }
    shut = {name for name in ABOUT_A_PERSON if "law_doors" not in pages.get(name, "")}
    assert shut - pardoned("shut doors") == set()


def test_every_number_among_the_definitions_has_a_source():
    bare = [
        key
        for key, entry in definitions.everything().items()
        if isinstance(entry.value, int | float) and not entry.source
    ]
    assert bare == []
