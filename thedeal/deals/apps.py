"""The room's start."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    """What is talked about, promised on both sides, and what came of it."""

    name = "thedeal.deals"
