"""Reads of what people wrote beside their own record, for whoever is alongside."""

from typing import Any

from django.db.models import QuerySet

from thedeal.deals.models import NoteBeside
from thedeal.residents import reach
from thedeal.residents.models import Person


def of_person(person: Person) -> QuerySet[NoteBeside]:
    """Give what a person wrote beside their record, newest first, with the answers."""
    return NoteBeside.objects.filter(person=person).select_related("answered_by")


def unanswered(user: Any) -> QuerySet[NoteBeside]:
    """Give the notes that wait for an answer of a user's teams, oldest first."""
    waiting = NoteBeside.objects.filter(
        person__in=reach.beside(user), answered_at__isnull=True
    )
    return waiting.select_related("person").order_by("created_at")
