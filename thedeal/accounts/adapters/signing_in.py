"""How the sign-in library behaves in this house.

Letters go through our outbox in our words; secrets are locked before they are
stored; an organisation's own service speaks only for addresses in the domain that
is bound to it, and never for an account that somebody else began.
"""

import json
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from thedeal.accounts import landings, names
from thedeal.accounts.middleware import SEEN, STARTED
from thedeal.accounts.models import User, Vouching
from thedeal.audit.actions import trail
from thedeal.audit.models import Entry
from thedeal.lib import definitions, logins, requests
from thedeal.messages.actions import letters

SAID_BY_THE_PAGE = frozenset(
    {"email_confirmation_sent", "logged_in", "logged_out", "login_code_sent"}
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library has no types
    """Signing in with an address: a code, a password, a passkey."""

    def send_mail(self, template_prefix: str, email: str, context: Any) -> None:
        """Write the letter in our words and put it in the outbox."""
        name = template_prefix.rsplit("/", 1)[-1]
        user = context.get("user")
        fill = {
            "code": context.get("code", ""),
            "sign_in": f"{settings.PUBLIC_ADDRESS}/account/login/code/",
            "sign_up": f"{settings.PUBLIC_ADDRESS}/account/signup/",
            "when": f"{timezone.localtime():%H:%M on %d %B}",
        }
        letters.write(
            kind=f"accounts.{name}",
            to=email,
            subject=definitions.words(f"words/accounts.{name}_subject"),
            body=definitions.words(f"words/accounts.{name}_body").format(**fill),
            once_key=f"accounts:{get_random_string(32)}",
            user_id=getattr(user, "pk", None),
            urgent=True,
        )
        letters.nudge()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Give where this person arrives."""
        return landings.address_for(request.user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Give where one goes on after a new password: one's own account."""
        return reverse("account_home")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Leave out what the page that follows says by itself."""
        name = (message_template or "").rsplit("/", 1)[-1].removesuffix(".txt")
        if name not in SAID_BY_THE_PAGE:
            super().add_message(request, level, message_template, *args, **kwargs)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, start the clock, and write it in the trail."""
        super().login(request, user)
        request.session[STARTED] = request.session[SEEN] = time.time()
        logins.identify(user.pk)
        trail.record(
            "accounts.signed_in", by=user, subject=user, kind=Entry.Kind.SIGN_IN
        )

    def logout(self, request: HttpRequest) -> None:
        """Write it in the trail, then sign out."""
        user = request.user
        if user.is_authenticated:
            trail.record(
                "accounts.signed_out", by=user, subject=user, kind=Entry.Kind.SIGN_IN
            )
        super().logout(request)

    def save_user(
        self, request: HttpRequest, user: Any, form: Any, commit: bool = True
    ) -> Any:
        """Keep the name that the person gave, tidy, with its sort key."""
        user = super().save_user(request, user, form, commit=False)
        user.set_name(form.cleaned_data.get("display_name") or user.display_name)
        if commit:
            user.save()
        return user


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # the library has no types
    """Second factors: their secrets are stored locked."""

    def encrypt(self, text: str) -> str:
        """Lock a secret with the house's key."""
        return _fernet("second factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return _fernet("second factor").decrypt(encrypted_text.encode()).decode()


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # the library has no types
    """An organisation's own sign-in service, held to its domain."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whomever the service may not speak for; never link by address."""
        address = names.tidy_email(sociallogin.user.email or "")
        if not may_vouch(sociallogin.account.provider, address):
            refuse(request, "This service may not sign you in here. Ask who runs it.")
        if sociallogin.is_existing:
            return
        if request.user.is_authenticated:
            if request.user.email != address:
                refuse(request, "This service knows you by another email address.")
        elif User.objects.filter(email=address).exists():
            refuse(
                request,
                "You have signed in here before in another way. Sign in that way, "
                "then connect this service on your account page.",
            )

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Let the bound service start an account: all of it was checked."""
        return True

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Take the service's word for addresses in its own domain alone."""
        return may_vouch(provider.app.provider_id, names.tidy_email(email))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Take the address, lower case, and the name."""
        user = super().populate_user(request, sociallogin, data)
        user.email = names.tidy_email(data.get("email") or "") or None
        whole = " ".join(data.get(k) or "" for k in ("first_name", "last_name"))
        user.set_name(data.get("name") or whole.strip() or "Colleague")
        return user

    def list_providers(self, request: HttpRequest) -> Any:
        """List only services that an organisation has bound."""
        bound = set(
            Vouching.objects.filter(ended_at__isnull=True).values_list(
                "provider_id", flat=True
            )
        )
        found = super().list_providers(request)
        return [p for p in found if p.app and p.app.provider_id in bound]


class LockedSerializer:
    """Stores sessions locked: a copy of the table gives away no code and no proof."""

    def dumps(self, obj: Any) -> bytes:
        """Give the locked form of a session."""
        plain = json.dumps(obj, separators=(",", ":")).encode()
        return _fernet("session").encrypt(plain)

    def loads(self, data: bytes) -> Any:
        """Give the session again."""
        return json.loads(_fernet("session").decrypt(data))


def may_vouch(provider_id: str, address: str) -> bool:
    """Say whether a service may speak for an address today."""
    domain = address.rpartition("@")[2]
    return Vouching.objects.filter(
        provider_id=provider_id, email_domain=domain, ended_at__isnull=True
    ).exists()


def refuse(request: HttpRequest, sentence: str) -> None:
    """Stop signing in, with a sentence."""
    response: HttpResponse = requests.problem(request, 403, sentence=sentence)
    raise ImmediateHttpResponse(response)


def factor_added(*, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Count the factor that was just set up, and shown to work, as shown.

    The library tells of it once the change is committed, when nobody is identified.
    """
    authenticator = kwargs["authenticator"]
    record_authentication(request, user, method="mfa", type=str(authenticator.type))
    trail.record(
        "accounts.factor_added", by=user, subject=user, type=str(authenticator.type)
    )


def factor_removed(*, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Write in the trail that a factor is gone."""
    kind = str(kwargs["authenticator"].type)
    trail.record("accounts.factor_removed", by=user, subject=user, type=kind)


def _fernet(use: str) -> Fernet:
    key = sha256(f"{use}:{settings.FIELD_KEY}".encode()).digest()
    return Fernet(urlsafe_b64encode(key))
