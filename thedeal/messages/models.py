"""The outbox, opt-outs and one-tap links.

``authority_id`` and ``person_id`` are plain ids: this room stands below those who
write letters. The words of a letter about a person are locked with that person's
key; subjects reveal nothing and stay plain.
"""

from typing import ClassVar

from django.db import models

from thedeal.lib.records import (
    AtEnd,
    Grants,
    Kept,
    Privacy,
    Record,
    Wall,
    classed,
)
from thedeal.lib.sealed import SealedTextField
from thedeal.messages.states import LetterState

MINE = "authority_id = any((select app_authorities())::uuid[])"
THEIRS = "(is_to_them and person_id = any((select app_people())::uuid[]))"


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", "email"
    TEXT = "text", "text message"


class Letter(Record):
    """One message to one address, sent once, after what it tells of is committed."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at channel kind state tries not_before sent_at urgent "
        "authority_id once_key failure last_tried_at is_to_them",
        personal="to person_id user_id subject carrier_reference",
        sensitive="body",
    )
    kept: ClassVar[Kept] = Kept(rule="messages.letter", since="sent_at not_before")
    wall: ClassVar[Wall] = Wall(
        using=f"{MINE} or user_id = app_user_id() or {THEIRS}",
        check="true",
        public_insert=True,
    )
    grants: ClassVar[Grants] = Grants(public="a", staff="raw")

    authority_id = models.UUIDField(null=True, db_index=True)
    person_id = models.UUIDField(null=True, db_index=True)
    user_id = models.UUIDField(null=True, db_index=True)
    # to the person whom it is about, who may read it; not to a group or an office
    is_to_them = models.BooleanField(default=False)
    channel = models.CharField(max_length=5, choices=Channel)
    kind = models.CharField(max_length=60)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=150)
    body = SealedTextField(subject="person_id")
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=LetterState.WAITING)
    once_key = models.CharField(max_length=120, unique=True)
    not_before = models.DateTimeField()
    tries = models.IntegerField(default=0)
    last_tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    carrier_reference = models.CharField(max_length=120, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        """Waiting letters are found by time."""

        indexes: ClassVar = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(state=LetterState.WAITING),
                name="letters_waiting_by_time",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in LetterState]),
                name="a_letter_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=LetterState.SENT)
                | models.Q(sent_at__isnull=False),
                name="a_sent_letter_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(is_to_them=False)
                | models.Q(person_id__isnull=False),
                name="a_letter_to_them_names_them",
            ),
        ]


class OptOut(Record):
    """Somebody asked not to be written to: everything, or one kind of message."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at kind", personal="address_digest"
    )
    kept: ClassVar[Kept] = Kept(rule="messages.opt_out", at_end=AtEnd.KEEP)
    grants: ClassVar[Grants] = Grants(public="ra")

    address_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=60, blank=True)

    class Meta:
        """Once is enough."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address_digest", "kind"], name="one_opt_out_of_each_kind"
            )
        ]


class OneTapLink(Record):
    """A link that lets whoever holds it do one thing; we keep only its digest."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at purpose expires_at used_at withdrawn_at authority_id",
        personal="subject_id person_id detail answer",
        hidden="digest",
    )
    kept: ClassVar[Kept] = Kept(rule="messages.link", since="expires_at")

    authority_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=40, blank=True)
