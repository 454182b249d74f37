"""Tells Django of the app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The app of what is published."""

    name = "thedeal.publishing"
    label = "publishing"
