"""A neighbourhood's list for one week: a first name, and what to talk about.

One row for each organisation that may see it. Another organisation has a row only where
the person said yes to it and the two organisations have an agreement; the row goes when
either ends. It must never hold a story: the record stays with the team alongside.
"""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.deals.models.about import BASE, USER, AboutAPerson
from thedeal.lib.records import Kept, Privacy, Wall, classed
from thedeal.residents.models.people import MINE, WRITTEN

WORDS = ["called", "about"]


@pghistory.track(exclude=WORDS)
class HuddleTopic(AboutAPerson):
    """That the teams of a neighbourhood talk of how to help somebody, this week."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} giver organisation team week_of put_by taken_off_at taken_off_by",
        personal="person called about",
    )
    wiped_with_the_person = tuple(WORDS)
    kept: ClassVar[Kept] = Kept(rule="deals.huddle_topic", since="week_of")
    wall: ClassVar[Wall | None] = Wall(
        using=f"({MINE.format(column='person_id')}) or (organisation_id <> giver_id "
        "and organisation_id = any((select app_people_organisations())::uuid[]))",
        check=WRITTEN.format(column="person_id"),
    )

    giver = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="huddle_topics"
    )
    team = models.ForeignKey(
        "partners.Team", on_delete=models.PROTECT, related_name="huddle_topics"
    )
    week_of = models.DateField()
    # plain words: who is told has no key of the person's
    called = models.CharField(max_length=80)
    about = models.CharField(max_length=200)
    put_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    taken_off_at = models.DateTimeField(null=True)
    taken_off_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Oldest first; somebody is on a week's list once for an organisation."""

        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "week_of"],
                condition=Q(taken_off_at__isnull=True),
                name="on_a_weeks_list_once_for_an_organisation",
            )
        ]
