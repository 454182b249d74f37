"""A group's own calendar: its address, when it was read, and what is odd in it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thedeal.accounts.roles import Permission
from thedeal.community import permissions as community_permissions
from thedeal.community.actions import calendars
from thedeal.community.models import Activity, Calendar
from thedeal.community.states import SHOWN
from thedeal.desk import permissions
from thedeal.desk.forms.directory import CalendarAddress
from thedeal.desk.views.directory import doors
from thedeal.desk.views.drawing import absent_is_404, page, tried

SECTION = "directory"


@permissions.needs(Permission.EDIT_CATALOGUE, Permission.RUN_GROUP)
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest, pk: UUID, activity: UUID) -> HttpResponse:
    """Give an activity's dates a calendar, or take it away."""
    group = doors.group(request, pk)
    if not community_permissions.can_change(request.user, group=group):
        raise Http404
    with absent_is_404():
        found = group.activities.get(pk=activity, state__in=SHOWN)
    known = Calendar.objects.filter(activity=found, is_stopped=False).first()
    if known is not None and "stop" in request.POST:
        calendars.stop(calendar=known, by=request.user)
        messages.success(request, "We take no more from it. The dates we had stay.")
        return redirect("desk:listing", pk)
    form = CalendarAddress(
        request.POST or None, initial={"address": known.address if known else ""}
    )
    if form.is_valid() and tried(form, lambda: _add(request, found, form)):
        messages.success(request, "We read it within the hour, then every six hours.")
        return redirect("desk:calendar", pk, activity)
    return page(
        request,
        "desk/directory/calendar.html",
        section=SECTION,
        group=group,
        activity=found,
        known=known,
        form=form,
        dates=found.sessions.exclude(calendar_uid="").count(),
    )


def _add(request: HttpRequest, activity: Activity, form: CalendarAddress) -> bool:
    address = form.cleaned_data["address"]
    calendars.add(activity=activity, address=address, by=request.user)
    return True
