"""Who may know the person, who looked, what they wrote beside, and asking to be forgotten."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from thedeal.audit import selectors as audit
from thedeal.audit.models import Entry
from thedeal.mine.selectors.everything import role_words
from thedeal.partners.models import Organisation
from thedeal.residents import reach
from thedeal.residents.models import Forgetting, Person, SharingChoice
from thedeal.residents.selectors import people, sharing

MOST_OPENINGS = 20


@dataclass(frozen=True, kw_only=True)
class Looked:
    """That somebody opened the record, as the person reads it."""

    at: dt.datetime
    who: str
    where: str
    role: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """An organisation whose people are alongside, so may see the record."""

    organisation: Organisation
    through: list[str]


def alongside(person: Person) -> list[Beside]:
    """Give the organisations alongside, each with who it is. One query."""
    found: dict[Organisation, list[str]] = {}
    for tie in people.who_is_alongside(person):
        found.setdefault(tie.organisation, []).append(f"{tie.worker}, {tie.team}")
    return [Beside(organisation=o, through=names) for o, names in found.items()]


def choices(person: Person) -> QuerySet[SharingChoice]:
    """Give what the person said of who may know, and still says."""
    return sharing.choices(person)


def organisations(person: Person) -> QuerySet[Organisation]:
    """Give whom the person may let in, or keep out: all that work with their council."""
    there = Organisation.objects.filter(authority_id=person.authority_id)
    return there.order_by("name")


def looks(person: Person) -> list[Looked]:
    """Give who looked, from where, in which role and why; newest first."""
    return [
        Looked(
            at=look.at,
            who=look.who,
            where=look.organisation,
            role=role_words(look.role),
            why=look.reason,
        )
        for look in sharing.who_looked(person)
    ]


def openings(person: Person) -> list[dt.datetime]:
    """Give when this page was opened by a code, newest first: was it you?"""
    found: list[dt.datetime] = []
    for pk in reach.record_ids(person):
        entries = audit.trail_of(pk).filter(kind=Entry.Kind.SIGN_IN)
        found += entries.values_list("at", flat=True)[:MOST_OPENINGS]
    return sorted(found, reverse=True)[:MOST_OPENINGS]


def forgetting(person: Person) -> Forgetting | None:
    """Give the newest asking to be forgotten, open or decided, for its receipt."""
    return person.forgettings.order_by("-created_at").first()
