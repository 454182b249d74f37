"""What a person brings: strengths (head, hands, heart), wishes and offers."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from thedeal.lib.records import Kept, Privacy, Record, Wall, classed
from thedeal.lib.sealed import SealedTextField
from thedeal.residents.models.people import PERSON, Person, behind

USER = settings.AUTH_USER_MODEL


class Said(Record):
    """Something a person said about themself, confirmed with them."""

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    words = SealedTextField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # the conversation in which it was said
    source_id = models.UUIDField(null=True)

    class Meta:
        """No table of its own."""

        abstract = True


SAID = (
    "id created_at authority confirmed_at confirmed_by withdrawn_at withdrawn_by "
    "source_id"
)


@pghistory.track()
class Strength(Said):
    """What somebody knows (head), can do (hands) or cares about (heart)."""

    class Kind(models.TextChoices):
        """Where the strength lies."""

        HEAD = "head", "something I know"
        HANDS = "hands", "something I can do"
        HEART = "heart", "something I care about"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=SAID + " kind", personal="person", sensitive="words"
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind()

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="strengths"
    )
    kind = models.CharField(max_length=5, choices=Kind)


@pghistory.track()
class Wish(Said):
    """What matters: something a person would like, or never wants."""

    class Kind(models.TextChoices):
        """Towards it, or away from it."""

        WANT = "want", "I would like"
        AVOID = "avoid", "not for me"
        NEVER = "never", "nobody should ever"
        GOOD_DAY = "good day", "a good day is"
        TRIED = "tried", "already tried"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=SAID + " kind", personal="person", sensitive="words"
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind()

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=8, choices=Kind)


@pghistory.track()
class Offer(Said):
    """What a person would gladly do for, or with, somebody near."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=SAID + " kind", personal="person", sensitive="words hours"
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind()

    class Kind(models.TextChoices):
        """What sort of offer."""

        COME_ALONG = "come along", "go with somebody the first time"
        SHOW_HOW = "show how", "show somebody how"
        LEND_A_HAND = "lend a hand", "lend a hand"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=11, choices=Kind)
    # free hours of the week, as "Tue 10:00-15:00" and the like
    hours = models.CharField(max_length=200, blank=True)


@pghistory.track()
class OfferChoice(Record):
    """That two people may be introduced: only once both have said yes."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority proposed_by offerer_said_at asker_said_at "
        "offerer_says asker_says venue_id meets_at felt_wrong_at ended_at ended_by",
        personal="offer person",
        sensitive="felt_wrong",
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="choices")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="offer_choices"
    )
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    offerer_says = models.BooleanField(null=True)
    offerer_said_at = models.DateTimeField(null=True)
    asker_says = models.BooleanField(null=True)
    asker_said_at = models.DateTimeField(null=True)
    venue_id = models.UUIDField(null=True)
    meets_at = models.DateTimeField(null=True)
    felt_wrong = SealedTextField(blank=True)
    felt_wrong_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Nobody meets before both said yes; the first meeting is at a venue."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(meets_at__isnull=True)
                | Q(offerer_says=True, asker_says=True, venue_id__isnull=False),
                name="nobody_meets_before_both_said_yes",
            )
        ]
