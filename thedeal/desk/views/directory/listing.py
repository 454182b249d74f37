"""One listing: what stands, whom to ring, and what they said."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.accounts.roles import Permission
from thedeal.community import permissions as community_permissions
from thedeal.community import screen
from thedeal.community.actions import keeping_true, listings
from thedeal.community.models import Activity, Group
from thedeal.community.selectors import doubles, finding, stored, telling
from thedeal.community.states import SHOWN, ListingState
from thedeal.desk import permissions
from thedeal.desk.forms.directory import Change, Room, Safeguarding, Unlist
from thedeal.desk.views.directory import asked, coming, doors
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.lib.errors import UserFacingError
from thedeal.partners import selectors as partners

SECTION = "directory"
ON_A_PAGE = 50
ANSWERERS = (Permission.SUGGEST_LISTINGS, Permission.RUN_GROUP)
GONE = (ListingState.WITHDRAWN, ListingState.MERGED)
STATES = {
    "": "All",
    "live": "Shown",
    "paused": "Resting",
    "unverified": "Nobody could say",
    "ended": "Stopped",
    "merged": "Joined to another",
    "withdrawn": "Asked not to be listed",
}
# what may be answered in which state, and what is said to whoever answered
OFFERED = {
    ListingState.LIVE: ("right", "resting", "stopped"),
    ListingState.PAUSED: ("right", "back", "stopped"),
    ListingState.UNVERIFIED: ("right", "stopped"),
    ListingState.ENDED: ("back",),
}
DONE = {
    "right": "Thank you. The listing says that it was checked today.",
    "resting": "It says that the group is resting for a while.",
    "back": "It is shown again, and says that it was checked today.",
    "stopped": "It is no longer shown. It is kept, and can come back.",
    "write": "We write to them again, when it is next to be checked.",
}
DOES: dict[str, Callable[..., None]] = {
    "right": listings.check,
    "resting": listings.pause,
    "back": listings.resume,
    "stopped": listings.end,
    "write": keeping_true.write_again,
}
TOLD = {
    "": "no answer",
    "right": "still right",
    "changed": "something changed",
    "stopped": "they have stopped",
    "leave": "stop asking about this group",
    "leave all": "stop asking about all of their groups",
}


@permissions.needs(Permission.SUGGEST_LISTINGS)
@require_safe
def all_listings(request: HttpRequest) -> HttpResponse:
    """Show every listing of the council by name, whatever its state."""
    council = doors.answering(request)
    typed = request.GET.get("q", "").strip()[:80]
    state = request.GET.get("state", "")
    rows = Group.objects.filter(authority=council).order_by("name", "id")
    if typed:
        rows = rows.filter(name__icontains=typed)
    if state in STATES and state:
        rows = rows.filter(state=state)
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/directory/listings.html",
        section=SECTION,
        shown=shown,
        rows=[{"group": g, "checked": telling.checked(g)} for g in shown.object_list],
        typed=typed,
        state=state,
        states=STATES,
    )


@permissions.needs(Permission.RUN_GROUP)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show whoever runs groups what they run."""
    council, user = doors.council(request), request.user
    run = partners.organisations_of(user)
    rows = Group.objects.filter(authority=council, organisation__in=run)
    can = community_permissions.can_run
    shown = [g for g in rows.select_related("organisation") if can(user, group=g)]
    return page(
        request,
        "desk/directory/mine.html",
        section="my_groups",
        rows=[{"group": g, "checked": telling.checked(g)} for g in shown],
    )


@permissions.needs(*ANSWERERS)
@require_safe
def listing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one listing with all that may be done to it."""
    group = doors.group(request, pk)
    user = request.user
    does = group.activities.exclude(state__in=[ListingState.ENDED, ListingState.MERGED])
    return page(
        request,
        "desk/directory/listing.html",
        section=_section(user, group),
        group=group,
        state=STATES[group.state],
        is_shown=group.state in SHOWN,
        is_gone=group.state in GONE,
        checked=telling.checked(group),
        safeguarding=telling.safeguarding(group),
        contact=stored.contact_of(group),
        shows=screen.SHOWS,
        activities=[_row(a) for a in finding.with_times(does.order_by("name", "id"))],
        offered=_offered(group),
        told=TOLD,
        runs_it=community_permissions.can_run(user, group=group),
        may_change=community_permissions.can_change(user, group=group),
        versions=group.versions.count(),
        joinings=list(doubles.joinings(group))
        if community_permissions.can_edit(user, authority=group.authority)
        else [],
        nudges=list(group.nudges.order_by("-created_at")[:5]),
        **coming.shown(user, group),
    )


@permissions.needs(*ANSWERERS)
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take what a group said of its listing, to a worker or by its organiser."""
    group = doors.group(request, pk)
    choice = request.POST.get("answer", "")
    if choice not in _offered(group):
        raise Http404
    how = doors.how(request.user, group)
    try:
        DOES[choice](group=group, by=request.user, how=how)
    except UserFacingError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, DONE[choice])
    return redirect("desk:listing", pk)


