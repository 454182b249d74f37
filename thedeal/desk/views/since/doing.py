"""What a worker writes down afterwards: they went, how it was, done, the wrong person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from thedeal.community.models import Activity
from thedeal.deals.actions import conversations, follow_ups, introductions
from thedeal.deals.actions.tap_purposes import HOW_IT_WENT
from thedeal.deals.models import FieldNote, FollowUp, Introduction, NextStep
from thedeal.deals.states import Introduced
from thedeal.desk.forms.since import GroupSaid, HowItWent, MoveNote
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside
from thedeal.desk.views.talking.reached import MAY_TALK, team_beside
from thedeal.desk.views.talking.saving import saves_first
from thedeal.residents import reach
from thedeal.residents.models import Person
from thedeal.residents.selectors import people

BOTH = ["GET", "HEAD", "POST"]
TOLD = {Introduced.YES: "they said yes", Introduced.FULL: "they are full"}


@MAY_TALK
@require_POST
def introduction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that they went, that they belong there now, or would rather not."""
    with absent_is_404():
        found = Introduction.objects.get(pk=pk, person__in=reach.beside(request.user))
    do = request.POST.get("do", "")
    if do == Introduced.WENT.value:
        introductions.went(found, by=request.user)
        messages.success(request, "Written down: they went.")
    elif do == Introduced.SETTLED.value:
        introductions.settled(found, by=request.user)
        told = f"{found.first_name} belongs at {found.group.name} now. Well done, both."
        messages.success(request, told)
    elif do == Introduced.CALLED_OFF.value:
        introductions.call_off(found, by=request.user)
        messages.success(request, "Called off. The group is not asked again.")
    else:
        raise Http404
    return redirect("desk:so_far", found.person_id)


@MAY_TALK
@require_POST
def group_said(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what a group said when it was rung."""
    with absent_is_404():
        found = Introduction.objects.get(pk=pk, person__in=reach.beside(request.user))
    state = {each.value: each for each in TOLD}.get(request.POST.get("state", ""))
    if state is None:
        raise Http404
    form = GroupSaid(request.POST)
    if form.is_valid():
        introductions.answer(found, state=state, by=request.user, **form.cleaned_data)
        messages.success(request, f"Written down: {TOLD[state]}.")
    else:
        messages.error(request, "Enter a real day, or leave it out.")
    return redirect("desk:so_far", found.person_id)


@MAY_TALK
@require_http_methods(BOTH)
def how_it_went(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what somebody said when they were rung: the same as their two taps."""
    with absent_is_404():
        row = FollowUp.objects.get(pk=pk, person__in=reach.beside(request.user))
    form = HowItWent(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _, went, mattered = HOW_IT_WENT[form.cleaned_data["how"]]
        said = follow_ups.Said(
            went=went,
            mattered=mattered,
            words=form.cleaned_data["words"],
            we_fell_short=form.cleaned_data["we_fell_short"],
        )
        if tried(form, lambda: follow_ups.answer(row, said=said, by=request.user)):
            messages.success(request, "Written down, in their words.")
            return redirect("desk:so_far", row.person_id)
    return _ask(
        request,
        form,
        row.person,
        heading=f"{row.weeks} weeks on: how is it, {row.person.name}?",
        action="Keep what they said",
    )


@MAY_TALK
@require_POST
def done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a next step has happened."""
    with absent_is_404():
        step = NextStep.objects.get(pk=pk, person__in=reach.beside(request.user))
    conversations.step_done(step, by=request.user)
    messages.success(request, "Done.")
    return redirect("desk:so_far", step.person_id)


@MAY_TALK
@require_http_methods(BOTH)
def move_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a note that is about somebody else; both of their trails show it."""
    with absent_is_404():
        note = FieldNote.objects.get(pk=pk, person__in=reach.beside(request.user))
    others = {str(p.pk): p for p in people.mine(request.user) if p.pk != note.person_id}
    form = MoveNote(request.POST or None, people=others.values())
    if request.method == "POST" and form.is_valid():
        right = others[form.cleaned_data["person"]]
        team = team_beside(request, right)
        to = right.conversation_rows.first() or conversations.start(
            right, team=team, by=request.user
        )
        was = note.person_id
        conversations.move_note(note, to=to, by=request.user)
        messages.success(request, f"It is with {right.name} now. Both trails show it.")
        return redirect("desk:so_far", was)
    return _ask(
        request, form, note.person, heading="Who is it about?", action="Move it"
    )


@MAY_TALK
@require_POST
def hold_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hold a note back from the person's own page, or give it back to them."""
    with absent_is_404():
        note = FieldNote.objects.get(pk=pk, person__in=reach.beside(request.user))
    held = request.POST.get("do") == "hold"
    conversations.hold_back(note, is_in_confidence=held, by=request.user)
    told = "Held back from their own page." if held else "On their own page again."
    messages.success(request, told)
    return redirect("desk:so_far", note.person_id)


@saves_first
@MAY_TALK
@require_POST
def signpost(request: HttpRequest, pk: UUID, activity: UUID) -> HttpResponse:
    """Note that somebody took a name and a number away; nobody else is told."""
    person = beside(request, pk)
    with absent_is_404():
        found = Activity.objects.select_related("group").get(pk=activity)
    introductions.signpost(person, group=found.group, activity=found, by=request.user)
    told = f"They have the number of {found.group.name}. Nobody there is told."
    messages.success(request, told)
    return redirect("desk:so_far", pk)


def _ask(
    request: HttpRequest,
    form: HowItWent | MoveNote,
    person: Person,
    *,
    heading: str,
    action: str,
) -> HttpResponse:
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=heading,
        action=action,
        back="desk:so_far",
        back_to=person.pk,
    )
