"""No order of actions by anyone agrees a one-column deal or closes a law's door.

Nor does any lose a version, change one that was shown, or let a stranger in.
"""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.integration.deals.living import EXAMPLES, live_through
from thedeal.deals import columns
from thedeal.deals.actions import agreeing, deals, doors
from thedeal.deals.models import Agreement, DealVersion, LawDoor, Promise
from thedeal.deals.selectors import deals as reading
from thedeal.deals.states import Door, DoorState, Side
from thedeal.lib.errors import NotAllowedError, UserFacingError

SIDES = st.sampled_from(list(Side))
WHO = st.sampled_from(["amina", "tom", "jo"])
NAMES = st.sampled_from(["", " ", "Amina Yusuf", "amina yusuf", "J.C.", "Paul"])
WORDS = st.sampled_from(["Walk with you", "Bring a song", "Ring Bev"])
AHEAD = st.integers(min_value=-3, max_value=30)
STRANGER = "jo"


class DealsInAnyOrder(RuleBasedStateMachine):
    """One deal, three workers (one a stranger), and everything they may try."""

    cast: Any = None
    team: Any = None
    joan: Any = None

    @initialize()
    def start(self):
        self.deal = deals.start(self.joan, team=self.team, by=self.cast.amina)
        self.shown: dict[Any, str] = {}
        self.opened: set[Any] = set()

    def _try(self, who, action, *args, **given):
        """Do it as somebody, in a transaction of its own; a sentence is no failure."""
        by = getattr(self.cast, who)
        try:
            with transaction.atomic():
                done = action(*args, by=by, **given)
        except NotAllowedError:
            return None
        except UserFacingError:
            return None
        assert who != STRANGER, f"a stranger did {action.__name__}"
        return done

    def _promise(self, number):
        rows = list(Promise.objects.filter(deal=self.deal))
        return rows[number % len(rows)] if rows else None

    def _version(self, number):
        rows = list(DealVersion.objects.filter(deal=self.deal))
        return rows[number % len(rows)] if rows else None

    def _fresh(self):
        self.deal.refresh_from_db()
        return self.deal

    @rule(who=WHO, side=SIDES, what=WORDS, ahead=AHEAD)
    def promise(self, who, side, what, ahead):
        day = timezone.localdate() + dt.timedelta(days=ahead)
        deal = self._fresh()
        self._try(who, deals.promise, deal, side=side, what=what, by_when=day)

    @rule(who=WHO, number=st.integers(0, 5), what=WORDS)
    def reword(self, who, number, what):
        if row := self._promise(number):
            day = timezone.localdate() + dt.timedelta(days=9)
            self._try(who, deals.reword, row, what=what, by_when=day)

    @rule(who=WHO, number=st.integers(0, 5), why=st.sampled_from(["", "Life."]))
    def let_go(self, who, number, why):
        if row := self._promise(number):
            self._try(who, deals.let_go, row, why=why)

    @rule(who=WHO, number=st.integers(0, 5))
    def kept(self, who, number):
        if row := self._promise(number):
            self._try(who, deals.kept, row)

    @rule(who=WHO)
    def show(self, who):
        self._try(who, deals.show, self._fresh())

    @rule(who=WHO, number=st.integers(0, 5), name=NAMES)
    def agree_on_screen(self, who, number, name):
        if version := self._version(number):
            self._try(who, agreeing.on_screen, version, their_mark=name)

    @rule(who=WHO, number=st.integers(0, 5), name=NAMES)
    def agree_read_aloud(self, who, number, name):
        if version := self._version(number):
            self._try(who, agreeing.read_aloud, version, witness=name)

    @rule(number=st.integers(0, 5))
    def agree_by_link(self, number):
        if version := self._version(number):
            self._try("amina", lambda v, by: agreeing.by_link(v), version)

    @rule(who=WHO)
    def end(self, who):
        self._try(who, deals.end, self._fresh(), why="Life.")

    @rule(door=st.sampled_from(list(Door)), who=st.sampled_from(["amina", "tom"]))
    def open_a_door(self, door, who):
        opened = self._try(who, doors.open_door, self.joan, door=door)
        assert opened is not None, "a door of the law was shut"
        self.opened.add(opened.pk)

    @rule(who=WHO, capable=st.booleans(), risk=st.booleans())
    def refuse_a_door(self, who, capable, risk):
        row = LawDoor.objects.filter(person=self.joan).first()
        if row:
            self._try(
                who,
                doors.refuse,
                row,
                words="No",
                had_capacity=capable,
                is_at_risk=risk,
            )

    @rule(who=WHO)
    def done_at_a_door(self, who):
        if row := LawDoor.objects.filter(person=self.joan).first():
            self._try(who, doors.done, row, words="Done.")

    @invariant()
    def no_column_is_empty_in_what_was_agreed(self):
        for version in DealVersion.objects.filter(
            deal=self.deal, agreed_at__isnull=False
        ):
            columns.check_both(columns.unpacked(version.content))

    @invariant()
    def every_yes_is_the_person_s_own(self):
        workers = {"", "amina yusuf"}
        for yes in Agreement.objects.filter(person=self.joan).select_related("version"):
            assert yes.version.agreed_at is not None
            proof = (yes.their_mark or yes.witness).strip().casefold()
            assert (
                proof not in workers
                or yes.written_by is None
                or (proof == "amina yusuf" and yes.written_by != self.cast.amina)
            )

    @invariant()
    def no_version_is_lost_or_changed(self):
        rows = {v.pk: v.content for v in DealVersion.objects.filter(deal=self.deal)}
        for pk, content in self.shown.items():
            assert rows.get(pk) == content
        self.shown = rows

    @invariant()
    def every_door_stays_but_by_section_11(self):
        rows = {row.pk: row for row in LawDoor.objects.filter(person=self.joan)}
        assert self.opened <= set(rows)
        for row in rows.values():
            if row.state == DoorState.REFUSED.value:
                assert row.had_capacity
                assert row.is_at_risk is False
            else:
                assert row.state == DoorState.ASKED.value

    @invariant()
    def a_stranger_sees_nothing(self):
        stranger = getattr(self.cast, STRANGER)
        assert not reading.of_person(stranger, self.joan.pk).exists()


@pytest.mark.slow
def test_deals_in_any_order(cast, team, joan):
    machine = type(
        "Machine", (DealsInAnyOrder,), {"cast": cast, "team": team, "joan": joan}
    )
    live_through(machine, steps=15, examples=3 * EXAMPLES)
