"""The face's start."""

from django.apps import AppConfig


class MineConfig(AppConfig):
    """A resident's own page; whoever has one and does not work here arrives there."""

    name = "thedeal.mine"

    def ready(self) -> None:
        """Say whose first page this is."""
        from thedeal.accounts import landings
        from thedeal.mine import permissions  # models must be ready first

        landings.add("mine:home", suits=permissions.has_own_page, order=70)
