"""The partners room's start."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Lays a council's own words over the definitions."""

    name = "thedeal.partners"
