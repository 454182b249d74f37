"""What residents say of the gap: their own options, whether they understood it, and
who would like the quarterly update."""

from dataclasses import replace
from typing import ClassVar

from django.conf import settings
from django.db import models

from thedeal.lib.records import (
    AtEnd,
    Changes,
    Grants,
    Kept,
    Privacy,
    Record,
    Wall,
    classed,
)

VERDICTS = [
    ("will", "We will"),
    ("looking", "We are looking into it"),
    ("cannot", "We cannot"),
    ("already", "We do already"),
]
VOICE = Kept(rule="money.voice", changes=Changes.APPEND_ONLY, since="created_at")
HEARD = Wall(
    using="authority_id = any((select app_authorities())::uuid[])", public_insert=True
)


class Option(Record):
    """A way to close the gap that a resident put forward."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority", personal="words"
    )
    # one that was answered in public stays with its answer
    kept: ClassVar[Kept] = replace(VOICE, alive={"answered__isnull": False})
    wall: ClassVar[Wall] = HEARD
    grants: ClassVar[Grants] = Grants(public="a", staff="ra", worker="rad")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(max_length=1000)


class OptionAnswer(Record):
    """What the council says of an option: in its own words, as everybody reads them.

    The resident's own words stay inside: they may name somebody.
    """

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority option told answer verdict yearly_pounds by"
    )
    kept: ClassVar[Kept] = Kept(
        rule="money.ledger", changes=Changes.APPEND_ONLY, at_end=AtEnd.KEEP
    )
    grants: ClassVar[Grants] = Grants(public="r", staff="ra", worker="ra")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    option = models.OneToOneField(
        Option, on_delete=models.CASCADE, related_name="answered"
    )
    told = models.CharField(max_length=200)
    answer = models.TextField(max_length=2000)
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    yearly_pounds = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at"]


class Understood(Record):
    """One reader's answers to three questions about the page; nothing of who."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority version_id right answered"
    )
    kept: ClassVar[Kept] = VOICE
    wall: ClassVar[Wall] = HEARD
    grants: ClassVar[Grants] = Grants(public="a", staff="ra", worker="rad")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    version_id = models.UUIDField()
    right = models.PositiveSmallIntegerField()
    answered = models.PositiveSmallIntegerField()


class Subscriber(Record):
    """An address that asked for the quarterly update; used once it says yes again."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority asked_at confirmed_at ended_at", personal="email"
    )
    # who confirmed it is written to until they ask us to stop
    kept: ClassVar[Kept] = Kept(
        rule="money.voice",
        since="ended_at created_at",
        alive={"confirmed_at__isnull": False, "ended_at__isnull": True},
    )
    wall: ClassVar[Wall] = Wall(using="false", public_insert=True)
    grants: ClassVar[Grants] = Grants(public="a", staff="", worker="rawd")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField()
    asked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
