"""Authorities, the organisations inside them, and the teams those host."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from thedeal.lib.records import AtEnd, Grants, Kept, Privacy, Record, classed

USER = settings.AUTH_USER_MODEL
OPEN_TO_ALL = Grants(public="r")


@pghistory.track()
class Authority(Record):
    """A council: one tenant, behind its own walls."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at name slug gss_code settings"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.authority", at_end=AtEnd.KEEP)
    grants: ClassVar[Grants] = OPEN_TO_ALL

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    gss_code = models.CharField(max_length=9, blank=True)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        """In plain order of names."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class Kind(models.TextChoices):
    """What sort of partner an organisation is."""

    COUNCIL = "council", "council"
    NHS = "nhs", "NHS"
    VOLUNTARY = "voluntary", "voluntary organisation"
    GROUP = "group", "group of residents"
    BUSINESS = "business", "business"


@pghistory.track()
class Organisation(Record):
    """A partner inside an authority: the council itself, an NHS trust, a group."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority kind name slug"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.organisation", at_end=AtEnd.KEEP)
    grants: ClassVar[Grants] = OPEN_TO_ALL

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="organisations"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)

    class Meta:
        """A short name is its own within the authority; one council in each."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "slug"], name="one_short_name_in_an_authority"
            ),
            models.UniqueConstraint(
                fields=["authority"],
                condition=Q(kind=Kind.COUNCIL),
                name="one_council_in_an_authority",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="an_organisation_is_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name


@pghistory.track()
class Team(Record):
    """People who work together; hosted by one organisation, open to its partners."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority organisation name ended_at ended_by"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.team", at_end=AtEnd.KEEP)

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="teams"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="teams"
    )
    name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """A name is its own within the organisation."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(ended_at__isnull=True),
                name="one_team_of_a_name_in_an_organisation",
            )
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name
