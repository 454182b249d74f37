"""Who and what is within a short walk of somebody, when, and why it fits.

Nothing a person says here is kept, logged or sent anywhere.
"""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
from django.utils import timezone
from doorstep.hours import FreeHours
from doorstep.match import Answer, Asked, Understood, match, understand
from doorstep.rules import NotForMe, Weights

from thedeal.community import meanings
from thedeal.community.selectors import catalogue
from thedeal.community.selectors.catalogue import Held
from thedeal.places.walking import minutes_from


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked for one person, at one place."""

    lat: float
    lon: float
    words: str = ""
    minutes: float = 20.0
    free: FreeHours | None = None
    needs: frozenset[str] = frozenset()
    language: str = ""
    must_be_free: bool = False
    age: int | None = None
    how_many: int = 6
    weights: Weights = field(default_factory=Weights)
    not_for_me: tuple[tuple[str, NotForMe], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Connected:
    """The answer, with where each result's page and place are."""

    answer: Answer
    held: Held
    understood: Understood

    def slug(self, key: str) -> str:
        """Give the slug of a result's page."""
        return self.held.slugs[key]

    def point(self, key: str) -> tuple[float, float] | None:
        """Give the latitude and longitude that may be shown of a result, or None."""
        return self.held.points.get(key)


def connect(question: Question, *, now: dt.datetime | None = None) -> Connected:
    """Give the short, varied list for one person, with reasons and cautions."""
    held = catalogue.held()
    understood = understand(question.words, meanings.model())
    answer = match(
        held.catalogue,
        Asked(
            limit_minutes=question.minutes,
            free=question.free,
            needs=question.needs,
            language=question.language,
            must_be_free=question.must_be_free,
            age=question.age,
            how_many=question.how_many,
            weights=question.weights,
            not_for_me=question.not_for_me,
        ),
        understood,
        minutes=minutes_from(
            question.lat, question.lon, lats=held.lats, lons=held.lons
        ).astype(np.float32),
        is_estimate=True,
        now=now or timezone.localtime(),
    )
    return Connected(answer=answer, held=held, understood=understood)
