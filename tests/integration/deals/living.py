"""What anybody may try of one person's talk, deal and introductions, in any order.

The first half of the life in ``test_a_life_in_any_order``, which adds the law's doors,
who may know her, and all that must always be so.
"""

import datetime as dt
import os
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.factories import listings
from thedeal.deals import writing
from thedeal.deals.actions import (
    agreeing,
    coming,
    conversations,
    deals,
    doors,
    introductions,
    sending,
)
from thedeal.deals.models import (
    Conversation,
    DealVersion,
    FieldNote,
    Introduction,
)
from thedeal.deals.selectors import people as pages
from thedeal.deals.states import Door, Introduced, Next, Side
from thedeal.lib import links
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.messages.models import OneTapLink
from thedeal.partners.models import Organisation
from thedeal.residents.actions import sharing
from thedeal.residents.models import OwnPage, SharingChoice

# how many lives are lived: few each time, many where somebody has a night to spare
EXAMPLES = int(os.environ.get("THEDEAL_EXAMPLES", "8"))
TEAM = ("amina", "tom")
# who is never let in, whatever anybody does; who is of the team until she says no
NEVER = ("jo", "lewis", "wilma", "bev")
UNTIL_A_NO = ("declan",)
KEEPERS = ("grace", "harold")
ANYBODY = st.sampled_from([*TEAM, *NEVER, *UNTIL_A_NO, *KEEPERS, "joan"])
OF_TEAM = st.sampled_from(TEAM)
# half the time one of two who may, so that a life has something happen in it
LIKELY = st.one_of(OF_TEAM, ANYBODY)
WORDS = st.sampled_from(["I sing alto.", "It’s the quiet.", "Our Susan rings Sundays."])
BEV = {"name": "Bev", "phone": "", "email": "bev@example.org", "show": "ask"}


def live_through(machine: Any, *, steps: int, examples: int = EXAMPLES) -> None:
    """Try a machine's rules in as many orders as there are examples."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


class ALife(RuleBasedStateMachine):
    """One person (and a second record of her), and all that anybody may try."""

    cast: Any = None
    team: Any = None
    made: Any = None

    @initialize(refuses=st.booleans(), sides=st.sampled_from([[Side.OURS], list(Side)]))
    def start(self, refuses, sides):
        """Begin with what must be held back from the first day; half the lives begin
        with her no to the trust, half with one column alone. What only chance brings, a
        few lives never meet.
        """
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
        conversations.write_note(
            self.talk, saw_heard="Her son.", is_in_confidence=True, by=self.cast.amina
        )
        doors.open_door(self.she, door=Door.SAFEGUARDING, by=self.cast.amina)
        for side in sides:
            self.promise("amina", side, "Try it twice.")
        self._try("amina", deals.show, self.deal)  # refused with one column
        if refuses:
            self._try(
                "joan",
                sharing.choose,
                self.she,
                organisation=self.nhs,
                purpose=SharingChoice.Purpose.ALONGSIDE,
                may=False,
            )

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

    @rule(who=LIKELY, words=WORDS, ahead=st.integers(-1, 2))
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

    @rule(who=LIKELY, step=st.sampled_from(list(Next)), chosen=st.booleans())
    def finish(self, who, step, chosen):
        ended = self._try(
            who,
            conversations.finish,
            self._fresh(self.talk),
            next_step=step,
            chosen_by_them=chosen,
        )
        assert chosen or ended is None, (
            "a talk ended with a step that she did not choose"
        )

    @rule(who=LIKELY, in_confidence=st.booleans(), words=WORDS)
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

    @rule(who=LIKELY, side=st.sampled_from(list(Side)), words=WORDS)
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

    @rule(who=LIKELY, words=WORDS)
    def show_and_send(self, who, words):
        self.promise(who, Side.OURS, words)
        version = self._try(who, deals.show, self._fresh(self.deal))
        if version:
            self._try(who, sending.send, version)

    @rule(who=LIKELY, name=st.sampled_from(["", "Joan", "Amina Yusuf", "Tom Ashworth"]))
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

    @rule(who=LIKELY)
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
