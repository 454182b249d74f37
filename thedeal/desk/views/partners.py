"""Teams and partners: who works where, letting people in, and letting them go."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.accounts import roles
from thedeal.accounts.roles import Permission
from thedeal.desk import permissions
from thedeal.desk.forms.partners import NewOrganisation, NewTeam
from thedeal.desk.views.drawing import absent_is_404, authority_of, page, tried
from thedeal.partners import permissions as partners_permissions
from thedeal.partners import selectors
from thedeal.partners.actions import authorities
from thedeal.partners.models import Organisation, Team

SECTION = "partners"
may_have = partners_permissions.has


@permissions.needs(Permission.SEE_MEMBERSHIPS)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Show the organisations in reach, with how many people and teams are in each."""
    found = selectors.organisations_in_reach(request.user).distinct()
    shown = [
        {
            "organisation": each,
            "people": _people_in(request.user, each),
            "may_see": may_have(request.user, Permission.SEE_MEMBERSHIPS, each),
        }
        for each in found
    ]
    return page(request, "desk/partners.html", section=SECTION, partners=shown)


@permissions.needs(Permission.CHANGE_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a partner to the authority."""
    form = NewOrganisation(request.POST or None)
    authority = authority_of(request)
    if authority is None:
        raise Http404
    if form.is_valid():
        made = tried(
            form,
            lambda: authorities.add_organisation(
                authority=authority, by=request.user, **form.cleaned_data
            ),
        )
        if made:
            messages.success(request, f"{made} is now a partner.")
            return redirect("desk:partner", made.pk)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading="Add a partner",
        action="Add it",
        back="desk:partners",
    )


@permissions.needs(Permission.SEE_MEMBERSHIPS)
@require_safe
def partner(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one organisation: its teams, who is in it, and who is invited."""
    organisation = seen(request, pk, Permission.SEE_MEMBERSHIPS)
    user = request.user
    return page(
        request,
        "desk/partner.html",
        section=SECTION,
        organisation=organisation,
        people=_rows(user, organisation),
        teams=_teams(organisation),
        invitations=_invitations(user, organisation),
        may_invite=bool(partners_permissions.roles_to_offer(user, organisation)),
        may_change_teams=may_have(user, Permission.CHANGE_TEAMS, organisation),
    )


@permissions.needs(Permission.CHANGE_TEAMS)
@require_http_methods(["GET", "POST"])
def add_team(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a team to an organisation."""
    organisation = seen(request, pk, Permission.CHANGE_TEAMS)
    form = NewTeam(request.POST or None)
    if form.is_valid():
        made = tried(
            form,
            lambda: authorities.add_team(
                organisation=organisation, by=request.user, **form.cleaned_data
            ),
        )
        if made:
            messages.success(request, f"The team {made} is here.")
            return redirect("desk:partner", pk)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"Add a team to {organisation}",
        action="Add it",
        back="desk:partner",
        back_to=pk,
    )


@permissions.needs(Permission.CHANGE_TEAMS)
@require_POST
def end_team(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a team that nobody is in."""
    with absent_is_404():
        team: Team = selectors.teams_in_reach(request.user).distinct().get(pk=pk)
    authorities.end_team(team, by=request.user)
    messages.success(request, f"The team {team} has ended.")
    return redirect("desk:partner", team.organisation.pk)


def seen(request: HttpRequest, pk: UUID, permission: Permission) -> Organisation:
    """Give an organisation where this person holds a permission, or answer 404."""
    with absent_is_404():
        found = selectors.organisation_in_reach(request.user, pk)
    if not may_have(request.user, permission, found):
        raise Http404
    return found


def _people_in(user: Any, organisation: Organisation) -> int:
    members = selectors.memberships_in(user, organisation)
    return members.values("user_id").distinct().count()


def _rows(user: Any, organisation: Organisation) -> list[dict[str, Any]]:
    return [
        {"membership": each, "title": roles.get(each.role).title}
        for each in selectors.memberships_in(user, organisation)
    ]


def _teams(organisation: Organisation) -> list[dict[str, Any]]:
    sizes = selectors.team_sizes(organisation)
    found = organisation.teams.filter(ended_at__isnull=True)
    return [{"team": team, "size": sizes.get(team.pk, 0)} for team in found]


def _invitations(user: Any, organisation: Organisation) -> list[dict[str, Any]]:
    return [
        {
            "invitation": each,
            "title": roles.get(each.role).title,
            "may_withdraw": partners_permissions.can_invite(
                user, organisation, role=each.role
            ),
        }
        for each in selectors.open_invitations_in(user, organisation)
    ]
