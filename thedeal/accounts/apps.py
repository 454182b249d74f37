"""The accounts room's start."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Declares the libraries' tables, and hears when a second factor changes."""

    name = "thedeal.accounts"

    def ready(self) -> None:
        """Tell the lower rooms what this one knows."""
        from allauth.mfa import signals

        # models must be ready first
        from thedeal.accounts.adapters import signing_in, tables

        tables.hold_sign_in()
        tables.hold_unused()
        signals.authenticator_added.connect(signing_in.factor_added)
        signals.authenticator_removed.connect(signing_in.factor_removed)
