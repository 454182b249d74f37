"""Who may open which of the directory's pages, in which council."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from thedeal.community import permissions
from thedeal.community.actions import listings
from thedeal.community.models import Group
from thedeal.desk.views.drawing import absent_is_404, authority_of
from thedeal.partners.models import Authority


def council(request: HttpRequest) -> Authority:
    """Give the council this person works in, or answer 404."""
    found = authority_of(request)
    if found is None:
        raise Http404
    return found


def editing(request: HttpRequest) -> Authority:
    """Give the council whose directory this person keeps, or answer 404."""
    found = council(request)
    if not permissions.can_edit(request.user, authority=found):
        raise Http404
    return found


def answering(request: HttpRequest) -> Authority:
    """Give the council for whose groups this person may answer, or answer 404."""
    found = council(request)
    user = request.user
    if not (
        permissions.can_answer(user, authority=found)
        or permissions.can_edit(user, authority=found)
    ):
        raise Http404
    return found


def group(request: HttpRequest, pk: UUID) -> Group:
    """Give a group that this person runs or may answer for, or answer 404."""
    rows = Group.objects.select_related("authority", "organisation", "merged_into")
    with absent_is_404():
        found = rows.get(pk=pk, authority=council(request))
    if not permissions.can_run(request.user, group=found):
        answering(request)
    return found


def how(user: Any, found: Group) -> str:
    """Say as whom somebody answers for a group: the group itself, or a worker."""
    is_owner = permissions.can_run(user, group=found)
    return listings.THE_GROUP if is_owner else listings.A_WORKER
