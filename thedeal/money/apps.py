"""Names the app."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Packages of care, the ledger, the gap, appraisal and demand."""

    name = "thedeal.money"
    verbose_name = "Money"

    def ready(self) -> None:
        """Say what links of ours lead to."""
        from thedeal.money.actions import updates  # noqa: F401 # registers its links
