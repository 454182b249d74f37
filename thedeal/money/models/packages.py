"""A person's paid support, and each change of it with the person's own view."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thedeal.lib.records import AtEnd, Changes, Kept, Privacy, Record, Wall, classed
from thedeal.lib.sealed import SealedTextField
from thedeal.money import weekly_cost
from thedeal.money.savings import OwnView, WhyChanged

USER = settings.AUTH_USER_MODEL
CARE = Kept(rule="residents.care", at_end=AtEnd.ANONYMISE)
# the people one may see, and for finance every package of the authority by number
BY_NUMBER = Wall(
    using="person_id = any((select app_people())::uuid[]) "
    "or authority_id = any((select app_money_authorities())::uuid[])"
)
WHY = [(why.value, why.value) for why in WhyChanged]
VIEWS = [(view.value, view.value) for view in OwnView]


class Import(Record):
    """One export of a case system that was taken in, kept whole."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority file_name digest lines by", hidden="content"
    )
    kept: ClassVar[Kept] = Kept(
        rule="money.import", changes=Changes.APPEND_ONLY, since="created_at"
    )
    wall: ClassVar[Wall] = Wall(
        using="authority_id = any((select app_money_authorities())::uuid[])"
    )

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    content = models.BinaryField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The same file is taken in once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "digest"], name="a_file_is_taken_in_once"
            )
        ]


@pghistory.track()
class Package(Record):
    """One kind of paid support for one person between two dates, both included."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority reference payer price_base neighbourhood_id "
        "taken_from entered_by",
        personal="person person_reference",
        sensitive="kind gross_weekly contribution_weekly health_weekly starts_on "
        "ends_on",
    )
    kept: ClassVar[Kept] = CARE
    wall: ClassVar[Wall] = BY_NUMBER

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    # the case system's own number; the person once somebody alongside them joins it
    person_reference = models.CharField(max_length=60, db_index=True)
    person = models.ForeignKey(
        "residents.Person", null=True, on_delete=models.PROTECT, related_name="packages"
    )
    reference = models.CharField(max_length=60)
    kind = models.CharField(max_length=80)
    gross_weekly = models.DecimalField(max_digits=9, decimal_places=2)
    contribution_weekly = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    health_weekly = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    price_base = models.CharField(max_length=7)
    payer = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    neighbourhood_id = models.UUIDField(null=True, db_index=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    taken_from = models.ForeignKey(
        Import, null=True, on_delete=models.PROTECT, related_name="packages"
    )
    entered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Never below nothing, never ending before it starts."""

        ordering: ClassVar = ["starts_on", "reference"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "reference"], name="a_package_has_one_reference"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_package_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(gross_weekly__gte=0)
                & Q(contribution_weekly__gte=0)
                & Q(health_weekly__gte=0)
                & Q(gross_weekly__gte=F("contribution_weekly") + F("health_weekly")),
                name="a_package_costs_nothing_or_more",
            ),
        ]

    def as_plain(self) -> weekly_cost.Package:
        """Give it as the plain record that the sums work on."""
        return weekly_cost.Package(
            reference=self.reference,
            person=self.person_reference,
            kind=self.kind,
            gross_weekly=self.gross_weekly,
            contribution_weekly=self.contribution_weekly,
            health_weekly=self.health_weekly,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            price_base=self.price_base,
        )


@pghistory.track()
class Change(Record):
    """That support changed or ended: why, and whether the person says it was right."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority by own_view_asked_on",
        personal="person",
        sensitive="before after why own_view own_words happened_on",
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
        related_name="package_changes",
    )
    before = models.OneToOneField(
        Package, on_delete=models.PROTECT, related_name="changed_by"
    )
    after = models.OneToOneField(
        Package, null=True, on_delete=models.PROTECT, related_name="came_of"
    )
    why = models.CharField(max_length=12, choices=WHY)
    happened_on = models.DateField()
    own_view = models.CharField(
        max_length=9, choices=VIEWS, default=OwnView.NOT_ASKED.value
    )
    own_words = SealedTextField(blank=True)
    own_view_asked_on = models.DateField(null=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Nothing comes of itself."""

        ordering: ClassVar = ["-happened_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=F("before")),
                name="a_package_does_not_come_of_itself",
            )
        ]
