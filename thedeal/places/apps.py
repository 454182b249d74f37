"""Tells Django of the app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app of places."""

    name = "thedeal.places"
    label = "places"
