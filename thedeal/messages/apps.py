"""The messages room's start."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Named so that it does not clash with Django's own messages."""

    name = "thedeal.messages"
    label = "letters"
