"""The questions asked on the way in, and the counter that guessing meets."""

from typing import Any

from allauth.account import forms as base
from allauth.core import context
from allauth.mfa.base import forms as factors
from django import forms

from thedeal.audit.actions import limits

MOST_TRIES = 5
TRY_SECONDS = 15 * 60


class CountedCode(forms.Form):
    """A code of which there are five tries, counted by one statement in the database.

    The library counts in the session, which parallel requests read before any has
    written (reliability: short codes guessable by racing).
    """

    expected_code: str | None

    def clean_code(self) -> str:
        """Count the try, then compare."""
        session = context.request.session.session_key
        limits.hit(
            "code",
            f"{session}:{self.expected_code}",
            most=MOST_TRIES,
            seconds=TRY_SECONDS,
        )
        return str(super().clean_code())  # type: ignore[misc] # the library's form has it


class SignInCode(CountedCode, base.ConfirmLoginCodeForm):  # type: ignore[misc] # the library has no types
    """The code we sent, to sign in."""


class AddressCode(CountedCode, base.ConfirmEmailVerificationCodeForm):  # type: ignore[misc] # the library has no types
    """The code we sent, to show that an address is theirs."""


class ResetCode(CountedCode, base.ConfirmPasswordResetCodeForm):  # type: ignore[misc] # the library has no types
    """The code we sent, to choose a new password."""


class CountedFactor(forms.Form):
    """A code of an authenticator app: tries are counted for the person, not the page."""

    user: Any

    def clean_code(self) -> str:
        """Count the try, then compare."""
        limits.hit("factor", str(self.user.pk), most=10, seconds=TRY_SECONDS)
        return str(super().clean_code())  # type: ignore[misc] # the library's form has it


class SecondCode(CountedFactor, factors.AuthenticateForm):  # type: ignore[misc] # the library has no types
    """The code of an app, or a recovery code, to finish signing in."""


class SecondCodeAgain(CountedFactor, factors.ReauthenticateForm):  # type: ignore[misc] # the library has no types
    """The same, to show that it is still the same person."""
