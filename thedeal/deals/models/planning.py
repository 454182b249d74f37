"""The plan of a borough or a neighbourhood: introductions and groups, as proposals.

Nothing here was sent or said to anybody. A proposal waits on the desk of whoever is
alongside the person; a group that should be there waits for people to begin it.
"""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.deals.models.about import BASE, USER, AboutAPerson
from thedeal.deals.states import Begun, Proposed, choices
from thedeal.lib.records import Changes, Kept, Privacy, Record, Wall, classed
from thedeal.lib.sealed import SealedTextField

PLAN = "deals.plan"
IN_THE_HOUSE = Wall(using="authority_id = any((select app_authorities())::uuid[])")


class Plan(Record):
    """That a plan was made: when, for where, and for how many people."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority neighbourhood_id made_by",
        sensitive="people placed",
    )
    kept: ClassVar[Kept] = Kept(
        rule=PLAN, changes=Changes.APPEND_ONLY, since="created_at"
    )
    wall: ClassVar[Wall | None] = IN_THE_HOUSE

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    # null: the whole borough
    neighbourhood_id = models.UUIDField(null=True)
    made_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # counts of people: told outside through disclosure control alone
    people = models.PositiveIntegerField()
    placed = models.PositiveIntegerField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at"]


@pghistory.track()
class NewGroup(Record):
    """A group that does not exist yet but could: where, when, about what."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority plan neighbourhood_id venue place interest hour "
        "first_on state decided_at decided_by why",
        sensitive="people asked said_yes",
    )
    kept: ClassVar[Kept] = Kept(rule=PLAN, since="plan__created_at")
    wall: ClassVar[Wall | None] = IN_THE_HOUSE

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="new_groups")
    neighbourhood_id = models.UUIDField(null=True, db_index=True)
    venue = models.ForeignKey(
        "places.Venue", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    place = models.CharField(max_length=200)
    interest = models.CharField(max_length=40)
    # of the week, 0 is Monday 00:00
    hour = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    # how many to ask, were asked and said yes: told through disclosure control alone
    people = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField(default=0)
    said_yes = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        max_length=13, choices=choices(Begun), default=Begun.PROPOSED.value
    )
    # what came of it, never a word about anybody
    why = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """The largest first; what came of it has a day, and a no has a why."""

        ordering: ClassVar = ["-created_at", "-people", "place"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hour__lt=168), name="a_week_has_168_hours"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in Begun]),
                name="a_new_group_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=Begun.DID_NOT_START.value) | ~Q(why=""),
                name="a_group_that_did_not_start_says_why",
            ),
            models.CheckConstraint(
                condition=Q(said_yes__lte=models.F("asked")),
                name="nobody_says_yes_unasked",
            ),
        ]

    @property
    def day(self) -> int:
        """Give the day of the week, 0 is Monday."""
        return self.hour // 24


@pghistory.track()
class Proposal(AboutAPerson):
    """That somebody might be asked: about an activity near them, or a new group."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} plan state decided_at decided_by",
        personal="person",
        sensitive="activity new_group reasons cautions",
    )
    kept: ClassVar[Kept] = Kept(rule=PLAN, since="plan__created_at")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="proposals")
    activity = models.ForeignKey(
        "community.Activity", null=True, on_delete=models.CASCADE, related_name="+"
    )
    new_group = models.ForeignKey(
        NewGroup, null=True, on_delete=models.PROTECT, related_name="proposals"
    )
    # sentences, one a line; they hold the person's own words
    reasons = SealedTextField(blank=True)
    cautions = SealedTextField(blank=True)
    state = models.CharField(
        max_length=7, choices=choices(Proposed), default=Proposed.WAITING.value
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One thing is proposed in each, and once in a plan."""

        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["person"],
                condition=Q(state=Proposed.WAITING.value),
                name="proposals_that_wait",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, new_group__isnull=True)
                | Q(activity__isnull=True, new_group__isnull=False),
                name="a_proposal_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in Proposed]),
                name="a_proposal_is_in_a_known_state",
            ),
        ]
