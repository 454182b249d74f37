"""Makes the walls in the database what the models declare; the owner's login runs it.

After each migration. First writes again what the walls need to know of each role,
for which the owner steps inside its own wall and no further than this transaction.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from thedeal.lib import cluster, walls
from thedeal.partners.actions import memberships
from thedeal.partners.models import Membership


class Command(BaseCommand):
    """``manage walls``."""

    help = "Makes row policies and grants what the models declare."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, all or nothing, and say how many tables stand behind a wall."""
        roles = cluster.roles()
        with transaction.atomic():
            _step_inside()
            changed = memberships.write_flags()
            count = walls.raise_walls(roles)
        self.stdout.write(
            f"{count} tables stand behind walls; {changed} roles renewed."
        )


def _step_inside() -> None:
    with connection.cursor() as cursor:
        for model in (Membership, Membership.pgh_event_model):  # type: ignore[attr-defined] # pghistory adds it
            cursor.execute(
                f'alter table "{model._meta.db_table}" no force row level security'
            )
