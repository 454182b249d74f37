"""One person's place in an organisation: invited, joined, changed, ended, left."""

from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from thedeal.accounts import landings, roles
from thedeal.accounts.models import User
from thedeal.accounts.roles import Permission
from thedeal.audit.actions import limits
from thedeal.desk import permissions
from thedeal.desk.forms.partners import ChangeRole, End, Invite
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.partners import SECTION, seen
from thedeal.lib.errors import UserFacingError
from thedeal.partners import permissions as partners_permissions
from thedeal.partners import selectors
from thedeal.partners.actions import invitations, memberships
from thedeal.partners.models import Invitation, Membership

JOIN_TRIES, JOIN_SECONDS = 60, 600


@permissions.needs(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invite somebody into an organisation."""
    organisation = seen(request, pk, Permission.INVITE)
    offers = partners_permissions.roles_to_offer(request.user, organisation)
    if not offers:
        raise Http404
    form = Invite(
        request.POST or None,
        offers=offers,
        teams=selectors.teams_in_reach(request.user).distinct(),
    )
    if form.is_valid():
        made = tried(
            form,
            lambda: invitations.invite(
                organisation=organisation,
                by=_user(request),
                address_of=_join_address,
                **form.cleaned_data,
            ),
        )
        if made:
            messages.success(request, f"We wrote to {made.display_name}.")
            return redirect("desk:partner", pk)
    return page(
        request,
        "desk/invite.html",
        section=SECTION,
        form=form,
        heading=f"Invite somebody to {organisation}",
        action="Send the invitation",
        back="desk:partner",
        back_to=pk,
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    with absent_is_404():
        invitation = selectors.invitation_in_reach(request.user, pk)
    invitations.withdraw(invitation, by=_user(request))
    messages.success(request, "The invitation is taken back.")
    return redirect("desk:partner", invitation.organisation.pk)


@login_required
@require_http_methods(["GET", "POST"])
def membership(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one membership; end it, or leave where it is one's own."""
    found = _seen_membership(request, pk)
    is_own = found.user_id == request.user.pk
    may_end = partners_permissions.can_end_membership(request.user, found)
    form = End(request.POST or None)
    if form.is_valid() and tried(form, lambda: _end(request, found, form)):
        return _after_end(request, found, is_own=is_own)
    return page(
        request,
        "desk/membership.html",
        section=SECTION,
        form=form,
        membership=found,
        role=roles.get(found.role),
        is_own=is_own,
        may_end=may_end,
        may_change=may_end and not is_own and bool(_other_roles(request, found)),
        action="Leave" if is_own else "End it",
    )


@login_required
@require_http_methods(["GET", "POST"])
def change_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give somebody another role in place of the one held."""
    found = _seen_membership(request, pk)
    form = ChangeRole(request.POST or None, offers=_other_roles(request, found))
    if form.is_valid():
        made = tried(
            form,
            lambda: memberships.change_role(
                found, by=_user(request), **form.cleaned_data
            ),
        )
        if made:
            messages.success(
                request, f"{made.user} is now: {roles.get(made.role).title}."
            )
            return redirect("desk:partner", made.organisation.pk)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"Change what {found.user} does",
        action="Change it",
        back="desk:membership",
        back_to=found.pk,
    )


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation to whoever holds its link; let them take it up."""
    who = request.META.get("REMOTE_ADDR", "")
    limits.hit("join", who, most=JOIN_TRIES, seconds=JOIN_SECONDS)
    try:
        invitation = invitations.find(token)
    except UserFacingError as error:
        return render(
            request, "desk/no_invitation.html", {"sentence": error.sentence}, status=404
        )
    if request.method == "POST" and request.user.is_authenticated:
        return _join(request, token)
    return render(request, "desk/join.html", _join_words(request, invitation, token))


def _join(request: HttpRequest, token: str) -> HttpResponse:
    user = _user(request)
    joined = invitations.accept(token, by=user)
    # every session ended because the role may ask for more proof; this one goes on
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)
    messages.success(request, f"You are in {joined.organisation}. Welcome.")
    return redirect(landings.address_for(user))


def _join_words(
    request: HttpRequest, invitation: Invitation, token: str
) -> dict[str, Any]:
    here = f"?next={reverse('desk:join', args=[token])}"
    is_known = User.objects.filter(email=invitation.email).exists()
    way_in = "account_request_login_code" if is_known else "account_signup"
    user = request.user
    return {
        "invitation": invitation,
        "role": roles.get(invitation.role),
        "way_in": reverse(way_in) + here,
        "is_known": is_known,
        "is_theirs": user.is_authenticated and user.email == invitation.email,
        "is_another": user.is_authenticated and user.email != invitation.email,
        "council": str(invitation.authority),
    }


def _join_address(token: str) -> str:
    return settings.PUBLIC_ADDRESS + reverse("desk:join", args=[token])


def _seen_membership(request: HttpRequest, pk: UUID) -> Membership:
    with absent_is_404():
        found = selectors.membership_in_reach(request.user, pk)
    if found.user_id != request.user.pk:
        seen(request, found.organisation.pk, Permission.SEE_MEMBERSHIPS)
    return found


def _other_roles(request: HttpRequest, found: Membership) -> list[str]:
    offers = partners_permissions.roles_to_offer(request.user, found.organisation)
    return [name for name in offers if name != found.role]


def _end(request: HttpRequest, found: Membership, form: End) -> bool:
    memberships.end(found, by=_user(request), reason=form.cleaned_data["reason"])
    return True


def _after_end(
    request: HttpRequest, found: Membership, *, is_own: bool
) -> HttpResponse:
    if is_own:
        messages.success(request, f"You have left {found.organisation}.")
        return redirect("account_request_login_code")
    messages.success(request, f"{found.user} no longer has this role.")
    return redirect("desk:partner", found.organisation.pk)


def _user(request: HttpRequest) -> User:
    """Give who asks, as a user: the decorators have seen to it."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("Nobody is signed in.")
    return user
