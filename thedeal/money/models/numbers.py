"""Whose number of the case system is whose, so that an export's packages find them."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from thedeal.lib.records import Kept, Privacy, Record, Wall, classed
from thedeal.money.models.packages import BY_NUMBER, CARE

USER = settings.AUTH_USER_MODEL


@pghistory.track()
class CaseNumber(Record):
    """That a number is a person's, said by somebody beside them, until it is ended."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority by ended_at ended_by", personal="person number"
    )
    kept: ClassVar[Kept] = CARE
    wall: ClassVar[Wall] = BY_NUMBER

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "residents.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="case_numbers",
    )
    number = models.CharField(max_length=60)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One person to a number at a time."""

        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "number"],
                condition=Q(ended_at__isnull=True),
                name="a_number_is_one_persons",
            )
        ]
