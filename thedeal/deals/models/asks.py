"""A door in without a worker: "I'd like to talk to someone", in two fields.

The public site adds a row that it can never read again. The words are plain, because
nobody has a key yet; they go when the person is met, or when the time is over.
"""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from thedeal.lib.records import Grants, Kept, Privacy, Record, Wall, classed

USER = settings.AUTH_USER_MODEL
THE_WORDS = ["words", "how_to_reach"]


@pghistory.track(exclude=THE_WORDS)
class AskToTalk(Record):
    """Somebody would like to talk, or asks for somebody who knows of it."""

    class For(models.TextChoices):
        """For whom."""

        MYSELF = "myself", "for myself"
        NEIGHBOUR = "neighbour", "for a neighbour or friend, who knows"
        PATIENT = "patient", "for a patient or somebody I work with, who knows"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority neighbourhood_id for_whom they_know due_by owner "
        "owned_at answered_at worker_told_at lead_told_at",
        personal="words how_to_reach person",
    )
    wiped_with_the_person = tuple(THE_WORDS)
    kept: ClassVar[Kept] = Kept(rule="deals.ask_to_talk", since="answered_at")
    wall: ClassVar[Wall | None] = Wall(
        using="authority_id = any((select app_authorities())::uuid[])",
        public_insert=True,
    )
    grants: ClassVar[Grants] = Grants(public="a", staff="raw")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    neighbourhood_id = models.UUIDField(null=True, db_index=True)
    for_whom = models.CharField(max_length=9, choices=For, default=For.MYSELF)
    they_know = models.BooleanField()
    words = models.TextField(max_length=2000)
    how_to_reach = models.CharField(max_length=254)
    due_by = models.DateTimeField()
    owner = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="asks_to_talk"
    )
    owned_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    lead_told_at = models.DateTimeField(null=True)
    worker_told_at = models.DateTimeField(null=True)
    person = models.ForeignKey(
        "residents.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="asks_to_talk",
    )

    class Meta:
        """Oldest first; only with the knowledge of whoever it is about."""

        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(they_know=True), name="nobody_is_asked_for_unknowing"
            ),
            models.CheckConstraint(
                condition=Q(owned_at__isnull=True) | Q(owner__isnull=False),
                name="an_owned_ask_has_an_owner",
            ),
        ]
