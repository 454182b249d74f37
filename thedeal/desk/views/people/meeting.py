"""Starting a record, changing it, and saying that life has moved on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from thedeal.accounts.roles import Permission
from thedeal.deals.actions import asks, conversations
from thedeal.deals.models import AskToTalk
from thedeal.deals.selectors import desk
from thedeal.desk import permissions
from thedeal.desk.forms.people import AboutThem, Met
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION, as_card, teams_of
from thedeal.partners.models import Team
from thedeal.residents import reach
from thedeal.residents.actions import people as acting
from thedeal.residents.models import Person
from thedeal.residents.selectors import people
from thedeal.residents.states import Whereabouts


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a record; where it may be somebody we know, show them first."""
    teams = teams_of(request.user)
    first = {"called": request.GET.get("q", "").strip()[:80]}
    form = Met(request.POST or None, teams=teams, initial=first)
    if not form.is_valid():
        return _ask(request, form)
    given = dict(form.cleaned_data)
    if not given.pop("somebody_else") and (doubles := _doubles(request, given)):
        return _ask(request, form, doubles=doubles)
    team = given.pop("team") or teams.first()
    if team is None:
        form.add_error(None, "You are in no team yet. Ask whoever leads yours.")
        return _ask(request, form)
    met = tried(form, lambda: acting.meet(team=team, by=request.user, **given))
    if met is None:
        return _ask(request, form)
    messages.success(request, f"You are alongside {met.name} now.")
    return redirect(*_onward(request, met, team=team))


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what we know of somebody."""
    person = beside(request, pk)
    form = AboutThem(request.POST or None, initial=_as_it_is(person))
    if form.is_valid():
        # only what was changed, so that two workers do not undo each other
        given: dict[str, Any] = {
            name: form.cleaned_data[name] for name in form.changed_data
        }
        if _changed(form, person, given, by=request.user):
            messages.success(request, "Written down.")
            return redirect("desk:person", pk)
    return page(
        request,
        "desk/people/about.html",
        section=SECTION,
        form=form,
        heading=f"About {person.name}",
        action="Keep it",
        person=person,
        doubles=[],
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def whereabouts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop every message at once, or say that they are here after all."""
    person = beside(request, pk)
    said = request.POST.get("whereabouts", "")
    if said == Whereabouts.HERE.value:
        acting.is_back(person, by=request.user)
        messages.success(request, "They are here. What was stopped stays stopped.")
    else:
        reason = next((w for w in Whereabouts if w.value == said), Whereabouts.HERE)
        stopped = acting.stop_everything(person, reason=reason, by=request.user)
        messages.success(request, f"Every message is stopped: {stopped} were waiting.")
    return redirect("desk:person", pk)


def note_look(request: HttpRequest, row: Any) -> None:
    """Note that somebody looked whose talk or deal it is not: the person reads it."""
    if row.worker_id != request.user.pk:
        acting.open_page(row.person_id, by=request.user)


def beside(request: HttpRequest, pk: UUID) -> Person:
    """Give somebody this worker is beside, or answer 404; it is not yet a look."""
    with absent_is_404():
        found: Person = reach.beside(request.user).get(pk=pk)
    return found


def _ask(request: HttpRequest, form: Met, *, doubles: Any = ()) -> HttpResponse:
    return page(
        request,
        "desk/people/about.html",
        section=SECTION,
        form=form,
        heading="Somebody new",
        action="Start",
        person=None,
        doubles=doubles,
    )


def _onward(request: HttpRequest, met: Person, *, team: Team) -> tuple[str, UUID]:
    """Give where a worker goes on with somebody they have just met: mostly, to talk."""
    if asked := _asked(request):
        return "desk:talk", asks.talk(asked, person=met, team=team, by=request.user).pk
    may_talk = Permission.MAKE_DEALS in permissions.held_by(request.user)
    if request.POST.get("then") == "talk" and may_talk:
        return "desk:talk", conversations.start(met, team=team, by=request.user).pk
    return "desk:person", met.pk


def _asked(request: HttpRequest) -> AskToTalk | None:
    """Give who asked to talk, where this record is started for them."""
    try:
        pk = UUID(request.GET.get("ask", ""))
    except ValueError:
        return None
    return (
        desk.asks_waiting(request.user).filter(pk=pk, owner_id=request.user.pk).first()
    )


def _doubles(request: HttpRequest, given: dict[str, Any]) -> list[dict[str, Any]]:
    names = " ".join(given[n] for n in ("called", "full_name", "other_names"))
    found = people.likely_doubles(request.user, names=names, phone=given["phone"])
    return [as_card(each.person) for each in found]


def _changed(
    form: AboutThem, person: Person, given: dict[str, Any], *, by: Any
) -> Person | None:
    is_named = person.is_anonymous and any(
        given.get(name) for name in acting.NOT_WHEN_ANONYMOUS
    )
    do = acting.give_a_name if is_named else acting.change
    return tried(form, lambda: do(person, by=by, **given))


def _as_it_is(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in AboutThem.base_fields}
