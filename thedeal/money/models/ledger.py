"""Claimed savings as lines that are never edited, and who in finance signed them."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

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
from thedeal.money import ledger_sums
from thedeal.money.models.packages import Change

USER = settings.AUTH_USER_MODEL
LEDGER = Kept(rule="money.ledger", changes=Changes.APPEND_ONLY, at_end=AtEnd.KEEP)
FINANCE = Wall(using="authority_id = any((select app_money_authorities())::uuid[])")
# sums and reasons, nobody in them: every member of staff may check them
STAFF = Wall(using="authority_id = any((select app_authorities())::uuid[])")
ADD_ONLY = Grants(staff="ra", worker="ra")


class LedgerLine(Record):
    """One claimed saving; a later line that ``corrects`` it stands in its place."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority title how_worked_out kind budget service "
        "neighbourhood_id first_year yearly taper is_lasting evidence_grade author "
        "corrects"
    )
    kept: ClassVar[Kept] = LEDGER
    wall: ClassVar[Wall] = STAFF
    grants: ClassVar[Grants] = ADD_ONLY

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=160)
    how_worked_out = models.TextField(max_length=4000)
    kind = models.CharField(
        max_length=8, choices=[(kind.value, kind.value) for kind in ledger_sums.Kind]
    )
    budget = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    service = models.CharField(max_length=80)
    neighbourhood_id = models.UUIDField(null=True)
    first_year = models.PositiveSmallIntegerField()
    yearly = models.DecimalField(max_digits=12, decimal_places=2)
    # the share of ``yearly`` in each year from the first, as text to stay exact
    taper = models.JSONField(default=list)
    is_lasting = models.BooleanField(default=False)
    evidence_grade = models.PositiveSmallIntegerField()
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        """Newest first; never negative; graded 0 to 5."""

        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(yearly__gte=0), name="a_saving_is_nothing_or_more"
            ),
            models.CheckConstraint(
                condition=Q(evidence_grade__lte=5), name="evidence_is_graded_0_to_5"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="a_line_does_not_correct_itself",
            ),
        ]

    def as_plain(self) -> ledger_sums.Line:
        """Give it as the plain record that the sums work on."""
        signature = getattr(self, "signature", None)
        return ledger_sums.Line(
            reference=str(self.pk),
            title=self.title,
            yearly=self.yearly,
            kind=ledger_sums.Kind(self.kind),
            budget=self.budget.name,
            service=self.service,
            first_year=self.first_year,
            taper=tuple(Decimal(share) for share in self.taper) or (Decimal(1),),
            is_lasting=self.is_lasting,
            neighbourhood=str(self.neighbourhood_id or ""),
            evidence_grade=self.evidence_grade,
            author=str(self.author_id),
            signed_by=str(signature.by_id) if signature else "",
            effects=frozenset(effect.key for effect in self.effects.all()),
            corrects=str(self.corrects_id or ""),
        )


class Effect(Record):
    """What is behind a line: the change of a package, or a published measure."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority line measure", personal="change"
    )
    kept: ClassVar[Kept] = LEDGER
    wall: ClassVar[Wall] = FINANCE
    grants: ClassVar[Grants] = ADD_ONLY

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    line = models.ForeignKey(
        LedgerLine, on_delete=models.PROTECT, related_name="effects"
    )
    change = models.ForeignKey(
        Change, null=True, on_delete=models.PROTECT, related_name="claimed_in"
    )
    measure = models.CharField(max_length=120, blank=True)

    class Meta:
        """One of the two."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(change__isnull=False, measure="")
                | (Q(change__isnull=True) & ~Q(measure="")),
                name="an_effect_is_a_change_or_a_measure",
            )
        ]

    @property
    def key(self) -> str:
        """Give the name by which the same effect is known in another line."""
        return f"change:{self.change_id}" if self.change_id else self.measure


class Signature(Record):
    """That somebody in finance, not the line's author, stands behind a line."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority line author by"
    )
    kept: ClassVar[Kept] = LEDGER
    wall: ClassVar[Wall] = STAFF
    grants: ClassVar[Grants] = ADD_ONLY

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    line = models.OneToOneField(
        LedgerLine, on_delete=models.PROTECT, related_name="signature"
    )
    # the line's author again, so that the database itself can refuse the same hand
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Never the author's own."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(by=F("author")), name="nobody_signs_their_own_line"
            )
        ]
