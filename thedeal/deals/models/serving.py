"""Which team answers for a neighbourhood, as its council says: never told from a name."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from thedeal.lib.records import AtEnd, Kept, Privacy, Record, classed

USER = settings.AUTH_USER_MODEL


class Serving(Record):
    """That a team answers whoever asks from a neighbourhood, or from anywhere else."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority neighbourhood_id team set_by"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.authority", at_end=AtEnd.KEEP)

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    # empty: anywhere that no team is named for, or that nobody said
    neighbourhood_id = models.UUIDField(null=True)
    team = models.ForeignKey(
        "partners.Team", on_delete=models.PROTECT, related_name="+"
    )
    # empty where it stood before there was anybody to say so
    set_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One team answers for each neighbourhood, and one for the rest."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "neighbourhood_id"],
                nulls_distinct=False,
                name="one_team_answers_for_a_neighbourhood",
            )
        ]
