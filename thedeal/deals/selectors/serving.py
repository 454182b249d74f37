"""Reads of which team answers for which neighbourhood."""

from uuid import UUID

from django.db.models import F, Q

from thedeal.deals.models import Serving
from thedeal.partners.models import Authority, Membership, Team
from thedeal.places.models import Neighbourhood


def team_for(authority_id: UUID, neighbourhood_id: UUID | None) -> Team | None:
    """Give the team that answers for a neighbourhood, or else for the rest.

    One that has ended, or where nobody works today, answers for nothing.
    """
    at_work = Membership.objects.counting().filter(sees_people=True)
    rows = Serving.objects.filter(
        authority_id=authority_id,
        team__ended_at__isnull=True,
        team_id__in=at_work.filter(team__isnull=False).values("team_id"),
    )
    where = Q(neighbourhood_id__isnull=True) | Q(neighbourhood_id=neighbourhood_id)
    own_first = F("neighbourhood_id").asc(nulls_last=True)
    row = rows.filter(where).select_related("team").order_by(own_first).first()
    return row.team if row else None


def teams_by_place(authority: Authority) -> dict[UUID | None, UUID]:
    """Give the id of the team named for each neighbourhood, None being the rest."""
    rows = Serving.objects.filter(authority=authority, team__ended_at__isnull=True)
    return dict(rows.values_list("neighbourhood_id", "team_id"))


def neighbourhoods(authority: Authority) -> list[Neighbourhood]:
    """Give a council's neighbourhoods by name, without their shapes."""
    found = Neighbourhood.objects.filter(authority=authority).order_by("name")
    return list(found.defer("boundary"))


def teams(authority: Authority) -> list[Team]:
    """Give the teams that may be named, each with whose it is."""
    found = Team.objects.filter(authority=authority, ended_at__isnull=True)
    return list(found.select_related("organisation").order_by("name"))
