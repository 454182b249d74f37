"""No order of actions by anybody shows a person to a stranger, or loses what was said.

One life with everybody who may touch it: the team, another team, another organisation,
another council, the guardian, the keeper of records, the group's organiser, the person
on their own page, a signed-out link, and a phone that was offline. Records are merged
and parted, notes moved, people handed over, choices changed, and at the end forgotten.
``THEDEAL_EXAMPLES`` says how many lives.

What only chance brings, a few lives never meet: each begins with a note in confidence, a
door of the law opened, and in half of them her no to the trust. Each of these was seen to
fail on 30 November 2026, with the product broken for it in a scratch copy: what a stranger
sees, her word on another organisation, what her own page holds back (a note, a concern),
a door that told nobody, and what a group knows of her name.
"""

import uuid

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.integration.deals.living import (
    ANYBODY,
    KEEPERS,
    LIKELY,
    NEVER,
    OF_TEAM,
    TEAM,
    ALife,
    live_through,
)
from thedeal.audit.models import Entry
from thedeal.deals import columns, jobs
from thedeal.deals.actions import doors, handing_over, huddles
from thedeal.deals.models import (
    Conversation,
    DealVersion,
    HuddleTopic,
    Introduction,
    LawDoor,
    NextStep,
    Version,
)
from thedeal.deals.selectors import deals as reading
from thedeal.deals.selectors import huddles as hearing
from thedeal.deals.selectors import people as pages
from thedeal.deals.states import Door, Introduced
from thedeal.residents import reach
from thedeal.residents.actions import forgetting, merging, people, sharing
from thedeal.residents.models import Merge, Person, SharingChoice
from thedeal.residents.states import Whereabouts


