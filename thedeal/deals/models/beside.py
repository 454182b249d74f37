"""What a person wrote beside what was written about them, in their own words."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.deals.models.about import BASE, DEAL, USER, AboutAPerson
from thedeal.lib.records import Kept, Privacy, classed
from thedeal.lib.sealed import SealedTextField


@pghistory.track()
class NoteBeside(AboutAPerson):
    """A "that is not how it was": it stands beside what was written, and is answered."""

    class About(models.TextChoices):
        """What it stands beside."""

        WORDS = "words", "what I said, or what was noted"
        DEAL = "deal", "a deal or a promise"
        LIFE = "life", "how I am, or my goals"
        WHO = "who", "who I am and how to reach me"
        ELSE = "else", "something else"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} about answered_at answered_by",
        personal="person",
        sensitive="words answer",
    )
    kept: ClassVar[Kept] = DEAL

    about = models.CharField(max_length=5, choices=About)
    words = SealedTextField()
    answer = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Newest first; an answer says when and by whom."""

        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_answered_note_says_when_and_by_whom",
            )
        ]
