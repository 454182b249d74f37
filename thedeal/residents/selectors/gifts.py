"""Reads of what people bring; what was withdrawn is not given, nor somebody's whole.

``confirmed`` alone may feed a match; what was proposed waits for the person.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from thedeal.residents import reach
from thedeal.residents.models import (
    Offer,
    OfferChoice,
    Person,
    SharingChoice,
    Strength,
    Wish,
)

MOST_OFFERS = 40  # near somebody, the newest first

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "dame", "lady"}


@dataclass(frozen=True, kw_only=True)
class NearOffer:
    """Somebody's offer as another may hear of it: a first name, no place, no minutes."""

    offer_id: UUID
    called: str
    kind: str
    words: str
    hours: str


def strengths(person: Person) -> QuerySet[Strength]:
    """Give a person's strengths, proposed ones too, oldest first."""
    return person.strengths.filter(withdrawn_at__isnull=True).order_by("created_at")


def wishes(person: Person) -> QuerySet[Wish]:
    """Give a person's wishes, proposed ones too, oldest first."""
    return person.wishes.filter(withdrawn_at__isnull=True).order_by("created_at")


def offers(person: Person) -> QuerySet[Offer]:
    """Give a person's own offers, proposed ones too, oldest first."""
    return person.offers.filter(withdrawn_at__isnull=True).order_by("created_at")


def offers_for(user: Any, person: Person) -> list[NearOffer]:
    """Give confirmed offers of others in the person's neighbourhood, beside the user.

    At most 40, the newest first.

    None for somebody under 18, nor one that was proposed to this person before, nor
    where either said no to being introduced to a neighbour.
    """
    if person.neighbourhood_id is None or person.is_under_18:
        return []
    others = reach.beside(user).filter(
        neighbourhood_id=person.neighbourhood_id,
        is_under_18=False,
        forgotten_at__isnull=True,
        whereabouts="here",
    )
    found = (
        Offer.objects.filter(
            ~Exists(_said_no().filter(person_id=person.pk)),
            person__in=others.exclude(pk__in=_said_no().values("person_id")).exclude(
                pk=person.pk
            ),
            confirmed_at__isnull=False,
            withdrawn_at__isnull=True,
        )
        .exclude(choices__person=person)
        .select_related("person")
        .order_by("-confirmed_at")[:MOST_OFFERS]
    )
    return [
        NearOffer(
            offer_id=o.pk,
            called=first_name(o.person),
            kind=o.get_kind_display(),
            words=o.words,
            hours=o.hours,
        )
        for o in found
    ]


def meetings(person: Person) -> QuerySet[OfferChoice]:
    """Give the meetings proposed with somebody, whoever offered, newest first."""
    found = OfferChoice.objects.filter(Q(person=person) | Q(offer__person=person))
    return found.select_related("offer__person", "person").order_by("-created_at")


def wants_no_meeting(person: Person) -> bool:
    """Say whether somebody said no to being introduced to a neighbour."""
    return _said_no().filter(person=person).exists()


def _said_no() -> QuerySet[SharingChoice]:
    """Give who said no, to any organisation: whoever asks, it is left be."""
    return SharingChoice.objects.filter(
        purpose=SharingChoice.Purpose.MATCHING, may=False, withdrawn_at__isnull=True
    )


def one_name(person: Person) -> str:
    """Give one name for a list that others read; of "Mrs Eckersley", "Mrs E"."""
    first, *rest = first_name(person).split()
    is_title = first.lower().rstrip(".") in TITLES and rest
    return f"{first} {rest[0][0]}" if is_title else first


def first_name(person: Person) -> str:
    """Give what others may hear of a name: the one they like, or the first of it."""
    return person.called or (person.full_name.split() or ["somebody"])[0]
