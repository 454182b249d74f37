"""The residents' room's start."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """People, who is alongside whom, sharing choices, strengths and measures."""

    name = "thedeal.residents"
