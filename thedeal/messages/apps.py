"""The messages room's start."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Named so that it does not clash with Django's own messages."""

    name = "thedeal.messages"
    label = "letters"

    def ready(self) -> None:
        """Make known what a link under a message leads to."""
        from thedeal.messages.actions import ways_out  # noqa: F401 - it registers; models must be ready first
