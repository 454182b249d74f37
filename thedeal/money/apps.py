"""Names the app."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Packages of care, the ledger, the gap, appraisal and demand."""

    name = "thedeal.money"
    verbose_name = "Money"