class ALifeInAnyOrder(ALife):
    """All the rest that anybody may try, and what is always so."""

    # the law's doors

    @rule(who=st.one_of(st.just("joan"), LIKELY), door=st.sampled_from(list(Door)))
    def open_a_door(self, who, door):
        opened = self._try(who, doors.open_door, self._person(), door=door)
        may = who in {*TEAM, "joan", *KEEPERS} and not self.is_forgotten
        tied = self._person().alongside.filter(ended_at=None).exists()
        merged = self._person().merged_into_id
        if may and not merged and (tied or who not in TEAM):
            assert opened is not None, f"a door of the law was shut to {who}"
        if opened:
            self.doors.add(opened.pk)
            jobs.tell_door(str(opened.pk))

    # who may know her

    @rule(who=st.sampled_from(["joan", *TEAM, *NEVER]), may=st.booleans(),
          purpose=st.sampled_from(list(SharingChoice.Purpose)))  # fmt: skip
    def say_who_may(self, who, may, purpose):
        self._try(
            who,
            sharing.choose,
            self._person(),
            organisation=self.nhs,
            purpose=purpose,
            may=may,
        )

    @rule(may=st.booleans())
    def she_says_whether_the_trust_may(self, may):
        """Her own word on what matters most, often enough to be heard in a few lives."""
        self.say_who_may("joan", may, SharingChoice.Purpose.ALONGSIDE)

    @rule(who=LIKELY)
    def talk_of_her_in_the_huddle(self, who):
        self._try(
            who, huddles.put, self._person(), team=self.team, about="A choir, near by"
        )

    @rule(who=st.sampled_from([*TEAM, *NEVER]), to=OF_TEAM)
    def hand_over_everything(self, who, to):
        leaver = self.cast.amina if to == "tom" else self.cast.tom
        self._try(
            who,
            handing_over.everything,
            leaver=leaver,
            team=self.team,
            to=getattr(self.cast, to),
        )

    @rule(who=ANYBODY)
    def merge(self, who):
        self._try(
            who,
            merging.merge,
            self._person(),
            self._fresh(self.double),
            reason="The same door.",
        )

    @rule(who=ANYBODY)
    def unmerge(self, who):
        if made := Merge.objects.filter(kept_person=self.she, undone_at=None).first():
            self._try(who, merging.unmerge, made)

    @rule(who=ANYBODY, where=st.sampled_from(list(Whereabouts)))
    def something_happened(self, who, where):
        self._try(who, people.stop_everything, self._person(), reason=where)

    @rule(who=LIKELY, look=st.booleans())
    def look(self, who, look):
        by = getattr(self.cast, who)
        before = Entry.objects.filter(kind=Entry.Kind.LOOK).count()
        try:
            people.open_page(self.she.pk, by=by)
        except Person.DoesNotExist:
            return
        looked = Entry.objects.filter(kind=Entry.Kind.LOOK).count() - before
        assert looked == (0 if who == "joan" else 1), f"{who} looked unseen"

    @rule(who=ANYBODY, sure=st.integers(0, 6))
    def forget(self, who, sure):
        """Seldom, for nothing follows: asked by anybody, decided by anybody."""
        asked = self._try(who, forgetting.ask, self._person())
        if asked is None or sure:
            return
        if self._try(who, forgetting.erase, asked):
            assert who == "harold"
            self.is_forgotten = True

    # what is always so

    @invariant()
    def a_stranger_sees_nothing(self):
        for who in NEVER:
            user = getattr(self.cast, who)
            assert not reach.in_reach(user).filter(pk=self.she.pk).exists(), who
            assert not reading.of_person(user, self.she.pk).exists(), who
            with pytest.raises(Person.DoesNotExist):
                pages.page(user, self.she.pk)
            assert not hearing.topics(user).filter(person=self.she).exists(), who

    @invariant()
    def her_word_on_another_organisation_holds_at_once(self):
        """Declan is of the trust, in the same team: a no of hers shuts him out too."""
        said = SharingChoice.objects.filter(
            person=self.she, organisation=self.nhs, withdrawn_at=None
        )
        sees = reach.in_reach(self.cast.declan).filter(pk=self.she.pk).exists()
        if said.filter(purpose="alongside", may=False).exists():
            assert not sees
        if not self._person().alongside.filter(ended_at=None).exists() and sees:
            assert said.filter(purpose="alongside", may=True).exists()
        if hearing.topics(self.cast.declan).filter(person=self.she).exists():
            assert said.filter(purpose="huddle", may=True).exists()

    @invariant()
    def her_own_page_holds_back_what_it_must(self):
        if reach.own(self.cast.joan).exists() and not self.is_forgotten:
            own = pages.page(self.cast.joan, self.she.pk)
            assert not any(note.is_in_confidence for note in own.notes)
            assert not any(row.door == Door.SAFEGUARDING.value for row in own.doors)

    @invariant()
    def nothing_that_was_cut_or_shown_is_lost_or_changed(self):
        if self.is_forgotten:
            return
        now = {
            row.pk: row.content
            for model in (Version, DealVersion)
            for row in model.objects.filter(person__in=[self.she, self.double])
        }
        for pk, content in self.kept.items():
            assert now.get(pk) == content
        self.kept = now

    @invariant()
    def both_columns_stand_in_what_was_agreed(self):
        if not self.is_forgotten:
            for row in DealVersion.objects.filter(
                deal=self.deal, agreed_at__isnull=False
            ):
                columns.check_both(columns.unpacked(row.content))

    @invariant()
    def no_talk_ended_without_her_choice(self):
        ended = Conversation.objects.filter(finished_at__isnull=False)
        assert not ended.filter(next_step=None).exists()
        assert not NextStep.objects.filter(chosen_by_them=False).exists()

    @invariant()
    def every_door_that_was_opened_is_there_and_told(self):
        rows = LawDoor.objects.filter(pk__in=self.doors).prefetch_related("happenings")
        assert {row.pk for row in rows} == self.doors
        assert all(row.happenings.all() for row in rows)

    @invariant()
    def what_the_group_knows_is_a_first_name(self):
        for row in Introduction.objects.filter(group=self.group):
            assert self.is_forgotten or row.first_name == "Joan"
            assert row.state in {each.value for each in Introduced}
        assert not HuddleTopic.objects.filter(called__contains="Critchley").exists()


@pytest.mark.slow
def test_a_life_in_any_order(cast, team):
    def made(called):
        return people.meet(
            team=team,
            by=cast.amina,
            called=called,
            full_name=f"{called} Critchley",
            email=f"{called}.{uuid.uuid4().hex[:6]}@home.example".lower(),
        )

    machine = type(
        "Machine",
        (ALifeInAnyOrder,),
        {"cast": cast, "team": team, "made": staticmethod(made)},
    )
    live_through(machine, steps=20)
