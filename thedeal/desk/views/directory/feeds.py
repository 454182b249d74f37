"""Others' lists that we take in: how each was read, what was odd, and what to do."""

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
from thedeal.community.actions import feeds_reading
from thedeal.community.models import FeedRun, Source
from thedeal.community.selectors import feeds
from thedeal.desk import permissions
from thedeal.desk.forms.feeds import DescribedFeed, NewFeed
from thedeal.desk.views.directory import doors
from thedeal.desk.views.drawing import absent_is_404, page, tried

SECTION = "directory"
ON_A_PAGE = 25
ASKED = "It is being read. This page says what came of it in a minute or two."


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_safe
def all_feeds(request: HttpRequest) -> HttpResponse:
    """Show each feed, when it was read, and what that gave."""
    found = list(feeds.sources(doors.editing(request).pk))
    return page(
        request, "desk/directory/feeds.html", section=SECTION, feeds=feeds.read(found)
    )


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take in one more list."""
    council = doors.editing(request)
    form = NewFeed(request.POST or None)
    if form.is_valid():
        made = tried(
            form,
            lambda: feeds_reading.add(
                authority=council, by=request.user, **form.cleaned_data
            ),
        )
        if made is not None:
            messages.success(request, ASKED)
            return redirect("desk:feed", made.pk)
    return page(request, "desk/directory/feed_new.html", section=SECTION, form=form)


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_safe
def feed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one feed and every reading of it."""
    source = _found(request, pk)
    shown = Paginator(feeds.runs(source), ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/directory/feed.html",
        section=SECTION,
        it=feeds.read([source])[0],
        shown=shown,
    )


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def described(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say anew whose list it is, and on what terms."""
    source = _found(request, pk)
    stands = {name: getattr(source, name) for name in feeds_reading.DESCRIBED}
    form = DescribedFeed(request.POST or None, initial=stands)
    if form.is_valid():
        changed = tried(
            form,
            lambda: feeds_reading.describe(
                source=source, by=request.user, **form.cleaned_data
            ),
        )
        if changed is not None:
            messages.success(request, "It is kept." if changed else "Nothing changed.")
            return redirect("desk:feed", pk)
    return page(
        request,
        "desk/directory/feed_described.html",
        section=SECTION,
        form=form,
        source=source,
    )


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_POST
def do(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read it now, try it, pause it or go on with it."""
    source = _found(request, pk)
    what = request.POST.get("do", "")
    if what in ("read", "try"):
        feeds_reading.ask(source=source, by=request.user, is_dry_run=what == "try")
        messages.success(request, ASKED)
    elif what == "pause":
        feeds_reading.pause(source=source, by=request.user)
        messages.success(request, "It is paused. What we have from it stays.")
    elif what == "resume":
        feeds_reading.resume(source=source, by=request.user)
        messages.success(request, "It is read again from tonight on.")
    else:
        raise Http404
    return redirect("desk:feed", pk)


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_safe
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one reading: what became of each record, and all that was odd."""
    council = doors.editing(request)
    with absent_is_404():
        found = FeedRun.objects.select_related("source").get(pk=pk, authority=council)
    return page(request, "desk/directory/feed_run.html", section=SECTION, run=found)


def _found(request: HttpRequest, pk: UUID) -> Source:
    with absent_is_404():
        found: Source = feeds.sources(doors.editing(request).pk).get(pk=pk)
    return found
