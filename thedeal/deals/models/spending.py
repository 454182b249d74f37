"""Small sums spent without asking: what and how much for all to see, for whom apart."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.deals.models.about import BASE, USER, AboutAPerson
from thedeal.deals.models.deals import Promise
from thedeal.lib.records import Kept, Privacy, Record, Wall, classed
from thedeal.lib.sealed import SealedTextField


@pghistory.track()
class SmallSpend(Record):
    """One line: a kettle, a bus pass, a first month's subs. It names no resident."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority organisation team worker pence spent_on "
        "limit_pence",
        personal="bought",
    )
    kept: ClassVar[Kept] = Kept(
        rule="deals.small_spend", since="spent_on", from_year_end=True
    )
    # everybody who works here, and the person for whom it was spent
    wall: ClassVar[Wall | None] = Wall(
        using="authority_id = any((select app_authorities())::uuid[]) or id in "
        "(select f.spend_id from deals_spentfor f "
        "where f.person_id = any((select app_people())::uuid[]))",
        check="authority_id = any((select app_authorities())::uuid[])",
    )

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        "partners.Team", on_delete=models.PROTECT, related_name="small_spends"
    )
    worker = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="small_spends"
    )
    pence = models.PositiveIntegerField()
    limit_pence = models.PositiveIntegerField()
    bought = models.CharField(max_length=80)
    spent_on = models.DateField()

    class Meta:
        """Newest first; something, and within the limit of its day."""

        ordering: ClassVar = ["-spent_on", "-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pence__gte=1) & Q(pence__lte=models.F("limit_pence")),
                name="a_small_spend_is_within_the_limit",
            )
        ]


class SpentFor(AboutAPerson):
    """For whom a small sum was spent, and for which promise, if for one."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} spend promise", personal="person", sensitive="why"
    )
    # its words go with the person's key; the row goes with the sum it explains
    kept: ClassVar[Kept] = Kept(
        rule="deals.small_spend", since="spend__spent_on", from_year_end=True
    )

    spend = models.OneToOneField(
        SmallSpend, on_delete=models.PROTECT, related_name="spent_for"
    )
    promise = models.ForeignKey(
        Promise, null=True, on_delete=models.PROTECT, related_name="spends"
    )
    why = SealedTextField(blank=True)
