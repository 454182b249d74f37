"""What organisations share with each other, for what, until when."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.accounts.roles import Permission
from thedeal.desk import permissions
from thedeal.desk.forms.partners import Agree, End
from thedeal.desk.views.drawing import absent_is_404, authority_of, page, tried
from thedeal.partners import selectors
from thedeal.partners.actions import sharing
from thedeal.partners.models import Authority

SECTION = "sharing"


@permissions.needs(Permission.AGREE_SHARING)
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Show the agreements that hold, and those that held."""
    found = list(selectors.agreements_in(request.user, _authority(request)))
    today = timezone.localdate()
    now = [a for a in found if a.ended_at is None and a.until >= today]
    return page(
        request,
        "desk/sharing.html",
        section=SECTION,
        now=now,
        before=[a for a in found if a not in now],
    )


@permissions.needs(Permission.AGREE_SHARING)
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """Agree that one organisation shares with another."""
    organisations = selectors.organisations_in_reach(request.user).distinct()
    form = Agree(request.POST or None, organisations=organisations)
    if form.is_valid():
        made = tried(form, lambda: sharing.agree(by=request.user, **form.cleaned_data))
        if made:
            messages.success(request, "The agreement holds from its first day.")
            return redirect("desk:sharing")
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading="Agree what is shared",
        action="Agree it",
        back="desk:sharing",
    )


@permissions.needs(Permission.AGREE_SHARING)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an agreement: nothing is shared by it from that moment."""
    with absent_is_404():
        agreement = selectors.agreements_in(request.user, _authority(request)).get(
            pk=pk
        )
    form = End(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]

        def ended() -> bool:
            sharing.end(agreement, by=request.user, reason=reason)
            return True

        if tried(form, ended):
            messages.success(request, "It has ended. Nothing is shared by it any more.")
            return redirect("desk:sharing")
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"End what {agreement.giver} shares with {agreement.receiver}",
        action="End it now",
        back="desk:sharing",
    )


def _authority(request: HttpRequest) -> Authority:
    found = authority_of(request)
    if found is None:
        raise Http404
    return found
