"""The room's start."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    """What is talked about, promised on both sides, and what came of it."""

    name = "thedeal.deals"

    def ready(self) -> None:
        """Say what links of ours lead to."""
        from thedeal.deals.actions import tap_purposes  # noqa: F401 # registers
