"""A warm introduction, and a small sum spent without asking: each in one screen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thedeal.community.models import Activity
from thedeal.deals import days
from thedeal.deals.actions import introductions, spending
from thedeal.desk.forms.talking import IntroduceForm, SpendForm
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside
from thedeal.desk.views.talking.reached import MAY_TALK, team_beside
from thedeal.lib.wording import pounds

BOTH = ["GET", "HEAD", "POST"]


@MAY_TALK
@require_http_methods(BOTH)
def introduce(request: HttpRequest, pk: UUID, activity: UUID) -> HttpResponse:
    """Write to whoever runs a group, with a first name and what the person says."""
    person = beside(request, pk)
    with absent_is_404():
        found = Activity.objects.select_related("group").get(pk=activity)
    first = {"first_name": person.called.split(" ")[0]}
    form = IntroduceForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        team = team_beside(request, person)
        made = tried(
            form,
            lambda: introductions.introduce(
                person,
                team=team,
                group=found.group,
                activity=found,
                by=request.user,
                **form.cleaned_data,
            ),
        )
        if made is not None:
            messages.success(
                request, f"{found.group.name} is asked, with one tap to answer."
            )
            return redirect("desk:person", pk)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"Introduce {person.name} to {found.name}",
        action="Send it",
        back="desk:person",
        back_to=pk,
    )


@MAY_TALK
@require_http_methods(BOTH)
def spend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a small sum that was spent; nobody is asked first."""
    person = beside(request, pk)
    form = SpendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        team = team_beside(request, person)
        said = form.cleaned_data
        made = tried(
            form,
            lambda: spending.spend(
                person,
                team=team,
                pence=int(said["amount"] * 100),
                bought=said["bought"],
                by=request.user,
            ),
        )
        if made is not None:
            messages.success(request, "Written down, for everybody to see.")
            return redirect("desk:person", pk)
    limit = days.number("small_spend_limit_pence", authority_id=person.authority_id)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"Spend a little for {person.name}, up to {pounds(limit / 100)}",
        action="Write it down",
        back="desk:person",
        back_to=pk,
    )
