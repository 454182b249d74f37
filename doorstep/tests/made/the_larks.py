"""A choir and what is offered beside it, for the tests of the match."""

import datetime as dt
from functools import cache

import numpy as np
from doorstep.catalogue import Catalogue
from doorstep.listings import Known, Listing, Room, Trust
from doorstep.match import (
    Asked,
    match,
    understand,
)
from doorstep.meaning import load_model
from doorstep.sessions import LONDON, Timetable, english_calendar

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=LONDON)
ENGLAND = english_calendar(2026, 2028)
TUESDAYS = Timetable(
    starts_on=dt.date(2026, 1, 6),
    at=dt.time(10),
    minutes=90,
    rule="FREQ=WEEKLY;BYDAY=TU",
)
EVENINGS = Timetable(
    starts_on=dt.date(2026, 1, 6),
    at=dt.time(19),
    minutes=90,
    rule="FREQ=WEEKLY;BYDAY=TU",
)
MONDAYS = Timetable(
    starts_on=dt.date(2026, 1, 5),
    at=dt.time(10),
    minutes=90,
    rule="FREQ=WEEKLY;BYDAY=MO",
)
CHOIR = Listing(
    key="choir",
    activity="Tuesday choir",
    description="A friendly choir for anyone who likes singing. No auditions.",
    group="The Larks",
    kind="singing",
    venue=0,
    timetables=(TUESDAYS,),
    cost_pence=0,
    languages=("en",),
    access={"step_free": Known.YES},
    room=Room.OPEN,
    trust=Trust(checked_on=dt.date(2026, 11, 1)),
    answers_in_days=1,
    telephone="01632 960000",
)


def changed(**changes):
    return Listing(
        **({f: getattr(CHOIR, f) for f in CHOIR.__dataclass_fields__} | changes)
    )


GRIEF = changed(
    key="grief", activity="Cruse circle", kind="", group="c",
    description="A bereavement group for men and women who have lost someone they loved.",
)  # fmt: skip


@cache
def direction(text):
    return load_model().vector(text)


def catalogue_of(*listings):
    asks = np.array([direction(x.asks or "-") for x in listings])
    asks[[not x.asks for x in listings]] = 0
    return Catalogue.of(
        listings,
        now=NOW,
        calendar=ENGLAND,
        what=np.array([direction(x.text) for x in listings]),
        asks=asks,
    )


def answer(catalogue, words="I miss singing", *, minutes=(6.0, 3.0, np.inf), **asked):
    return match(
        catalogue,
        Asked(**asked),
        understand(words, load_model()),
        minutes=np.array(minutes, np.float32),
        is_estimate=False,
        now=NOW,
    )


def keys(*args, **kwargs):
    return [found.key for found in answer(*args, **kwargs).matches]
