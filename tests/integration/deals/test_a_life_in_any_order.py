"""No order of actions by anybody shows a person to a stranger, or loses what was said.

One life with everybody who may touch it: the team, another team, another organisation,
another council, the guardian, the keeper of records, the group's organiser, the person
on their own page, a signed-out link, and a phone that was offline. Records are merged
and parted, notes moved, people handed over, choices changed, and at the end forgotten.
"""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.factories import listings
from thedeal.audit.models import Entry
from thedeal.deals import columns, jobs, writing
from thedeal.deals.actions import (
    agreeing,
    coming,
    conversations,
    deals,
    doors,
    handing_over,
    huddles,
    introductions,
    sending,
)
from thedeal.deals.models import (
    Conversation,
    DealVersion,
    FieldNote,
    HuddleTopic,
    Introduction,
    LawDoor,
    NextStep,
    Version,
)
from thedeal.deals.selectors import deals as reading
from thedeal.deals.selectors import huddles as hearing
from thedeal.deals.selectors import people as pages
from thedeal.deals.states import Door, Introduced, Next, Side
from thedeal.lib import links
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.messages.models import OneTapLink
from thedeal.partners.models import Organisation
from thedeal.residents import reach
from thedeal.residents.actions import forgetting, merging, people, sharing
from thedeal.residents.models import Merge, OwnPage, Person, SharingChoice
from thedeal.residents.states import Whereabouts

TEAM = ("amina", "tom")
# who is never let in, whatever anybody does; who is of the team until she says no
NEVER = ("jo", "lewis", "wilma", "bev")
UNTIL_A_NO = ("declan",)
KEEPERS = ("grace", "harold")
ANYBODY = st.sampled_from([*TEAM, *NEVER, *UNTIL_A_NO, *KEEPERS, "joan"])
OF_TEAM = st.sampled_from(TEAM)
WORDS = st.sampled_from(["I sing alto.", "It’s the quiet.", "Our Susan rings Sundays."])
BEV = {"name": "Bev", "phone": "", "email": "bev@example.org", "show": "ask"}


