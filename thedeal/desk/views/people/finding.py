"""The people I am alongside, finding somebody, and asking beyond the team."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from thedeal.accounts.roles import Permission
from thedeal.deals.selectors import owners as owed
from thedeal.desk import permissions
from thedeal.desk.views.drawing import page
from thedeal.partners.models import Team
from thedeal.residents import reach
from thedeal.residents.actions import beyond
from thedeal.residents.models import Person
from thedeal.residents.selectors import owners, people

SECTION = "people"
MOST_TYPED = 120


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """Show whom I am alongside; or, where a name was typed, who it may be."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    if typed:
        return _found(request, typed)
    return page(
        request,
        "desk/people/mine.html",
        section=SECTION,
        typed="",
        mine=[as_card(each) for each in people.mine(request.user)],
        teams=[
            {"team": team, "size": people.teams_people(request.user, team).count()}
            for team in teams_of(request.user)
        ],
        ownerless=[
            as_card(each) | {"workers": []}
            for each in owners.without_an_owner_beside(request.user)
        ],
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_safe
def team(request: HttpRequest, pk: Any) -> HttpResponse:
    """Show whom one of my teams is alongside."""
    found = teams_of(request.user).filter(pk=pk).first()
    shown = people.teams_people(request.user, found) if found else Person.objects.none()
    return page(
        request,
        "desk/people/team.html",
        section=SECTION,
        status=200 if found else 404,
        team=found,
        people=[as_card(each) for each in shown],
        loads=owed.holding(request.user, found) if found else [],
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def ask_beyond(request: HttpRequest) -> HttpResponse:
    """Ask whether another team may know somebody: maybe or no, and it is noted."""
    typed = request.POST.get("names", "").strip()[:MOST_TYPED]
    first = teams_of(request.user).first()
    maybe = bool(typed and first) and beyond.may_be_known(
        names=typed, team=first, by=request.user
    )
    return _found(request, typed, asked=True, maybe=maybe)


def teams_of(user: Any) -> Any:
    """Give the teams in which this worker sees people, by name."""
    found = Team.objects.filter(pk__in=reach.team_ids_of(user), ended_at__isnull=True)
    return found.select_related("organisation").order_by("name")


def as_card(person: Person) -> dict[str, Any]:
    """Give what a card shows of a person: who, where, and who is alongside."""
    where = person.place_words or person.postcode
    return {
        "pk": person.pk,
        "name": person.name,
        "area": where,
        "workers": [tie.worker.display_name for tie in person.alongside.all()],
        "whereabouts": "" if person.whereabouts == "here" else person.whereabouts,
    }


def _found(
    request: HttpRequest, typed: str, *, asked: bool = False, maybe: bool = False
) -> HttpResponse:
    found = people.find(request.user, typed)
    return page(
        request,
        "desk/people/found.html",
        section=SECTION,
        typed=typed,
        found=[as_card(each.person) for each in found],
        asked=asked,
        maybe=maybe,
        sentence=beyond.SENTENCE,
    )
