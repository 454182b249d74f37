"""Tells Django of the app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The app that builds the demo."""

    name = "thedeal.demo"
    label = "demo"
