"""Sets up authorities, organisations and teams."""

from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.text import slugify

from thedeal.accounts import names
from thedeal.accounts.roles import Permission
from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners import permissions
from thedeal.partners.models import Authority, Kind, Organisation, Team


@logins.atomic
def create(*, name: str, by: Any, slug: str = "", gss_code: str = "") -> Authority:
    """Give a new authority with its council; only the set-up command calls this."""
    tidy = _named(name)
    try:
        with logins.transaction_now():
            authority = Authority.objects.create(
                name=tidy, slug=slug or slugify(tidy), gss_code=gss_code
            )
    except IntegrityError:
        raise UserFacingError(f"There is already an authority like {tidy}.") from None
    Organisation.objects.create(
        authority=authority, kind=Kind.COUNCIL, name=tidy, slug="council"
    )
    trail.record(
        "partners.authority_created",
        by=by,
        subject=authority,
        authority_id=authority.pk,
    )
    return authority


@logins.atomic
def add_organisation(
    *, authority: Authority, kind: str, name: str, by: Any, slug: str = ""
) -> Organisation:
    """Give a new partner of an authority; raise UserFacingError if it is there."""
    if by is not None:
        council = authority.organisations.get(kind=Kind.COUNCIL)
        permissions.check(by, Permission.CHANGE_ORGANISATIONS, council)
    if kind not in Kind.values:
        raise UserFacingError("Choose what kind of organisation this is.")
    tidy = _named(name)
    try:
        with logins.transaction_now():
            organisation = Organisation.objects.create(
                authority=authority, kind=kind, name=tidy, slug=slug or slugify(tidy)
            )
    except IntegrityError:
        raise UserFacingError(f"{tidy} is already here.") from None
    trail.record(
        "partners.organisation_added",
        by=by,
        subject=organisation,
        organisation_id=organisation.pk,
    )
    return organisation


@logins.atomic
def add_team(*, organisation: Organisation, name: str, by: Any) -> Team:
    """Give a new team that an organisation hosts."""
    if by is not None:
        permissions.check(by, Permission.CHANGE_TEAMS, organisation)
    tidy = _named(name)
    try:
        with logins.transaction_now():
            team = Team.objects.create(
                authority_id=organisation.authority_id,
                organisation=organisation,
                name=tidy,
            )
    except IntegrityError:
        raise UserFacingError(f"There is already a team called {tidy}.") from None
    trail.record("partners.team_added", by=by, subject=team)
    return team


@logins.atomic
def end_team(team: Team, *, by: Any) -> None:
    """End a team that nobody is in any more."""
    permissions.check(by, Permission.CHANGE_TEAMS, team.organisation)
    if team.memberships.counting().exists():
        raise UserFacingError("Somebody is still in this team. Move them first.")
    team.ended_at, team.ended_by = timezone.now(), by
    team.save(update_fields=["ended_at", "ended_by"])
    trail.record("partners.team_ended", by=by, subject=team)


def _named(name: str) -> str:
    tidy = names.tidy(name)[:120]
    if not tidy:
        raise UserFacingError("Give it a name.")
    return tidy
