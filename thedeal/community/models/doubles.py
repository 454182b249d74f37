"""Two listings that may be one group, what an editor said of them, and the joining."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from thedeal.community.models.groups import Group
from thedeal.community.models.keeping import LISTING
from thedeal.lib.records import Kept, Privacy, Record, Wall, classed

STAFF = Wall(using="authority_id = any((select app_authorities())::uuid[])")


class Double(Record):
    """A pair that looks like one group; an answer stands, so it is asked once."""

    class Answer(models.TextChoices):
        """What an editor said."""

        WAITING = "waiting", "Nobody has looked"
        SAME = "same", "One group"
        DIFFERENT = "different", "Two groups"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority one other odds reasons answer answered_at "
        "answered_by_id"
    )
    kept: ClassVar[Kept] = LISTING
    wall: ClassVar[Wall] = STAFF

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    one = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    odds = models.FloatField(help_text="From 0 to 1, by the model of duplicates.py.")
    reasons = ArrayField(models.CharField(max_length=80), default=list)
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)

    class Meta:
        """The likeliest first; a pair is one row, whichever way round."""

        ordering: ClassVar = ["-odds", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_one_row"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="a_pair_is_in_order"
            ),
        ]


class Joining(Record):
    """One listing joined to another, with all it takes to part them again.

    ``moved`` holds the activities that came over, each with the state it had;
    ``filled`` what the listing that stays took because it was blank there.
    """

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority stays goes state_before moved filled by_id "
        "parted_at parted_by_id"
    )
    kept: ClassVar[Kept] = LISTING
    wall: ClassVar[Wall] = STAFF

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    stays = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="joinings")
    goes = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    state_before = models.CharField(max_length=10)
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=dict)
    by_id = models.UUIDField(null=True)
    parted_at = models.DateTimeField(null=True)
    parted_by_id = models.UUIDField(null=True)

    class Meta:
        """The newest first; a listing is joined to one other at a time."""

        ordering: ClassVar = ["-created_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["goes"],
                condition=Q(parted_at__isnull=True),
                name="a_listing_is_joined_to_one_other",
            )
        ]
