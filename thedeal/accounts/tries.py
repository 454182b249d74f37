"""How often one may try to sign in, or have us send a message.

By address of the network and by what was typed, whether or not somebody signs in
with it: nobody learns from a limit who has an account here.
"""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from thedeal.accounts import names
from thedeal.audit.actions import limits

MINUTE, QUARTER = 60, 15 * 60


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The most tries: from one place a minute, and at one thing typed in a quarter."""

    from_one_place: int = 30
    typed_in: str = ""
    at_one_thing: int = 10


LIMITS = {
    "account_login": Limit(typed_in="login"),
    "account_request_login_code": Limit(typed_in="email", at_one_thing=5),
    "account_confirm_login_code": Limit(),
    "account_signup": Limit(from_one_place=20, typed_in="email", at_one_thing=5),
    "account_email_verification_sent": Limit(),
    "account_email": Limit(from_one_place=10, typed_in="email", at_one_thing=5),
    "account_reset_password": Limit(
        from_one_place=20, typed_in="email", at_one_thing=5
    ),
    "account_confirm_password_reset_code": Limit(),
    "account_complete_password_reset": Limit(),
    "account_change_password": Limit(from_one_place=10),
    "account_set_password": Limit(from_one_place=10),
    "account_reauthenticate": Limit(from_one_place=10),
    "mfa_authenticate": Limit(),
    "mfa_reauthenticate": Limit(from_one_place=10),
    "mfa_login_webauthn": Limit(),
}


def count(request: HttpRequest) -> None:
    """Count one try; raise TooManyError where there were too many."""
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return
    limit = LIMITS.get(name)
    if limit is None:
        return
    place = get_adapter().get_client_ip(request)
    limits.hit(f"{name}:from", place, most=limit.from_one_place, seconds=MINUTE)
    typed = names.tidy_email(request.POST.get(limit.typed_in, ""))
    if typed:
        limits.hit(f"{name}:at", typed, most=limit.at_one_thing, seconds=QUARTER)
