"""The room's start."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Groups, activities and the directory of them."""

    name = "thedeal.community"

    def ready(self) -> None:
        """Say what links of ours lead to."""
        from thedeal.community.actions import tap_purposes  # noqa: F401 # registers
