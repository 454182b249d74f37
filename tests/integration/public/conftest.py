"""A small directory that every test of its public pages may ask for."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories import listings
from thedeal.partners.actions import authorities
from thedeal.partners.models import Authority
from thedeal.places.models import Postcode, Source
from thedeal.places.selectors import areas

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
LEIGH = {"lat": 53.4978, "lon": -2.5200, "postcode": "WN7 1EB"}
FAR = {"lat": 53.5449, "lon": -2.6318, "postcode": "WN1 1NN"}
THURSDAY_EVENING = {
    "starts_on": "2026-09-10",
    "at": "18:30",
    "minutes": 60,
    "rule": "FREQ=WEEKLY;BYDAY=TH",
}


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Forget whose the place was in the test before."""
    areas._only_council.cache_clear()


@pytest.fixture
def council(db):
    """Give a council that was here before those of the cast: what is nobody's is its."""
    made = authorities.create(name="Makerfield Borough Council", by=None)
    Authority.objects.filter(pk=made.pk).update(created_at=LONG_AGO)
    return made


@pytest.fixture
def postcode(db):
    """WN7 1EB, which the visitor types."""
    source = Source.objects.create(
        key="made-up", name="Made up", licence="CC0", url="https://example.org/"
    )
    return Postcode.objects.create(
        text="WN7 1EB",
        lat=53.4978,
        lon=-2.5200,
        borough_code="E08000010",
        source=source,
    )


@pytest.fixture
def listed(council, clock):
    """Four groups: knitters, singers, a library that is open, a quiet place."""
    knit = listings.group(
        council,
        activities=[
            listings.activity(
                spot={"name": "The library", **LEIGH}, access={"step_free": "yes"}
            )
        ],
    )
    sing = listings.group(
        council,
        "Leigh Singers",
        contact={"name": "Bo", "phone": "01632 960001", "show": "ask"},
        activities=[
            listings.activity(
                "Singing for fun",
                description="No audition.",
                cost_pence=0,
                cost_words="free",
                languages=["en", "pl"],
                min_age=18,
                capacity="full",
                capacity_words="full until March",
                sessions=[THURSDAY_EVENING],
                spot={"name": "The mill", **FAR},
            )
        ],
    )
    library = listings.group(
        council,
        "Leigh Library",
        activities=[
            listings.activity(
                "Drop in",
                description="Papers and a warm seat.",
                timing="opening hours",
                cost_pence=0,
                sessions=[],
                hours=[
                    {"weekday": day, "opens": "09:30", "closes": "17:00"}
                    for day in (0, 1, 3)
                ],
                spot={"name": "The library", **LEIGH},
            )
        ],
    )
    quiet = listings.group(
        council,
        "Safe Table",
        is_sensitive=True,
        activities=[
            listings.activity(
                "A quiet table",
                description="For women, at 9 Rose Street (Rose House), WN7 1EB.",
                cost_pence=None,
                spot={"name": "Rose House", "address": "9 Rose Street", **LEIGH},
            )
        ],
    )
    return SimpleNamespace(knit=knit, sing=sing, library=library, quiet=quiet)


@pytest.fixture
def visitor():
    return Client()
