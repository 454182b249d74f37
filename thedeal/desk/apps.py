"""The face's start."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk; whoever works for an authority arrives here."""

    name = "thedeal.desk"

    def ready(self) -> None:
        """Say whose first page the desk is."""
        from thedeal.accounts import landings
        from thedeal.desk import permissions  # models must be ready first

        landings.add("desk:home", suits=permissions.works_here, order=50)
        landings.add("desk:my_groups", suits=permissions.runs_a_group, order=60)
