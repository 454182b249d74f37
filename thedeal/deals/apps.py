"""The room's start."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    """What is talked about, promised on both sides, and what came of it."""

    name = "thedeal.deals"

    def ready(self) -> None:
        """Say what links of ours lead to, what letters heed and what a no ends."""
        from thedeal.deals.actions import (  # noqa: F401 # each registers
            huddles,
            posting,
            tap_purposes,
        )
