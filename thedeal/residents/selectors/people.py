"""Reads of people: those I am alongside, my team's, and by name however it is spelt.

Search stays among those whom the asker's teams are alongside. Beyond them
``actions.beyond`` says no more than "another team may know them".
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from thedeal.lib import postcodes
from thedeal.partners.models import Team
from thedeal.residents import reach
from thedeal.residents.about import name_key
from thedeal.residents.likeness import likeness
from thedeal.residents.models import Alongside, Person

MOST_FOUND = 20
DIGITS_OF_A_PHONE = 6
# how like the names of two records are where they may be of one person
LIKELY_DOUBLE = 0.75


@dataclass(frozen=True, kw_only=True)
class Found:
    """A person who may be the one meant, and how like the names are (0 to 1)."""

    person: Person
    likeness: float


def mine(worker: Any) -> QuerySet[Person]:
    """Give the people a worker is alongside, by name. Three queries."""
    return _alongside(worker, worker=worker)


def teams_people(user: Any, team: Team) -> QuerySet[Person]:
    """Give whom a team of the user's is alongside, by name. Three queries."""
    return _alongside(user, team=team, team_id__in=reach.team_ids_of(user))


def who_is_alongside(person: Person) -> QuerySet[Alongside]:
    """Give who is alongside a person now: worker, team and organisation."""
    now = person.alongside.filter(ended_at__isnull=True)
    return now.select_related("worker", "team", "organisation").order_by("created_at")


def find(user: Any, typed: str) -> list[Found]:
    """Give up to 20 people beside a user by a name, a postcode or a phone number.

    Misspellings and short names are found; the likeliest come first. Two queries.
    """
    beside = reach.beside(user).filter(forgotten_at__isnull=True)
    exact = _by_postcode_or_phone(beside, typed)
    if exact is not None:
        some = _with_who_is_alongside(exact)[:MOST_FOUND]
        return [Found(person=p, likeness=1.0) for p in some]
    return _likeliest(beside, name_key(typed))


def likely_doubles(
    user: Any, *, names: str, postcode: str = "", phone: str = ""
) -> list[Found]:
    """Give whom a second record may be about: shown before one is made.

    Those beside the user whose names are alike, or who have this phone number. A
    postcode parts two people of like names only where both gave one.
    """
    beside = reach.beside(user).filter(forgotten_at__isnull=True)
    key = name_key(names)
    alike = [
        each
        for each in _likeliest(beside, key)
        if _both_ways(key, each.person.sort_key) >= LIKELY_DOUBLE
        and postcode in ("", each.person.postcode or postcode)
    ]
    same_phone = beside.filter(phone=phone) if phone else beside.none()
    known = {each.person.pk for each in alike}
    rest = [p for p in _with_who_is_alongside(same_phone) if p.pk not in known]
    return alike + [Found(person=p, likeness=1.0) for p in rest]


def _alongside(user: Any, **tie: Any) -> QuerySet[Person]:
    now = Alongside.objects.filter(ended_at__isnull=True, **tie)
    found = reach.beside(user).filter(
        pk__in=now.values("person_id"), forgotten_at__isnull=True
    )
    return _with_who_is_alongside(found).order_by("sort_key", "pk")


def _with_who_is_alongside(people: QuerySet[Person]) -> QuerySet[Person]:
    now = Alongside.objects.filter(ended_at__isnull=True)
    return people.prefetch_related(
        Prefetch("alongside", now.select_related("worker", "team"))
    )


def _by_postcode_or_phone(
    beside: QuerySet[Person], typed: str
) -> QuerySet[Person] | None:
    postcode = postcodes.normalise(typed)
    if postcode:
        return beside.filter(postcode=postcode)
    digits = "".join(filter(str.isdigit, typed))
    if len(digits) < DIGITS_OF_A_PHONE:
        return None
    spaced = r"\D*".join(digits.removeprefix("44").removeprefix("0"))
    return beside.filter(phone__regex=spaced)


def _likeliest(beside: QuerySet[Person], key: str) -> list[Found]:
    if not key:
        return []
    known: dict[UUID, float] = {}
    for pk, sort_key in beside.values_list("pk", "sort_key"):
        found = likeness(key, sort_key)
        if found > 0:
            known[pk] = found
    best = sorted(known, key=lambda pk: (-known[pk], str(pk)))[:MOST_FOUND]
    people = _with_who_is_alongside(beside.filter(pk__in=best))
    ranked = [Found(person=p, likeness=known[p.pk]) for p in people]
    return sorted(ranked, key=lambda f: (-f.likeness, f.person.sort_key))


def _both_ways(a: str, b: str) -> float:
    # "joan" may be "joan critchley", said shortly; either may be the shorter
    return max(likeness(a, b), likeness(b, a))
