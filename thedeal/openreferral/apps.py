"""Tells Django of the app."""

from django.apps import AppConfig


class OpenReferralConfig(AppConfig):
    """The face that serves open data."""

    name = "thedeal.openreferral"
    label = "openreferral"
