"""What a worker's device needs to go on with no signal (ADR 0012).

The page and its script are drawn for nobody, because every browser keeps them: neither
may ever read who asks. Who is here, and beginning what was written, are for workers.
"""

from uuid import UUID

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thedeal.deals import prompts
from thedeal.deals.actions import conversations
from thedeal.deals.models import Conversation
from thedeal.desk.views.people.finding import teams_of
from thedeal.desk.views.talking.reached import MAY_TALK
from thedeal.places import selectors as places

LONGEST_NAME = 80


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page that a device keeps: empty, and the same for everybody."""
    council = places.only_council()
    number = prompts.number_to_ring(council) if council else ""
    return render(request, "desk/talking/device.html", {"number": number})


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """Give the service worker; it changes with any asset, so that devices follow."""
    version = getattr(staticfiles_storage, "manifest_hash", "") or "now"
    return render(
        request,
        "desk/talking/device.js",
        {"version": version},
        content_type="text/javascript",
    )


@MAY_TALK
@never_cache
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Say who is signed in, with their teams and the token a change must name."""
    return JsonResponse(
        {
            "worker": str(request.user.pk),
            "token": get_token(request),
            "teams": [
                {"id": str(team.pk), "name": str(team)}
                for team in teams_of(request.user)
            ],
        }
    )


@MAY_TALK
@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin what was begun on a device, under the id it gave; safe to ask again."""
    if Conversation.objects.filter(pk=pk, worker_id=request.user.pk).exists():
        return JsonResponse({"talk": str(pk)})
    teams = teams_of(request.user)
    asked = request.POST.get("team", "")
    team = next((each for each in teams if str(each.pk) == asked), None)
    if team is None:
        raise Http404
    begun = conversations.start_anonymous(
        team=team,
        by=request.user,
        called=request.POST.get("called", "").strip()[:LONGEST_NAME],
        pk=pk,
    )
    return JsonResponse({"talk": str(begun.pk)})
