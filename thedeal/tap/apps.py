"""The face's start."""

from django.apps import AppConfig


class TapConfig(AppConfig):
    """One-tap answers."""

    name = "thedeal.tap"
