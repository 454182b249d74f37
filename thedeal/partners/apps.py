"""The partners room's start."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Lays a council's own words over the definitions, and checks the walls."""

    name = "thedeal.partners"

    def ready(self) -> None:
        """Tell the lower rooms what this one knows."""
        from thedeal.lib import definitions
        from thedeal.partners import checks, selectors  # models must be ready first

        definitions.lay_over(selectors.own_words)
        checks.register()
