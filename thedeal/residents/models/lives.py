"""How life is going: measures in the person's own answers, and their own goals."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from thedeal.lib.records import Changes, Kept, Privacy, Record, Wall, classed
from thedeal.lib.sealed import SealedTextField
from thedeal.residents.models.people import PERSON, Person, behind

USER = settings.AUTH_USER_MODEL


@pghistory.track()
class Measure(Record):
    """One time a person answered a measure by themself; answers are never changed."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority instrument asked_by taken_at",
        personal="person",
        sensitive="answers scores",
    )
    kept: ClassVar[Kept] = Kept(rule="residents.person", changes=Changes.APPEND_ONLY)
    wall: ClassVar[Wall] = behind()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="measures"
    )
    instrument = models.CharField(max_length=20)
    taken_at = models.DateTimeField()
    # JSON, locked: which question had which answer, and each figure
    answers = SealedTextField()
    scores = SealedTextField()
    asked_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-taken_at"]


@pghistory.track()
class Goal(Record):
    """Something a person chose to get to, in their own words."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority ended_at ended_by",
        personal="person",
        sensitive="words",
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="goals")
    words = SealedTextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )


@pghistory.track()
class GoalRating(Record):
    """Where the person says they are with a goal, 0 to 10."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority rated_at",
        personal="goal person",
        sensitive="rating",
    )
    kept: ClassVar[Kept] = Kept(rule="residents.person", changes=Changes.APPEND_ONLY)
    wall: ClassVar[Wall] = behind()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="ratings")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="goal_ratings"
    )
    rating = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField()

    class Meta:
        """On the scale, oldest first."""

        ordering: ClassVar = ["rated_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rating__lte=10), name="a_goal_is_rated_from_0_to_10"
            )
        ]
