"""What was asked of "did it work?", and each answer: all kept, none taken back."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from thedeal.lib.records import Grants, Kept, Privacy, Record, Wall, classed
from thedeal.money.models.ledger import ADD_ONLY, LEDGER, STAFF
from thedeal.money.questions import MEASURES, WHO_WORDS


class Question(Record):
    """A question settled before anybody looked; about many people and nobody."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority who theme measure neighbourhood_id since "
        "worthwhile because by"
    )
    kept: ClassVar[Kept] = LEDGER
    wall: ClassVar[Wall] = STAFF
    grants: ClassVar[Grants] = ADD_ONLY

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    who = models.CharField(
        max_length=8, choices=[(w.value, t) for w, t in WHO_WORDS.items()]
    )
    theme = models.CharField(max_length=40, blank=True)
    measure = models.CharField(
        max_length=12, choices=[(key, m.title) for key, m in MEASURES.items()]
    )
    neighbourhood_id = models.UUIDField(null=True)
    since = models.DateField(null=True)
    worthwhile = models.DecimalField(max_digits=9, decimal_places=2)
    because = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at"]


class QuestionAnswer(Record):
    """What was found, or why nothing is shown, with all that stands beside it."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority question figures"
    )
    kept: ClassVar[Kept] = LEDGER
    wall: ClassVar[Wall] = STAFF
    grants: ClassVar[Grants] = ADD_ONLY

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="answers"
    )
    # sums of many people: effect, interval, grade, balance, sentences, or reasons
    figures = models.JSONField()

    class Meta:
        """The newest is the one that counts; the others stay to be read."""

        ordering: ClassVar = ["-created_at"]
