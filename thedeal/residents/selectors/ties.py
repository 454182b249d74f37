"""Reads of who matters to a person, their household, and who speaks for them."""

from django.db.models import QuerySet

from thedeal.residents.models import Merge, Person, Relation


def relations(person: Person) -> QuerySet[Relation]:
    """Give the ties that stand, in the order they were said."""
    standing = person.relations.filter(ended_at__isnull=True)
    return standing.select_related("other").order_by("created_at")


def household(person: Person) -> list[Person]:
    """Give those who live with the person and have a record of their own."""
    together = relations(person).filter(
        kind=Relation.Kind.HOUSEHOLD, other__isnull=False
    )
    return [tie.other for tie in together if tie.other is not None]


def who_speaks_for(person: Person) -> QuerySet[Relation]:
    """Give who speaks for the person: with what authority, and about what."""
    return relations(person).filter(kind=Relation.Kind.SPEAKS_FOR_ME)


def merges(person: Person) -> QuerySet[Merge]:
    """Give the records that were merged into this one, and may be parted again."""
    standing = person.merges_kept.filter(undone_at__isnull=True)
    return standing.select_related("gone_person", "by").order_by("-created_at")
