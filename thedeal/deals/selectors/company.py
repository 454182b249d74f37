"""Who near by would go along: people's own offers, beside what fits their words.

Joined in memory and never written into the shared catalogue. It tells no name, no
address and no minutes: a name is told once both have said yes.
"""

import re
from dataclasses import dataclass
from typing import Any

from doorstep.words import stems

from thedeal.residents.models import Offer, Person
from thedeal.residents.selectors import gifts
from thedeal.residents.selectors.gifts import NearOffer

MOST = 3


@dataclass(frozen=True, kw_only=True)
class Company:
    """Somebody's offer, and the words that both of them used."""

    offer: NearOffer
    both_said: tuple[str, ...]


def near(user: Any, person: Person, *, words: str) -> list[Company]:
    """Give up to three offers near a person: what both spoke of first.

    An offer to go along the first time stands whatever was said; another kind only
    where both used the same word.
    """
    spoken = _roots(words)
    found = [
        Company(offer=offer, both_said=_both(offer.words, spoken))
        for offer in gifts.offers_for(user, person)
    ]
    going_along = Offer.Kind.COME_ALONG.label
    fit = [one for one in found if one.both_said or one.offer.kind == going_along]
    fit.sort(key=lambda one: -len(one.both_said))
    return fit[:MOST]


def _both(offered: str, spoken: set[str]) -> tuple[str, ...]:
    """Give the offer's own words whose stems were spoken, each once, in order."""
    shared = [word for word in re.findall(r"[\w’']+", offered) if _roots(word) & spoken]
    return tuple(dict.fromkeys(word.lower() for word in shared))


def _roots(text: str) -> set[str]:
    """Give the stems of a text without a last e, so that "bake" is "baking"."""
    return {stem.rstrip("e") for stem in stems(text)}
