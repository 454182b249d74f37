"""Names the face."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """What leaders, councillors and finance see."""

    name = "thedeal.board"
    verbose_name = "Board"
