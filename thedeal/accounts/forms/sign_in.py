"""What we ask of somebody who signs in with a password."""

from typing import Any

from allauth.account import forms as base
from django import forms


class Plain(forms.Form):
    """Questions without the library's own hints: our pages have the links."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""


class SignIn(Plain, base.LoginForm):  # type: ignore[misc] # the library has no types
    """An address and a password; a second proof is asked for afterwards."""

    def _setup_password_field(self) -> None:
        """Keep the question: the library leaves it out where codes are sent too."""


class StillYou(Plain, base.ReauthenticateForm):  # type: ignore[misc] # the library has no types
    """The password again, before something that matters."""


class ChangePassword(Plain, base.ChangePasswordForm):  # type: ignore[misc] # the library has no types
    """The password held now, and a new one."""
