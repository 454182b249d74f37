"""The week's huddle: whom the teams of a neighbourhood talk of, shared as people chose."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.deals.actions import huddles
from thedeal.deals.selectors import huddles as reading
from thedeal.desk.views.drawing import page, tried
from thedeal.desk.views.people.meeting import beside
from thedeal.desk.views.talking.reached import MAY_TALK, team_beside
from thedeal.lib.wording import listed
from thedeal.residents import reach

SECTION = "people"


class Topic(forms.Form):
    """One line: what the teams might think of together."""

    about = forms.CharField(
        label="What to talk about, in one line",
        help_text="As they would say it in front of them: no story, no diagnosis.",
        max_length=huddles.LONGEST,
    )


@MAY_TALK
@require_safe
def huddle(request: HttpRequest) -> HttpResponse:
    """Show this week's list, by neighbourhood."""
    mine = set(reach.beside(request.user).values_list("pk", flat=True))
    by_team: dict[str, list[dict[str, object]]] = {}
    seen: set[UUID] = set()
    for row in reading.topics(request.user):
        if row.person_id in seen:
            continue
        seen.add(row.person_id)
        one = {"row": row, "is_mine": row.person_id in mine}
        by_team.setdefault(row.team.name, []).append(one)
    return page(
        request,
        "desk/people/huddle.html",
        section=SECTION,
        week_of=reading.this_week(),
        teams=by_team,
    )


@MAY_TALK
@require_http_methods(["GET", "HEAD", "POST"])
def put(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put somebody on this week's list, and show who will hear."""
    person = beside(request, pk)
    team = team_beside(request, person)
    form = Topic(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["about"]
        made = tried(
            form, lambda: huddles.put(person, team=team, about=about, by=request.user)
        )
        if made is not None:
            messages.success(request, f"{person.name} is on this week's list.")
            return redirect("desk:huddle")
    hear = reading.who_may_hear(person, giver=team.organisation)
    others = f"your team, and {listed(hear)}" if hear else "your team alone"
    form.fields["about"].help_text += f" Who hears: {others}."
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"Talk of {person.name} in the huddle",
        action="Put them on the list",
        back="desk:person",
        back_to=pk,
    )


@MAY_TALK
@require_POST
def take_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody off this week's list."""
    huddles.take_off(beside(request, pk), by=request.user)
    messages.success(request, "Taken off the list.")
    return redirect("desk:huddle")
