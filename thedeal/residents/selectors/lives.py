"""Reads of how life is going: which measures may be asked, and before and after.

Numbers for a picture the person understands. It never adds up what its owners say
must not be added, never compares people, and never says "score".
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.lib import definitions
from thedeal.lib.definitions import Entry
from thedeal.lib.errors import UserFacingError
from thedeal.partners import selectors as partners
from thedeal.partners.models import Authority
from thedeal.residents import reach
from thedeal.residents.measures import goal_change
from thedeal.residents.models import Measure, Person

INSTRUMENTS = "measures/instruments."


@dataclass(frozen=True, kw_only=True)
class Point:
    """One answer on one day."""

    on: dt.date
    value: float
    band: str = ""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One figure of a life over time, oldest first, on its own scale.

    ``better`` is "high" or "low": which end is the good one.
    """

    instrument: str
    part: str
    title: str
    low: float
    high: float
    low_words: str
    high_words: str
    better: str
    points: tuple[Point, ...]

    @property
    def change(self) -> float | None:
        """Give last minus first, or None under two answers."""
        if len(self.points) < 2:
            return None
        return self.points[-1].value - self.points[0].value


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    """A goal in the person's words and where they said they were, oldest first."""

    goal_id: UUID
    words: str
    is_open: bool
    points: tuple[Point, ...]
    change: int | None


def instrument(name: str, *, authority: Authority) -> Entry:
    """Give a measure that this authority may ask, with the words to ask it in.

    Raises UserFacingError for one that is not there, or is locked until the council
    enters its own registration and the items it was given with it.
    """
    found = {e.key.removeprefix(INSTRUMENTS): e for e in _all()}.get(name)
    if found is None:
        raise UserFacingError("There is no such measure.")
    if not found.value["locked"]:
        return found
    if not partners.registrations_of(authority).get(name):
        raise UserFacingError(str(found.value["unlock"]))
    return _with_items(found, authority)


def locked(authority: Authority) -> list[tuple[Entry, str]]:
    """Give the measures that need a registration, each with the council's, if any."""
    entered = partners.registrations_of(authority)
    return [
        (entry, entered.get(entry.key.removeprefix(INSTRUMENTS), ""))
        for entry in _all()
        if entry.value["locked"]
    ]


def askable(authority: Authority) -> list[Entry]:
    """Give the measures that this authority may ask, in the order they are asked."""
    found = []
    for entry in _all():
        try:
            found.append(
                instrument(entry.key.removeprefix(INSTRUMENTS), authority=authority)
            )
        except UserFacingError:
            continue
    return found


def series(person: Person) -> list[Series]:
    """Give each figure the person has answered, over time. Two queries."""
    points: dict[tuple[str, str], list[Point]] = {}
    answered = Measure.objects.filter(person_id__in=reach.record_ids(person))
    for taken in answered.order_by("taken_at"):
        for figure in _figures(taken.scores):
            if figure["value"] is not None:
                point = Point(
                    on=timezone.localdate(taken.taken_at),
                    value=float(figure["value"]),
                    band=str(figure["band"]),
                )
                key = (taken.instrument, str(figure["part"]))
                points.setdefault(key, []).append(point)
    return [
        replace(shape, points=tuple(points[shape.instrument, shape.part]))
        for shape in _shapes()
        if (shape.instrument, shape.part) in points
    ]


def everybodys(
    authority_id: UUID, *, instrument: str, part: str
) -> Iterator[tuple[Person, Point]]:
    """Give each answer of one figure by everybody, for sums over many people.

    Only a job asks this: a member of staff's own walls leave out whom they may not see.
    """
    answered = Measure.objects.filter(authority_id=authority_id, instrument=instrument)
    for taken in answered.select_related("person").order_by("taken_at").iterator():
        for figure in _figures(taken.scores):
            if figure["part"] == part and figure["value"] is not None:
                on = timezone.localdate(taken.taken_at)
                value, band = float(figure["value"]), str(figure["band"])
                yield taken.person, Point(on=on, value=value, band=band)


def goals(person: Person) -> list[GoalLine]:
    """Give a person's goals, open ones first, with their ratings. Two queries."""
    found = person.goals.order_by("-ended_at", "created_at").prefetch_related("ratings")
    lines = [
        GoalLine(
            goal_id=goal.pk,
            words=goal.words,
            is_open=goal.ended_at is None,
            points=tuple(
                Point(on=timezone.localdate(r.rated_at), value=r.rating)
                for r in goal.ratings.all()
            ),
            change=goal_change([r.rating for r in goal.ratings.all()]),
        )
        for goal in found
    ]
    return sorted(lines, key=lambda line: not line.is_open)


def _all() -> list[Entry]:
    return definitions.within(INSTRUMENTS)


def _with_items(entry: Entry, authority: Authority) -> Entry:
    """Give a locked measure with the items that the council was licensed for."""
    questions, own = [], partners.own_words(authority.pk)
    for question in entry.value["questions"]:
        text = own.get(f"{entry.key}.{question['id']}")
        if not text:
            raise UserFacingError(
                f"Enter the questions of {entry.title} that came with your licence."
            )
        questions.append({**question, "text": text})
    return replace(entry, value={**entry.value, "questions": questions})


def _figures(stored: str) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(stored)
    except ValueError:  # the person's key was erased: there is nothing to read
        return []
    return found


def _shapes() -> Iterable[Series]:
    """Give what each figure is called and runs between, without its points."""
    for part, title, better in ONS4:
        yield _shape("ons4", part, title, (0, 10), ("not at all", "completely"), better)
    yield _shape(
        "loneliness",
        "indirect",
        "How often company is missing (three questions together)",
        (3, 9),
        ("hardly ever", "often"),
        "low",
    )
    yield _shape(
        "loneliness",
        "direct",
        "How often I feel lonely",
        (1, 5),
        ("never", "often or always"),
        "low",
    )
    yield _shape("djg6", "total", "Company and closeness", (0, 6), ("", ""), "low")
    yield _shape("cel", "total", "The company I have", (0, 12), ("", ""), "low")
    yield _shape("swemwbs", "metric", "Feeling well", (7, 35), ("", ""), "high")


ONS4 = (
    ("satisfaction", "How satisfied I am with my life", "high"),
    ("worthwhile", "How worthwhile the things I do are", "high"),
    ("happy", "How happy I felt yesterday", "high"),
    ("anxious", "How anxious I felt yesterday", "low"),
)


def _shape(
    instrument: str,
    part: str,
    title: str,
    scale: tuple[float, float],
    ends: tuple[str, str],
    better: str,
) -> Series:
    return Series(
        instrument=instrument,
        part=part,
        title=title,
        low=scale[0],
        high=scale[1],
        low_words=ends[0],
        high_words=ends[1],
        better=better,
        points=(),
    )
