"""Telling the gap again, and publishing what was told."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thedeal.board.forms.gap import GapForm
from thedeal.board.views.money import money_of
from thedeal.lib.errors import UserFacingError
from thedeal.money import permissions
from thedeal.money import selectors as money
from thedeal.money.actions import gap as gap_actions
from thedeal.money.models import GapStory
from thedeal.publishing.actions.gap import amounts, publish_gap


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Show the newest telling, what it comes to, and ask for the next."""
    authority = money_of(request)
    story = money.stories(authority).first()
    form = GapForm(request.POST or None, initial=_as_typed(story) if story else None)
    if request.method == "POST":
        permissions.check_can_change(request.user, authority)
        if form.is_valid():
            try:
                told = gap_actions.tell(
                    gap_actions.Telling(**form.cleaned_data),
                    authority=authority,
                    by=request.user,
                )
                publish_gap(told, by=request.user)
            except UserFacingError as error:
                form.add_error(None, error.sentence)
            else:
                messages.success(request, "Published. The older version is kept.")
                return redirect("board:tell_gap")
    gap = money.gap_of(story) if story else None
    return render(
        request,
        "board/gap.html",
        {
            "authority_id": authority.pk,
            "form": form,
            "story": story,
            "gap": gap,
            "amounts": amounts(story, gap) if story and gap else {},
            "may_change": permissions.can_change(request.user, authority),
        },
    )


def _as_typed(story: GapStory) -> dict[str, Any]:
    names = "year started grown households source why_harder got_wrong easy_read"
    parts = ("do", "worth", "source")
    lines = (" | ".join(part[name] for name in parts) for part in story.your_part)
    return {
        **{name: getattr(story, name) for name in names.split()},
        "your_part": "\n".join(lines),
    }
