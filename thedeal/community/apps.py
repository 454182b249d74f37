"""The room's start."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Groups, activities and the directory of them."""

    name = "thedeal.community"

    def ready(self) -> None:
        """Say what links of ours lead to, and which days may be set."""
        from thedeal.community.actions import (  # noqa: F401 # each registers
            rhythm,
            tap_purposes,
        )
