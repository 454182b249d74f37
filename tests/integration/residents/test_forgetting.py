"""Keeping and forgetting: the clock proposes, a person decides, and it is proven."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from thedeal.audit.models import Entry, PersonKey
from thedeal.lib import sealed
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.lib.records import Kept
from thedeal.residents import jobs
from thedeal.residents.actions import alongside, forgetting, gifts, measures, people
from thedeal.residents.models import Forgetting, Person, Strength
from thedeal.residents.selectors import forgetting as reading
from thedeal.residents.states import WhyEnded

YEAR = dt.timedelta(days=366)


@pytest.fixture
def settled(cast, joan):
    """Give Joan with much said, who settled."""
    gifts.say_strength(
        joan, kind=Strength.Kind.HANDS, words="Bakes parkin.", by=cast.amina
    )
    measures.say_goal(joan, words="Sing again", rating=2, by=cast.amina)
    people.change(joan, by=cast.amina, how_to_reach="Ring twice.")
    alongside.end(joan.alongside.get(), why=WhyEnded.SETTLED, by=cast.amina)
    return joan


def proposals(person, *, after):
    today = timezone.localdate() + after
    return forgetting.propose_due(authority_id=person.authority_id, today=today)


def test_nothing_is_proposed_before_two_years_and_once_after(cast, settled):
    assert proposals(settled, after=dt.timedelta(days=729)) == 0
    assert proposals(settled, after=2 * YEAR) == 1
    assert proposals(settled, after=2 * YEAR) == 0
    made = Forgetting.objects.get()
    assert (made.rule, made.decision) == ("residents.person", "")
    assert made.due_on == reading.months_before(settled.last_contact_on, -24)
    assert list(reading.proposals(cast.harold)) == [made]
    assert not reading.proposals(cast.amina).exists()


def test_forgetting_leaves_nothing_to_read_and_is_in_the_trail(cast, settled):
    proposals(settled, after=2 * YEAR)
    assert len(reading.still_readable(settled)) > 6
    forgetting.erase(Forgetting.objects.get(), by=cast.harold)
    sealed.forget_keys()
    settled.refresh_from_db()
    assert reading.still_readable(settled) == []
    assert settled.name == "a person whose record was erased"
    assert settled.strengths.get().words == sealed.ERASED
    assert not settled.may_be_written_to
    assert PersonKey.objects.get(subject_id=settled.pk).locked is None
    assert Entry.objects.get(action="residents.forgotten").actor_id == cast.harold.pk
    assert reading.done(cast.harold).get().decided_by == cast.harold
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(t)::text from residents_personevent t")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert "Critchley" not in kept
    assert "244991" not in kept
    with pytest.raises(UserFacingError, match="decided already"):
        forgetting.erase(Forgetting.objects.get(), by=cast.harold)
    with pytest.raises(NotAllowedError):
        people.change(settled, by=cast.harold, called="Joan")


def test_only_who_keeps_the_records_decides(cast, settled):
    proposals(settled, after=2 * YEAR)
    made = Forgetting.objects.get()
    for somebody in (cast.amina, cast.tom, cast.grace, cast.lewis, cast.nadia):
        with pytest.raises(NotAllowedError):
            forgetting.erase(made, by=somebody)
        with pytest.raises(NotAllowedError):
            forgetting.keep(
                made, why="Court", look_again_on=dt.date(2090, 1, 1), by=somebody
            )


def test_what_is_kept_is_looked_at_again(cast, settled):
    proposals(settled, after=2 * YEAR)
    made = Forgetting.objects.get()
    later = timezone.localdate() + 3 * YEAR
    for why, day in (("", later), ("Inquiry 7", timezone.localdate())):
        with pytest.raises(UserFacingError):
            forgetting.keep(made, why=why, look_again_on=day, by=cast.harold)
    forgetting.keep(made, why="Inquiry 7", look_again_on=later, by=cast.harold)
    assert proposals(settled, after=2 * YEAR) == 0
    assert proposals(settled, after=3 * YEAR + dt.timedelta(days=1)) == 1


def test_nobody_is_forgotten_while_we_are_alongside_unless_they_ask(cast, joan):
    proposals(joan, after=2 * YEAR)
    with pytest.raises(UserFacingError, match="alongside"):
        forgetting.erase(Forgetting.objects.get(), by=cast.harold)
    Forgetting.objects.all().delete()
    asked = forgetting.ask(joan, by=cast.amina)
    assert forgetting.ask(joan, by=cast.amina) == asked
    forgetting.erase(asked, by=cast.harold)
    assert joan.alongside.get().why_ended == WhyEnded.ASKED


def test_a_childs_record_waits_for_their_25th_birthday(cast, settled):
    settled.born_on = dt.date(2010, 2, 28)
    settled.save()
    assert reading.due_on_of(settled) == ("residents.child", dt.date(2035, 2, 28))
    settled.born_on, settled.is_under_18 = None, True
    settled.save()
    assert reading.due_on_of(settled) == ("residents.child", None)
    assert proposals(settled, after=40 * YEAR) == 0


def test_the_longest_rule_of_what_is_held_about_them_holds(cast, settled, monkeypatch):
    assert reading.due_on_of(settled)[0] == "residents.person"
    monkeypatch.setattr(Strength, "kept", Kept(rule="residents.care"))
    rule, due_on = reading.due_on_of(settled)
    assert rule == "residents.care"
    assert due_on == reading.months_before(settled.last_contact_on, -96)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), -12, dt.date(2025, 2, 28)),
        (dt.date(2026, 1, 15), 1, dt.date(2025, 12, 15)),
        (dt.date(2026, 12, 31), -2, dt.date(2027, 2, 28)),
    ],
)
def test_months_end_in_a_real_day(day, count, found):
    assert reading.months_before(day, count) == found


def test_each_night_every_councils_records_are_looked_through(cast, settled):
    Person.objects.update(last_contact_on=dt.date(2019, 1, 1))
    assert jobs.propose_forgetting() == 1
