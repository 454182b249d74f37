"""Tells Django of the app."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The app of public pages."""

    name = "thedeal.public"
    label = "public"
