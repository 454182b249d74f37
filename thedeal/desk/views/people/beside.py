"""What the person wrote beside their own record, and the worker's answer to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thedeal.accounts.roles import Permission
from thedeal.deals.actions import beside as acting
from thedeal.deals.models import NoteBeside
from thedeal.deals.selectors import beside as reading
from thedeal.desk import permissions
from thedeal.desk.views.drawing import absent_is_404, page
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.residents.actions import people

LOOK = "To answer what they wrote beside it"


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a person says is not right, and take an answer that they will read."""
    about = beside(request, pk)
    sentence = _answered(request, pk) if request.method == "POST" else ""
    if request.method == "POST" and not sentence:
        messages.success(request, "Answered. They read it on their own page.")
        return redirect("desk:person_beside", pk)
    people.open_page(pk, by=request.user, reason=LOOK)
    return page(
        request,
        "desk/people/beside.html",
        section=SECTION,
        status=400 if sentence else 200,
        person=about,
        notes=reading.of_person(about),
        sentence=sentence,
    )


def _answered(request: HttpRequest, pk: UUID) -> str:
    """Keep the answer; give what to do where it cannot be kept."""
    with absent_is_404():
        note = NoteBeside.objects.get(pk=_id(request), person_id=pk)
    try:
        acting.answer(note, words=request.POST.get("words", ""), by=request.user)
    except NotAllowedError:
        raise
    except UserFacingError as error:
        return error.sentence
    return ""


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("note", ""))
    except ValueError:
        return UUID(int=0)
