"""What runs by itself: messages by number and kind, and the jobs that failed.

No address and no words of a letter are shown: whoever runs the box sees no person.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from thedeal.accounts.roles import Permission
from thedeal.audit.actions import trail
from thedeal.desk import permissions
from thedeal.desk.views.drawing import absent_is_404, authority_of, page
from thedeal.lib import queue
from thedeal.messages import selectors
from thedeal.messages.actions import letters

SECTION = "outbox"
ANSWERS = ("arrived", "again")


@permissions.needs(Permission.RUN_BOX)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show how many letters are where, which need a person, and the failed jobs."""
    authority_id = _authority_id(request)
    return page(
        request,
        "desk/outbox.html",
        section=SECTION,
        counts=selectors.outbox_counts(authority_id),
        letters=list(selectors.needing_a_person(authority_id)[:100]),
        jobs=queue.failed(),
    )


@permissions.needs(Permission.RUN_BOX)
@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what became of a letter: it arrived, or it is to be sent again."""
    answer = request.POST.get("answer", "")
    if answer not in ANSWERS:
        raise Http404
    with absent_is_404():
        letter = selectors.letter_needing_a_person(_authority_id(request), pk)
    if letter.state == "unsure":
        letters.settle(letter, was_sent=answer == "arrived", by=request.user)
    else:
        letters.send_again(letter, by=request.user)
    messages.success(request, "Thank you. That letter is settled.")
    return redirect("desk:outbox")


@permissions.needs(Permission.RUN_BOX)
@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Try a job again that was given up."""
    if job_id not in {job["id"] for job in queue.failed()}:
        raise Http404
    queue.retry(job_id)
    trail.record(
        "box.job_retried",
        by=request.user,
        authority_id=_authority_id(request),
        job=job_id,
    )
    messages.success(request, "The job is in the queue again.")
    return redirect("desk:outbox")


def _authority_id(request: HttpRequest) -> UUID:
    found = authority_of(request)
    if found is None:
        raise Http404
    return found.pk
