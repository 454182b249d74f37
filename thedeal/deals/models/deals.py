"""A deal: promises on both sides, the versions it was shown in, and who said yes how.

The database itself holds that a version with one empty column is never agreed, and
that a yes is the person's own: by their mark, their link, or before a witness.
"""

import datetime as dt
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thedeal.deals.models.about import ADDED, BASE, DEAL, USER, AboutAPerson
from thedeal.deals.models.conversations import Conversation
from thedeal.deals.states import DealState, HowAgreed, PromiseState, Side, choices
from thedeal.lib.records import Kept, Privacy, classed
from thedeal.lib.sealed import SealedTextField


@pghistory.track()
class Deal(AboutAPerson):
    """What we do and what they do, put down together."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} organisation team worker conversation state ended_at ended_by",
        personal="person",
        sensitive="about why_ended",
    )
    kept: ClassVar[Kept] = DEAL

    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        "partners.Team", on_delete=models.PROTECT, related_name="deals"
    )
    worker = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="deals")
    conversation = models.ForeignKey(
        Conversation, null=True, on_delete=models.PROTECT, related_name="deals"
    )
    about = SealedTextField(blank=True)
    state = models.CharField(
        max_length=7, choices=choices(DealState), default=DealState.WRITING.value
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    why_ended = SealedTextField(blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at"]


@pghistory.track()
class Promise(AboutAPerson):
    """One promise of one side: who, what, by when, and how it went."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} deal side owner by_when state told_at made_by",
        personal="person",
        sensitive="who what how_it_went",
    )
    kept: ClassVar[Kept] = DEAL

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="promises")
    side = models.CharField(max_length=5, choices=choices(Side))
    # for ours: on whose desk it falls due
    owner = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="promises"
    )
    made_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    who = SealedTextField()
    what = SealedTextField()
    by_when = models.DateField()
    state = models.CharField(
        max_length=6, choices=choices(PromiseState), default=PromiseState.OPEN.value
    )
    how_it_went = SealedTextField(blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        """By date; a promise of ours has somebody whose it is."""

        ordering: ClassVar = ["by_when", "created_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["owner", "by_when"],
                condition=Q(state=PromiseState.OPEN.value, side=Side.OURS.value),
                name="our_promises_due",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(side=Side.YOURS.value) | Q(owner__isnull=False),
                name="our_promise_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(side__in=[s.value for s in Side]),
                name="a_promise_is_of_one_side",
            ),
        ]

    @property
    def was_due_first(self) -> dt.date:
        """Give the day that was agreed, before any sorry moved it."""
        sorries = list(self.sorries.all())
        return sorries[0].was_due_on if sorries else self.by_when

    @property
    def is_broken(self) -> bool:
        """Say whether we broke it: we said sorry, or its day passed in silence.

        A new date does not undo that, and saying nothing does not hide it.
        """
        if self.side != Side.OURS.value:
            return False
        is_open = self.state == PromiseState.OPEN.value
        is_late = is_open and self.by_when < timezone.localdate()
        return is_late or bool(self.sorries.all())


class Sorry(AboutAPerson):
    """That we broke a promise of ours: said as it is, with a sorry and a new date."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} promise was_due_on new_by_when by",
        personal="person",
        sensitive="words",
    )
    kept: ClassVar[Kept] = ADDED

    promise = models.ForeignKey(
        Promise, on_delete=models.PROTECT, related_name="sorries"
    )
    was_due_on = models.DateField()
    new_by_when = models.DateField()
    words = SealedTextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Oldest first; the new date comes after the broken one."""

        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(new_by_when__gt=models.F("was_due_on")),
                name="a_sorry_brings_a_later_date",
            )
        ]


@pghistory.track()
class DealVersion(AboutAPerson):
    """A deal as it was shown on one day; what was shown never changes after."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} deal number made_by n_ours n_yours agreed_at",
        personal="person",
        sensitive="content",
    )
    kept: ClassVar[Kept] = DEAL

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    n_ours = models.PositiveSmallIntegerField()
    n_yours = models.PositiveSmallIntegerField()
    # JSON, locked: each promise as it was shown (columns.Line)
    content = SealedTextField()
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first; with one column it is never agreed."""

        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["deal", "number"], name="one_version_of_a_number_of_a_deal"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(n_ours__gte=1, n_yours__gte=1),
                name="one_column_is_never_agreed",
            ),
        ]


class Agreement(AboutAPerson):
    """That the person said yes to a version, and how; never the worker's own word."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} version how written_by",
        personal="person",
        sensitive="their_mark witness",
    )
    kept: ClassVar[Kept] = ADDED

    version = models.OneToOneField(
        DealVersion, on_delete=models.PROTECT, related_name="agreement"
    )
    how = models.CharField(max_length=10, choices=choices(HowAgreed))
    # who was signed in; nobody where they said yes by their own link
    written_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    their_mark = SealedTextField(blank=True)
    witness = SealedTextField(blank=True)

    class Meta:
        """On screen by their own mark, by link with nobody else, aloud by a witness."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(how=HowAgreed.ON_SCREEN.value) & ~Q(their_mark=""))
                | Q(how=HowAgreed.BY_LINK.value, written_by__isnull=True)
                | (Q(how=HowAgreed.READ_ALOUD.value) & ~Q(witness="")),
                name="a_yes_is_the_person_s_own",
            )
        ]
