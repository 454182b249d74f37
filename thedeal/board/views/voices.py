"""What residents say back: whether the gap was understood, and their own ideas."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.board.forms.voices import AnswerForm
from thedeal.board.views.money import money_of
from thedeal.lib.errors import UserFacingError
from thedeal.lib.wording import date
from thedeal.money import permissions, voices_heard
from thedeal.money.actions import answers
from thedeal.partners.models import Authority
from thedeal.publishing import selectors as published


@login_required
@require_safe
def voices(request: HttpRequest) -> HttpResponse:
    """Show how each version was understood, and the ideas with their answers."""
    authority = money_of(request)
    return render(
        request,
        "board/voices.html",
        {
            "authority_id": authority.pk,
            "understood": _understood(authority),
            "waiting": voices_heard.waiting(authority),
            "answered": voices_heard.answers(authority.pk),
            "may_change": permissions.can_change(request.user, authority),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer one idea; what was typed is kept where it cannot stand."""
    authority = money_of(request)
    permissions.check_can_change(request.user, authority)
    option = get_object_or_404(voices_heard.waiting(authority), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answers.answer(option, answers.Said(**form.cleaned_data), by=request.user)
        except UserFacingError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "Answered. It stands on the page from now on.")
            return redirect("board:voices")
    return render(
        request,
        "board/answer.html",
        {"authority_id": authority.pk, "form": form, "option": option},
    )


def _understood(authority: Authority) -> list[list[Any]]:
    found = {x.version_id: x for x in voices_heard.understood(authority)}
    rows = []
    for version in published.versions(authority.pk):
        heard = found.get(version.pk)
        told = date(version.created_at, year=True)
        if heard is None:
            rows.append([told, "0", "nobody has answered yet"])
        else:
            rows.append([told, str(heard.readers), f"{heard.share:.0%}"])
    return rows
