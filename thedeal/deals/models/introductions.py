"""Warm introductions, signposts (something else), and asking later how it went."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.deals.models.about import ADDED, BASE, DEAL, USER, AboutAPerson
from thedeal.deals.models.deals import Deal
from thedeal.deals.states import Asked, Introduced, choices
from thedeal.lib.records import Kept, Privacy, Wall, classed
from thedeal.lib.sealed import SealedTextField
from thedeal.residents.models.people import MINE, WRITTEN

# also to whoever runs the group, who was told a first name and what they said
TO_WHOEVER_RUNS_IT = (
    "group_id in (select g.id from community_group g join partners_membership m "
    "on m.organisation_id = g.organisation_id where m.user_id = app_user_id() "
    "and m.role = 'group_organiser' and m.ended_at is null)"
)


class ToAGroup(AboutAPerson):
    """A row about a person and a group, by a worker."""

    group = models.ForeignKey(
        "community.Group", on_delete=models.PROTECT, related_name="+"
    )
    activity = models.ForeignKey(
        "community.Activity", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    worker = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """No table of its own."""

        abstract = True


@pghistory.track()
class Introduction(ToAGroup):
    """A first name and what the person chose to say, to whoever runs a group."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} activity worker team deal state asked_at chases last_chased_at "
        "answered_at come_on went_at settled_at worker_told_at they_said_yes_at",
        personal="person group",
        sensitive="first_name says answer_words",
    )
    kept: ClassVar[Kept] = DEAL
    wall: ClassVar[Wall | None] = Wall(
        using=f"{MINE.format(column='person_id')} or {TO_WHOEVER_RUNS_IT}",
        check=f"{WRITTEN.format(column='person_id')} or {TO_WHOEVER_RUNS_IT}",
    )

    team = models.ForeignKey(
        "partners.Team", on_delete=models.PROTECT, related_name="introductions"
    )
    deal = models.ForeignKey(
        Deal, null=True, on_delete=models.PROTECT, related_name="introductions"
    )
    first_name = SealedTextField()
    says = SealedTextField(blank=True)
    # that the person said yes to just this being told to just this group
    they_said_yes_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=choices(Introduced), default=Introduced.ASKED.value
    )
    asked_at = models.DateTimeField()
    chases = models.PositiveSmallIntegerField(default=0)
    last_chased_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_words = SealedTextField(blank=True)
    come_on = models.DateField(null=True)
    went_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    worker_told_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first; chased twice and no more."""

        ordering: ClassVar = ["-asked_at"]
        indexes: ClassVar = [
            models.Index(fields=["group", "state"], name="introductions_to_a_group"),
            models.Index(fields=["worker", "state"], name="introductions_by_a_worker"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(chases__lte=2), name="a_group_is_chased_twice_at_most"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in Introduced]),
                name="an_introduction_is_in_a_known_state",
            ),
        ]


class Signpost(ToAGroup):
    """A name and a number that the person took away; nobody else was told."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} activity worker", personal="person group", sensitive="words"
    )
    kept: ClassVar[Kept] = ADDED

    words = SealedTextField(blank=True)


@pghistory.track()
class FollowUp(AboutAPerson):
    """Asking, some weeks on: did you go, did it matter, how are you, did we do it?"""

    class Went(models.TextChoices):
        """Whether they went."""

        YES = "yes", "yes, I went"
        NOT_YET = "not yet", "not yet"
        NO = "no", "no, it is not for me"

    class Mattered(models.TextChoices):
        """Whether it mattered."""

        YES = "yes", "yes"
        A_BIT = "a bit", "a bit"
        NO = "no", "no"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} deal introduction worker weeks due_on state asked_at "
        "answered_at told_at we_fell_short",
        personal="person",
        sensitive="went mattered words",
    )
    kept: ClassVar[Kept] = DEAL

    deal = models.ForeignKey(
        Deal, null=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    introduction = models.ForeignKey(
        Introduction, null=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    worker = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="follow_ups"
    )
    weeks = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=11, choices=choices(Asked), default=Asked.WAITING.value
    )
    asked_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    went = models.CharField(max_length=7, choices=Went, blank=True)
    mattered = models.CharField(max_length=5, choices=Mattered, blank=True)
    words = SealedTextField(blank=True)
    # "you promised something and did not do it"
    we_fell_short = models.BooleanField(default=False)

    class Meta:
        """By date; once for each week of a deal or an introduction."""

        ordering: ClassVar = ["due_on", "weeks"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=[Asked.WAITING.value, Asked.ASKED.value]),
                name="follow_ups_by_day",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["deal", "weeks"],
                condition=Q(deal__isnull=False),
                name="one_follow_up_of_a_deal_in_a_week",
            ),
            models.UniqueConstraint(
                fields=["introduction", "weeks"],
                condition=Q(introduction__isnull=False),
                name="one_follow_up_of_an_introduction_in_a_week",
            ),
        ]
