"""What we ask of somebody who signs in to work."""

from allauth.account import forms as base


class SignIn(base.LoginForm):  # type: ignore[misc] # the library has no types
    """An address and a password; a second proof is asked for afterwards."""

    def _setup_password_field(self) -> None:
        """Keep the question: the library leaves it out where codes are sent too."""
