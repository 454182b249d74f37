"""What waits for an editor: changes by strangers, wrongs, new groups and claims."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.accounts.roles import Permission
from thedeal.community import permissions as community_permissions
from thedeal.community import screen
from thedeal.community.actions import claims, suggestions
from thedeal.community.facts import GroupFacts
from thedeal.community.models import Claim, Group, Suggestion
from thedeal.community.selectors import feeds, moderating, stored
from thedeal.desk import permissions
from thedeal.desk.forms.directory import Answer
from thedeal.desk.views.directory import asked, doors
from thedeal.desk.views.drawing import absent_is_404, page, tried

SECTION = "directory"
OWNERS_DAYS = 14
MOST = 50


@permissions.needs(Permission.SUGGEST_LISTINGS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits; a worker who keeps no directory sees the claims alone."""
    council = doors.answering(request)
    is_editor = community_permissions.can_edit(request.user, authority=council)
    told = moderating.waiting(council.pk) if is_editor else Suggestion.objects.none()
    since = timezone.now() - timedelta(days=OWNERS_DAYS)
    changed = moderating.by_owners(council.pk, since=since)
    return page(
        request,
        "desk/directory/queue.html",
        section=SECTION,
        is_editor=is_editor,
        told=[_line(each) for each in told[:MOST]],
        how_many=told.count(),
        claims=list(moderating.claims(council.pk)[:MOST]),
        changed=list(changed[:MOST]) if is_editor else [],
        days=OWNERS_DAYS,
        failing=list(feeds.failing(council.pk)[:MOST]) if is_editor else [],
    )


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one thing we were told beside what stands; take it or leave it."""
    with absent_is_404():
        found = moderating.waiting(doors.editing(request).pk).get(pk=pk)
    proposal = moderating.proposal(found)
    facts = proposal.facts or _standing(found.group)
    form = Answer(request.POST or None)
    if form.is_valid() and tried(form, lambda: _answer(request, found, facts, form)):
        return redirect("desk:directory")
    return page(
        request,
        "desk/directory/told.html",
        section=SECTION,
        it=found,
        proposal=proposal,
        form=form,
        **asked.screen(request, facts, _contact(found)),
    )


@permissions.needs(Permission.SUGGEST_LISTINGS)
@require_POST
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle a claim by one's word: it is theirs, or it is not."""
    with absent_is_404():
        found: Claim = moderating.claims(doors.answering(request).pk).get(pk=pk)
    answer = request.POST.get("answer")
    if answer == "accept":
        claims.accept_by_word(claim=found, by=request.user)
        messages.success(request, f"{found.group} is in {found.name}’s hands.")
    elif answer == "refuse":
        claims.refuse(claim=found, by=request.user)
        messages.success(request, f"{found.name}’s claim is refused.")
    else:
        raise Http404
    return redirect("desk:directory")


def _line(told: Suggestion) -> dict[str, Any]:
    proposal = moderating.proposal(told)
    name = told.group.name if told.group else str(told.content.get("name", ""))
    return {"it": told, "name": name, "differences": proposal.differences}


def _standing(group: Group | None) -> GroupFacts | None:
    return stored.of(group) if group else None


def _contact(told: Suggestion) -> dict[str, str]:
    given: dict[str, str] = told.content.get("contact") or {}
    if given or told.group is None:
        return given
    return stored.contact_of(told.group)


def _answer(
    request: HttpRequest, told: Suggestion, facts: GroupFacts | None, form: Answer
) -> bool:
    """Take it (as it is, or with what the editor typed) or leave it."""
    answer = form.cleaned_data["answer"]
    if "leave" in request.POST:
        suggestions.leave(suggestion=told, by=request.user, answer=answer)
        messages.success(request, "Left as it was. Whoever told us hears why.")
        return True
    if "with_changes" in request.POST and facts is not None:
        facts = screen.applied(facts, request.POST.dict())
    elif told.kind == Suggestion.Kind.WRONG:
        facts = None  # put right already, on the listing's own page
    suggestions.take(suggestion=told, by=request.user, answer=answer, facts=facts)
    messages.success(request, "Done. Whoever told us hears what became of it.")
    return True
