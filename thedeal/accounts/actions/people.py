"""Makes users, and ends what they may do at once when that is taken away."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import F

from thedeal.accounts import names
from thedeal.accounts.models import User
from thedeal.audit.actions import trail
from thedeal.lib import keeping, logins
from thedeal.lib.errors import UserFacingError

SOMEBODY_WHO_LEFT = "somebody who left"


@logins.atomic
def create(*, display_name: str, by: Any, email: str = "", phone: str = "") -> User:
    """Give a new user, who cannot yet do anything; an address is not yet proved.

    Raises UserFacingError where the name is blank or the address is taken.
    """
    name = names.tidy(display_name)[:120]
    if not name:
        raise UserFacingError("Tell us what to call this person.")
    address = names.tidy_email(email) or None
    if address and User.objects.filter(email=address).exists():
        raise UserFacingError("Somebody already signs in with this address.")
    user = User(email=address, phone=phone)
    user.set_name(name)
    user.set_unusable_password()
    user.save()
    trail.record("accounts.created", by=by, subject=user)
    return user


@logins.atomic
def prove_address(user: User, *, by: Any) -> None:
    """Note that the user's address is theirs: they followed what we sent to it."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    trail.record("accounts.address_proved", by=by, subject=user)


@logins.atomic
def rename(user: User, *, display_name: str, by: User) -> None:
    """Change what a user is called; only the user may."""
    name = names.tidy(display_name)[:120]
    if by.pk != user.pk:
        raise UserFacingError("Only the person may change what they are called.")
    if not name:
        raise UserFacingError("Tell us what to call you.")
    user.set_name(name)
    user.save(update_fields=["display_name", "sort_key"])
    trail.record("accounts.renamed", by=by, subject=user)


@logins.atomic
def hold_to_second_factor(user: User, *, needed: bool, by: Any) -> None:
    """Say whether the user must sign in with two proofs (partners knows)."""
    if user.needs_second_factor == needed:
        return
    user.needs_second_factor = needed
    user.save(update_fields=["needs_second_factor"])
    trail.record("accounts.second_factor", by=by, subject=user, needed=needed)


@logins.atomic
def end_sessions(user: User, *, by: Any, reason: str = "") -> None:
    """End every session of a user at once, on every device."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])
    UserSession.objects.filter(user=user).delete()
    trail.record("accounts.sessions_ended", by=by, subject=user, reason=reason)


@logins.atomic
def forget(user: User) -> None:
    """Forget whose a sign-in was, for good: name, addresses, factors, and its history.

    The worker's doing. What they did stays in the trail, as done by somebody who left.
    """
    close(user, by=None, reason="kept long enough")
    user.set_name(SOMEBODY_WHO_LEFT)
    user.email, user.phone = None, ""
    user.save()
    for kind in (EmailAddress, Authenticator, SocialAccount):
        kind.objects.filter(user=user).delete()
    for history in keeping.histories_of(User):
        history.objects.filter(pgh_obj_id=user.pk).delete()
    trail.record("accounts.forgotten", by=None, subject=user)


@logins.atomic
def close(user: User, *, by: Any, reason: str) -> None:
    """Stop a user from ever signing in again; what they did stays in the trail."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user, by=by, reason=reason)
    trail.record("accounts.closed", by=by, subject=user, reason=reason)
