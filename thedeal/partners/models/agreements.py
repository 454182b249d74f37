"""What organisations agreed to share, and a council's own words."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thedeal.lib.records import AtEnd, Grants, Kept, Privacy, Record, classed
from thedeal.partners.models.organisations import OPEN_TO_ALL, Authority, Organisation

USER = settings.AUTH_USER_MODEL


@pghistory.track()
class SharingAgreement(Record):
    """That one organisation shares with another, for a purpose, until a day."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority giver receiver purpose starts_on until "
        "document_reference agreed_by ended_at ended_by"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.sharing_agreement", at_end=AtEnd.KEEP)

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="sharing_agreements"
    )
    giver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements_giving"
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements_receiving"
    )
    purpose = models.CharField(max_length=200)
    starts_on = models.DateField()
    until = models.DateField()
    document_reference = models.CharField(max_length=200)
    agreed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Between two, with an end."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="sharing_is_between_two"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")),
                name="an_agreement_ends_after_it_starts",
            ),
        ]


@pghistory.track()
class Words(Record):
    """A council's own words for a key of the definitions."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority key text changed_at changed_by"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.words", at_end=AtEnd.KEEP)
    grants: ClassVar[Grants] = OPEN_TO_ALL

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="words"
    )
    key = models.CharField(max_length=160)
    text = models.TextField(max_length=4000)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One text for a key."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "key"], name="one_text_for_a_key"
            )
        ]