def _offered(group: Group) -> tuple[str, ...]:
    """Give what may be answered of a listing as it stands."""
    found = OFFERED.get(ListingState(group.state), ())
    return (*found, "write") if found and group.asks_stopped_at else found


@permissions.needs(*ANSWERERS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a listing on one screen."""
    group = doors.group(request, pk)
    if group.state in GONE:
        raise Http404
    is_editor = community_permissions.can_edit(request.user, authority=group.authority)
    facts = stored.of(group)
    form = Change(
        request.POST or None,
        initial={"hide": facts.is_sensitive, "was_told": True},
        is_editor=is_editor,
    )
    if form.is_valid() and tried(form, lambda: _change(request, group, form)):
        messages.success(request, "Changed, and live at once.")
        return redirect("desk:listing", pk)
    return page(
        request,
        "desk/directory/change.html",
        section=_section(request.user, group),
        group=group,
        form=form,
        **asked.screen(request, facts, stored.contact_of(group)),
    )


@permissions.needs(*ANSWERERS)
@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, pk: UUID, activity: UUID) -> HttpResponse:
    """Say whether there is room now."""
    group = doors.group(request, pk)
    with absent_is_404():
        found = group.activities.get(pk=activity, state__in=SHOWN)
    form = Room(
        request.POST or None,
        initial={
            "capacity": found.capacity,
            "places": found.capacity_places,
            "words": found.capacity_words,
            "until": found.capacity_until,
        },
    )
    if form.is_valid() and tried(form, lambda: _say_room(request, found, form)):
        messages.success(
            request, f"{found.name}: {telling.room(found) or 'not known'}."
        )
        return redirect("desk:listing", pk)
    return page(
        request,
        "desk/ask.html",
        section=_section(request.user, group),
        form=form,
        heading=f"Is there room at {found.name}?",
        action="Say so",
        back="desk:listing",
        back_to=pk,
    )


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def safeguarding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether its safeguarding policy is to be seen, and whether it was."""
    doors.editing(request)
    group = doors.group(request, pk)
    seen = telling.safeguarding(group) if group.safeguarding_seen_at else ""
    first = {"needs": group.needs_safeguarding}
    form = Safeguarding(request.POST or None, initial=first, seen=seen)

    def said() -> bool:
        listings.say_safeguarding(group=group, by=request.user, **form.cleaned_data)
        return True

    if form.is_valid() and tried(form, said):
        messages.success(request, "Written down, and told with the listing.")
        return redirect("desk:listing", pk)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"The safeguarding policy of {group.name}",
        action="Write it down",
        back="desk:listing",
        back_to=pk,
    )


@permissions.needs(*ANSWERERS)
@require_http_methods(["GET", "POST"])
def unlist(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a listing away for ever, because the group asked for it."""
    group = doors.group(request, pk)
    form = Unlist(request.POST or None)

    def withdrawn() -> bool:
        reason = form.cleaned_data["reason"]
        listings.withdraw(group=group, by=request.user, reason=reason)
        return True

    if form.is_valid() and tried(form, withdrawn):
        messages.success(request, f"{group.name} is not listed, and never will be.")
        return redirect("desk:listing", pk)
    return page(
        request,
        "desk/directory/unlist.html",
        section=_section(request.user, group),
        form=form,
        group=group,
        heading=f"Never list {group.name}?",
        action="Never list it",
        back="desk:listing",
        back_to=pk,
    )


def _section(user: Any, group: Group) -> str:
    is_owner = community_permissions.can_run(user, group=group)
    return "my_groups" if is_owner else SECTION


def _row(activity: Activity) -> dict[str, Any]:
    card = telling.card(activity)
    return {"it": activity, "card": card, "room": telling.room(activity) or "Not said"}


def _change(request: HttpRequest, group: Group, form: Change) -> bool:
    facts = screen.applied(stored.of(group), request.POST.dict())
    facts = replace(facts, is_sensitive=form.cleaned_data["hide"])
    how = doors.how(request.user, group)
    if how == listings.A_WORKER and not form.cleaned_data["was_told"]:
        how = listings.THE_TEAM
    listings.change(
        group=group,
        facts=facts,
        by=request.user,
        how=how,
        reason=form.cleaned_data["reason"],
    )
    return True


def _say_room(request: HttpRequest, activity: Activity, form: Room) -> bool:
    listings.say_room(
        activity=activity,
        by=request.user,
        how=doors.how(request.user, activity.group),
        **form.cleaned_data,
    )
    return True
