"""The directory that is measured on: real descriptions, many times over, in Newport.

The texts are those of the judged set (their licence is beside them), each with its own
direction by the sentence model and a little strewn about it for every copy. What the
rest holds is drawn from a fixed seed: places, times, costs, needs.
"""

import csv
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from doorstep.catalogue import Catalogue
from doorstep.listings import FACTS, Known, Listing, Room, Trust
from doorstep.meaning import load_model
from doorstep.sessions import LONDON, Timetable, english_calendar

JUDGED = Path(__file__).parents[2] / "doorstep/tests/judged/activities.csv"
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=LONDON)
SEED = 160
STREWN = 0.3
"""How far a copy's direction is from its text's: a cosine of about 0.96."""

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOURS = (10, 14, 19)


@cache
def described() -> tuple[list[tuple[str, str]], npt.NDArray[np.float32]]:
    """Give each text's name and words, and its direction (zeros without a model)."""
    with JUDGED.open(encoding="utf-8") as file:
        texts = [(row["name"].title(), row["text"]) for row in csv.DictReader(file)]
    model = load_model()
    if model is None:
        return texts, np.zeros((len(texts), 384), np.float32)
    return texts, model.vectors([f"{name}. {words}" for name, words in texts])


def directory(n_listings: int, *, n_venues: int) -> Catalogue:
    """Give a catalogue of so many listings, shared out among so many venues."""
    rng = np.random.default_rng(SEED)
    texts, directions = described()
    which = rng.integers(0, len(texts), n_listings)
    strewn = rng.normal(size=(n_listings, directions.shape[1])).astype(np.float32)
    strewn *= STREWN / np.linalg.norm(strewn, axis=1, keepdims=True)
    what = directions[which] + strewn
    what /= np.linalg.norm(what, axis=1, keepdims=True)
    listings = [_listing(n, *texts[w], n_venues, rng) for n, w in enumerate(which)]
    calendar = english_calendar(NOW.year - 1, NOW.year + 2)
    return Catalogue.of(listings, now=NOW, calendar=calendar, what=what)


def _listing(
    number: int, name: str, words: str, n_venues: int, rng: np.random.Generator
) -> Listing:
    day, hour = rng.integers(0, len(DAYS)), rng.integers(0, len(HOURS))
    drawn: dict[str, Any] = {
        "venue": int(rng.integers(0, n_venues)),
        "cost_pence": [0, 0, 200, None][rng.integers(0, 4)],
        "room": Room(int(rng.integers(0, 2))),
        "answers_in_days": [1, 3, 6, None][rng.integers(0, 4)],
        "access": {fact: Known(int(rng.integers(0, 3))) for fact in FACTS},
    }
    checked = NOW.date() - dt.timedelta(days=int(rng.integers(1, 300)))
    return Listing(
        key=f"{number:07}",
        activity=name,
        group=f"{name} {number % 5000}",
        description=words,
        kind=name.split()[0].lower(),
        place=f"Hall {number % n_venues}",
        languages=("en",),
        telephone="01632 960000",
        trust=Trust(checked_on=checked),
        timetables=(
            Timetable(
                starts_on=dt.date(2026, 1, 5) + dt.timedelta(days=int(day)),
                at=dt.time(HOURS[hour]),
                minutes=90,
                rule=f"FREQ=WEEKLY;BYDAY={DAYS[day]}",
            ),
        ),
        **drawn,
    )