class ALifeInAnyOrder(RuleBasedStateMachine):
    """One person (and a second record of her), and all that anybody may try."""

    cast: Any = None
    team: Any = None
    made: Any = None

    @initialize()
    def start(self):
        self.she, self.double = (self.made(called) for called in ("Joan", "Joanie"))
        self.nhs = Organisation.objects.get(
            pk=self.cast.declan.memberships.get().organisation_id
        )
        pages_before = OwnPage.objects.filter(user=self.cast.joan, ended_at=None)
        pages_before.update(ended_at=timezone.now())
        OwnPage.objects.create(
            authority=self.she.authority, person=self.she, user=self.cast.joan
        )
        self.talk = conversations.start(self.she, team=self.team, by=self.cast.amina)
        self.deal = deals.start(self.she, team=self.team, by=self.cast.amina)
        self.group = listings.group(
            self.she.authority, f"Brew {uuid.uuid4().hex[:6]}", contact=BEV
        )
        self.group.organisation_id = self.cast.bev.memberships.get().organisation_id
        self.group.save()
        self.kept: dict[Any, Any] = {}
        self.doors: set[Any] = set()
        self.links: list[str] = []
        self.is_forgotten = False

    def _try(self, who, action, *args, **given):
        """Do it as somebody; a refusal with a sentence is no failure."""
        by = getattr(self.cast, who)
        try:
            with transaction.atomic():
                done = action(*args, by=by, **given)
        except UserFacingError:
            return None
        assert who not in NEVER, f"{who} did {action.__module__}.{action.__name__}"
        return done

    def _fresh(self, row):
        return type(row).objects.get(pk=row.pk)

    def _person(self):
        return self._fresh(self.she)

    # what anybody may try of a conversation, a deal, a note, a record

    @rule(who=ANYBODY, words=WORDS, ahead=st.integers(-1, 2))
    def write(self, who, words, ahead):
        revision = pages.draft(self.talk, writer=getattr(self.cast, who))[0] + ahead
        self._try(
            who,
            conversations.save_draft,
            self._fresh(self.talk),
            content={writing.WORDS: words},
            revision=revision,
        )

    @rule(who=OF_TEAM, words=WORDS, known=st.booleans())
    def come_back_from_no_signal(self, who, words, known):
        """A phone sends what it kept: into this talk, or one of its own making."""
        self.write(who, words, -1 if known else 0)
        if known:
            return
        begun = self._try(
            who,
            lambda by: conversations.start_anonymous(
                team=self.team, by=by, called="", pk=uuid.uuid4()
            ),
        )
        if begun:
            content = {writing.WORDS: words}
            self._try(who, conversations.save_draft, begun, content=content, revision=0)

    @rule(who=ANYBODY, step=st.sampled_from(list(Next)), chosen=st.booleans())
    def finish(self, who, step, chosen):
        self._try(
            who,
            conversations.finish,
            self._fresh(self.talk),
            next_step=step,
            chosen_by_them=chosen,
        )

    @rule(who=ANYBODY, in_confidence=st.booleans(), words=WORDS)
    def note(self, who, in_confidence, words):
        self._try(
            who,
            conversations.write_note,
            self._fresh(self.talk),
            saw_heard=words,
            is_in_confidence=in_confidence,
        )

    @rule(who=ANYBODY)
    def move_a_note(self, who):
        note = FieldNote.objects.filter(conversation=self.talk).first()
        to = Conversation.objects.filter(person=self.double).first()
        if note and to is None:
            to = self._try(
                who, conversations.start, self._fresh(self.double), team=self.team
            )
        if note and to:
            self._try(who, conversations.move_note, note, to=to)

    @rule(who=ANYBODY, side=st.sampled_from(list(Side)), words=WORDS)
    def promise(self, who, side, words):
        day = timezone.localdate() + dt.timedelta(days=5)
        self._try(
            who,
            deals.promise,
            self._fresh(self.deal),
            side=side,
            what=words,
            by_when=day,
        )

    @rule(who=ANYBODY)
    def show_and_send(self, who):
        version = self._try(who, deals.show, self._fresh(self.deal))
        if version:
            self._try(who, sending.send, version)

    @rule(
        who=ANYBODY, name=st.sampled_from(["", "Joan", "Amina Yusuf", "Tom Ashworth"])
    )
    def agree_on_screen(self, who, name):
        if version := DealVersion.objects.filter(deal=self.deal).first():
            self._try(who, agreeing.on_screen, version, their_mark=name)

    @rule(
        used=st.sampled_from(["deals.agree", "deals.introduction", "deals.follow_up"])
    )
    def tap_a_link_signed_out(self, used):
        """Whoever holds a link does the one thing it is for, and no more."""
        rows = {"deals.agree": DealVersion.objects.filter(deal=self.deal),
                "deals.introduction": Introduction.objects.filter(group=self.group),
                "deals.follow_up": self.she.followup_rows.all()}[used]  # fmt: skip
        if (row := rows.first()) is None:
            return
        link = taps.make(
            links.PURPOSES[used], subject_id=row.pk, person_id=row.person_id
        )
        token = link.rstrip("/").rsplit("/", 1)[1]
        for choice in ("agree", "yes", "mattered", "came", "have"):
            try:
                with transaction.atomic():
                    taps.follow(token, choice=choice, typed={"note": "Hello."})
            except UserFacingError:
                continue
            assert OneTapLink.objects.get(digest=links.digest(token)).used_at

    @rule(who=ANYBODY)
    def introduce(self, who):
        self._try(
            who,
            introductions.introduce,
            self._person(),
            team=self.team,
            group=self.group,
            first_name="Joan",
            says="Hello.",
            they_said_yes=True,
        )

    @rule(who=ANYBODY, said=st.sampled_from(["yes", "full", "ring me", "went"]))
    def answer_for_the_group(self, who, said):
        """Whoever runs the group may, signed in, and nobody else."""
        row = Introduction.objects.filter(group=self.group).first()
        if row is None:
            return
        by = getattr(self.cast, who)
        try:
            with transaction.atomic():
                if said == "went":
                    coming.came(row, by=by)
                else:
                    coming.answer(row, state=Introduced(said), by=by)
        except UserFacingError:
            return
        assert who == "bev", f"{who} answered for the group"

    # the law's doors

    @rule(who=ANYBODY, door=st.sampled_from(list(Door)))
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

    @rule(who=ANYBODY)
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

    @rule(who=ANYBODY, look=st.booleans())
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
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
