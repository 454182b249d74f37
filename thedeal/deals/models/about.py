"""What every table about a person in this room shares: who, whose, and for how long."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from thedeal.lib.records import AtEnd, Changes, Kept, Record, Wall
from thedeal.residents.models.people import MINE, WRITTEN, behind

USER = settings.AUTH_USER_MODEL
DEAL = Kept(rule="deals.deal", at_end=AtEnd.ANONYMISE)
ADDED = Kept(rule="deals.deal", changes=Changes.APPEND_ONLY, at_end=AtEnd.ANONYMISE)
BASE = "id created_at authority"
# the asker is not this very person, looking at a page of their own
NOT_OWN = (
    "not person_id = any(select o.person_id from residents_ownpage o "
    "where o.user_id = app_user_id() and o.ended_at is null)"
)


def but(only: str) -> Wall:
    """Give the wall of a table about a person where only some rows are let through."""
    mine = MINE.format(column="person_id")
    return Wall(using=f"({mine}) and {only}", check=WRITTEN.format(column="person_id"))


class AboutAPerson(Record):
    """A row about one person, behind that person's wall."""

    kept: ClassVar[Kept] = DEAL
    wall: ClassVar[Wall | None] = behind()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "residents.Person", on_delete=models.PROTECT, related_name="%(class)s_rows"
    )

    class Meta:
        """No table of its own."""

        abstract = True
