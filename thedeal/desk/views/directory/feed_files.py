"""Lists that come as a file: tried line by line, then taken in."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from thedeal.accounts.roles import Permission
from thedeal.community.actions import feeds_files
from thedeal.community.models import FeedRun
from thedeal.community.selectors import feeds
from thedeal.desk import permissions
from thedeal.desk.forms.feeds import NewFile, NextFile
from thedeal.desk.views.directory import doors
from thedeal.desk.views.drawing import absent_is_404, page, tried

SECTION = "directory"


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def new_file(request: HttpRequest) -> HttpResponse:
    """Try or take in the file of a list that is new here."""
    council = doors.editing(request)
    form = NewFile(request.POST or None, request.FILES or None)

    def take() -> FeedRun:
        said = dict(form.cleaned_data)
        given = said.pop("file")
        return feeds_files.take_first(
            authority=council,
            file_name=given.name,
            content=given.read(),
            by=request.user,
            is_dry_run=_is_dry_run(request),
            **said,
        )

    back = reverse("desk:feeds")
    return _asked(request, form, take, heading="Take in a file", back=back)


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def next_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try or take in a newer file of a list that we know."""
    with absent_is_404():
        source = feeds.sources(doors.editing(request).pk).get(pk=pk)
    form = NextFile(request.POST or None, request.FILES or None)

    def take() -> FeedRun:
        given = form.cleaned_data["file"]
        return feeds_files.take(
            source=source,
            name=given.name,
            content=given.read(),
            by=request.user,
            is_dry_run=_is_dry_run(request),
        )

    back, heading = reverse("desk:feed", args=[pk]), f"A newer file of {source.name}"
    return _asked(request, form, take, heading=heading, back=back, is_next=True)


def _is_dry_run(request: HttpRequest) -> bool:
    return request.POST.get("do") != "take"


def _asked(
    request: HttpRequest,
    form: forms.Form,
    take: Callable[[], FeedRun],
    *,
    heading: str,
    back: str,
    is_next: bool = False,
) -> HttpResponse:
    """Ask for the file; where it came, lead to what became of it."""
    run = tried(form, take) if form.is_valid() else None
    if run is not None:
        return redirect("desk:feed_run", run.pk)
    return page(
        request,
        "desk/directory/feed_file.html",
        section=SECTION,
        form=form,
        heading=heading,
        back=back,
        is_next=is_next,
    )
