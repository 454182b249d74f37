"""The accounts room's start."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Says how the tables of the sign-in library are held."""

    name = "thedeal.accounts"
