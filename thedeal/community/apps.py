"""The room's start."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Groups, activities and the directory of them."""

    name = "thedeal.community"
