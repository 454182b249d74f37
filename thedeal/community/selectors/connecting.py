"""Who and what is within a short walk of somebody, when, and why it fits.

Nothing a person says here is kept, logged or sent anywhere.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db import DatabaseError, connections
from django.utils import timezone
from doorstep.hours import FreeHours, free_hours
from doorstep.listings import Listing
from doorstep.match import Answer, Asked, Understood, match, understand
from doorstep.rules import FIRM_RULES, RULES, NotForMe, Rule, Weights
from doorstep.speeds import ORDINARY, WHEELCHAIR

from thedeal.community import meanings
from thedeal.community.selectors import catalogue, freshness
from thedeal.community.selectors.catalogue import Held
from thedeal.community.selectors.shelf import shelf
from thedeal.lib import logins
from thedeal.places import selectors as places

log = logging.getLogger("thedeal.community")

__all__ = [
    "Connected",
    "NotForMe",
    "PublishedRules",
    "Question",
    "connect",
    "get_ready",
    "hours_of",
    "published_rules",
]


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
    walker: str = ORDINARY.name
    """Who walks, as `doorstep.speeds` names them."""
    weights: Weights = field(default_factory=Weights)
    not_for_me: tuple[tuple[str, NotForMe], ...] = ()
    mattered: tuple[str, ...] = ()
    grows: bool = False
    """Whether the words grow as they are typed, and are kept by who types them: what
    was read of them is then remembered for some minutes, as directions only."""


@dataclass(frozen=True, kw_only=True)
class Connected:
    """The answer, with where each result's page and place are."""

    answer: Answer
    held: Held
    understood: Understood

    def slug(self, key: str) -> str:
        """Give the slug of a result's page."""
        return self.held.slugs[key]

    def listing(self, key: str) -> Listing:
        """Give the listing behind a result."""
        found = self.held.catalogue.listings[self.held.catalogue.row_of[key]]
        if found is None:
            raise KeyError(key)
        return found

    def point(self, key: str) -> tuple[float, float] | None:
        """Give the latitude and longitude that may be shown of a result, or None."""
        return self.held.points.get(key)


@dataclass(frozen=True, kw_only=True)
class PublishedRules:
    """Every rule of the match: the firm ones, and the weighed with their weights."""

    firm: tuple[Rule, ...]
    weighed: list[list[str]]
    trusted_days: int
    """For so many days after a check a listing is one that we stand behind."""


def published_rules() -> PublishedRules:
    """Give the rules as they are: what is printed is what is done."""
    weights = Weights()
    weighed = [[rule.says, f"{getattr(weights, rule.name):g}"] for rule in RULES]
    days = freshness.rhythm(places.only_council()).demote - 1
    return PublishedRules(firm=FIRM_RULES, weighed=weighed, trusted_days=days)


def hours_of(days: Iterable[str], parts: Iterable[str]) -> FreeHours | None:
    """Give the hours of chosen days ("tue") and parts of a day ("morning").

    Days alone are all day, parts alone every day; neither is None: whenever.
    """
    when, times = list(days), list(parts)
    if not when and not times:
        return None
    said = [
        f"{day} {part}"
        for day in when or ["every day"]
        for part in times or ["all day"]
    ]
    return free_hours(", ".join(said))


def needs_of(walker: str) -> frozenset[str]:
    """Give what a walker needs of a door beside the way to it."""
    return frozenset({"step_free"}) if goes_by_wheelchair(walker) else frozenset()


def goes_by_wheelchair(walker: str) -> bool:
    """Say whether minutes are by wheelchair, and are to be told so."""
    return walker == WHEELCHAIR.name


def get_ready() -> None:
    """Do what only a first question pays for: read the model, compile, lay out the
    directory and the catalogue. Some seconds, once a process; asks as the public pages ask."""
    understand("Somewhere to sing", meanings.model())
    try:
        with logins.using(logins.PUBLIC):
            shelf()  # a second, where the catalogue may take minutes
            catalogue.held()  # before a transaction, which may not idle for as long
            with logins.transaction_now():
                connect(Question(lat=0.0, lon=0.0, words="Somewhere to sing"))
    except DatabaseError:
        log.warning("the catalogue could not be made ready; the first question will")
    finally:
        connections.close_all()


def connect(question: Question, *, now: dt.datetime | None = None) -> Connected:
    """Give the short, varied list for one person, with reasons and cautions."""
    held = catalogue.held()
    walked = held.walking.minutes(
        question.lat, question.lon, limit=question.minutes, walker=question.walker
    )
    model = meanings.remembering() if question.grows else meanings.model()
    understood = understand(question.words, model)
    answer = match(
        held.catalogue,
        Asked(
            limit_minutes=question.minutes,
            free=question.free,
            needs=question.needs | needs_of(question.walker),
            language=question.language,
            must_be_free=question.must_be_free,
            age=question.age,
            how_many=question.how_many,
            weights=question.weights,
            not_for_me=question.not_for_me,
            mattered=question.mattered,
            by_wheelchair=goes_by_wheelchair(question.walker),
        ),
        understood,
        minutes=walked.minutes,
        is_estimate=walked.is_estimate,
        now=now or timezone.localtime(),
    )
    if walked.why_about:
        why = f"{walked.why_about} So we say “about”, by a straight line."
        answer = replace(answer, notes=(why, *answer.notes))
    return Connected(answer=answer, held=held, understood=understood)
