"""What was found on the doorstep and kept, or was not for this person, and why."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.deals.models.about import BASE, DEAL, USER, AboutAPerson
from thedeal.deals.models.conversations import Conversation
from thedeal.lib.records import Kept, Privacy, classed

WHYS = [
    ("too far", "too far"),
    ("too loud", "too loud"),
    ("too dear", "too dear"),
    ("not my sort", "not my sort of thing"),
    ("wrong time", "the wrong time"),
]
MATTERED = "mattered"
SAID = [*WHYS, (MATTERED, "it mattered to them")]


@pghistory.track()
class Fit(AboutAPerson):
    """That somebody kept a listing, or said it was not for them; never deleted.

    One that is kept says why only where they tried it, and it mattered to them.
    """

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} conversation by taken_back_at",
        personal="person",
        sensitive="activity is_kept why",
    )
    kept: ClassVar[Kept] = DEAL

    conversation = models.ForeignKey(
        Conversation, null=True, on_delete=models.PROTECT, related_name="fits"
    )
    activity = models.ForeignKey(
        "community.Activity", on_delete=models.PROTECT, related_name="+"
    )
    is_kept = models.BooleanField()
    why = models.CharField(max_length=12, choices=SAID, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first; one that stands for each listing; a no says why."""

        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "activity"],
                condition=Q(taken_back_at__isnull=True),
                name="a_listing_fits_or_does_not",
            ),
            models.CheckConstraint(
                condition=Q(is_kept=True) | ~Q(why=""), name="not_for_me_says_why"
            ),
        ]
