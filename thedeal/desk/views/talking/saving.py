"""Keeps what is typed in a conversation, and gives it back where it could not be kept.

Nothing that was typed may be lost here: signed out, too long, or written elsewhere in
the meantime, it is shown again, to be sent again.
"""

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from thedeal.deals import writing
from thedeal.deals.actions import conversations
from thedeal.deals.models import Conversation
from thedeal.deals.states import WhyCut
from thedeal.deals.writing import Conflict, Content, Saved
from thedeal.desk import permissions
from thedeal.desk.views.drawing import page
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.talking.reached import MAY_TALK, talk_of, uuid_or_404
from thedeal.lib.errors import NotAllowedError, UserFacingError

SIGNED_OUT = (
    "You were signed out before this was saved. Sign in in another window, come back "
    "here, and send it."
)
MOST_DIGITS = 9


def keeps_words(view: permissions.View) -> permissions.View:
    """Show what was typed to whoever is signed out, instead of losing it at the door."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: UUID) -> HttpResponse:
        is_out = not request.user.is_authenticated
        if request.method == "POST" and is_out and not _is_script(request):
            return _as_typed(request, SIGNED_OUT, pk=pk, status=403)
        return view(request, pk)

    return guarded


@keeps_words
@MAY_TALK
@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what was typed; answer with what the next save must name, or both texts."""
    found = talk_of(request, pk)
    try:
        saved = _keep(found, request)
    except NotAllowedError:
        raise
    except UserFacingError as error:
        if _is_script(request):
            return JsonResponse({"sentence": error.sentence}, status=400)
        return _as_typed(request, error.sentence, pk=pk, status=400)
    if isinstance(saved, Conflict):
        return _both(request, found, saved)
    if _is_script(request):
        return JsonResponse({"revision": saved.revision})
    goes_on = request.POST.get("then") == "finish"
    return redirect("desk:talk_finish" if goes_on else "desk:talk", pk)


def saves_first(view: permissions.View) -> permissions.View:
    """Keep the words that a button sent along before doing what it asks.

    A script has saved them by itself; a browser without one sends the whole form of the
    conversation. Signed out, too long or written elsewhere in the meantime, they are
    shown again and nothing else is done.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "talk" in request.POST and not request.headers.get("HX-Request"):
            answer = save(request, uuid_or_404(request.POST["talk"]))
            if not isinstance(answer, HttpResponseRedirect):
                return answer
        return view(request, *args, **kwargs)

    return guarded


def _keep(found: Conversation, request: HttpRequest) -> Saved | Conflict:
    """Save, and cut a version at a pause; before two texts meet, of what stands."""
    sent = writing.Page(
        id=request.POST.get("page", "")[:36], turn=_number(request, "turn")
    )
    saved = conversations.save_draft(
        found,
        by=request.user,
        content=_typed(request),
        revision=_number(request, "revision"),
        page=sent,
    )
    if isinstance(saved, Conflict) or request.POST.get("pause"):
        conversations.cut(found, by=request.user, why=WhyCut.PAUSE)
    return saved


def _both(request: HttpRequest, found: Conversation, both: Conflict) -> HttpResponse:
    """Give both texts, side by side; neither is written over the other."""
    if _is_script(request):
        body = {"revision": both.revision, "mine": both.mine, "theirs": both.theirs}
        return JsonResponse(body, status=409)
    return page(
        request,
        "desk/talking/both.html",
        section=SECTION,
        status=409,
        talk=found,
        person=found.person,
        worker=request.user.pk,
        both=both,
    )


def _as_typed(
    request: HttpRequest, sentence: str, *, pk: UUID, status: int
) -> HttpResponse:
    """Show what was typed, why it was not kept, and a button to send it again."""
    context = {
        "sentence": sentence,
        "talk_id": pk,
        "content": _typed(request),
        "revision": _number(request, "revision"),
        "is_signed_out": not request.user.is_authenticated,
    }
    return render(request, "desk/talking/as_typed.html", context, status=status)


def _typed(request: HttpRequest) -> Content:
    return {box: request.POST.get(box, "") for box in writing.BOXES}


def _number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS
    return int(typed) if is_number else 0


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "autosave"
