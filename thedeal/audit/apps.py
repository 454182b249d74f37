"""The audit room's start: how libraries' tables are held, and the person keys."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the keeper of person keys and the tables that are not ours."""

    name = "thedeal.audit"

    def ready(self) -> None:
        """Tell the lower rooms what this one holds."""
        from thedeal.audit import keys  # models must be ready first
        from thedeal.lib import sealed

        sealed.register_keeper(keys.Keeper())
