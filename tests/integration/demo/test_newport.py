"""Newport as a showcase: real paths, made-up things to do, and four kinds of walker.

A small piece of its streets is walked here; the whole is read by doorstep's own tests.
"""

import datetime as dt
import re

import numpy as np
import pytest
import shapely
from doorstep.asking import Asked
from doorstep.sessions import LONDON
from shapely.geometry import shape

from thedeal.demo import newport as town

PAGE, WHAT_IF = "/demo/newport/", "/demo/newport/what-if/"
HOME = "NP20 1PA"
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=LONDON)
FAR = Asked(limit_minutes=30, how_many=8)
HELD = (town.streets, town.walk, town.cover, town._catalogue)


@pytest.fixture(autouse=True)
def a_piece_of_newport(monkeypatch, settings, tmp_path):
    """Walk a small extract, kept apart, so that a test takes no time."""
    settings.DEMO, settings.FILES = True, tmp_path
    monkeypatch.setattr(town, "EXTRACT", town.FILES / "newport-small.osm.pbf")
    for each in HELD:
        each.cache_clear()
    yield
    for each in HELD:
        each.cache_clear()


def asked(client, **given):
    return client.post(PAGE, {"postcode": HOME, **given})


def told_minutes(page):
    return [int(n) for n in re.findall(r">(\d+) minutes.? walk", page.content.decode())]


def test_minutes_are_along_paths_and_never_about(client, db):
    page = asked(client, words="I used to sing", minutes="15").content.decode()
    assert "Sing for the Joy of It" in page
    assert "You said: “I used to sing”" in page.replace("&#34;", '"')
    assert not re.search(r"about \d+ minute", page)
    assert "OpenStreetMap contributors" in page


def test_somebody_slow_walks_longer_to_the_same_place():
    at = town.doors().find(HOME)
    quick, slow = (
        town.walk(name).from_place(*at[::-1]) for name in ("ordinary", "slow")
    )
    far = dict(zip(quick.venue, quick.minutes, strict=True))
    pairs = [(far[v], m) for v, m in zip(slow.venue, slow.minutes, strict=True)]
    assert len(pairs) >= 3
    assert np.allclose([b / a for a, b in pairs], (4.8 / 3.6) / 0.8, rtol=0.01)


def test_the_streets_reached_grow_with_the_minutes_and_hold_the_door():
    kings = next(venue for venue in town.venues() if venue.key == "kings")
    lat, lon = kings.lat, kings.lon
    near, far = (
        shape(town.reached(lat, lon, walker="ordinary", minutes=n)) for n in (5, 20)
    )
    assert near.area < far.area
    door = shapely.Point(lon, lat)
    assert far.distance(door) < 0.001  # degrees: within 100 m of the door


def test_a_wheelchair_is_never_sent_where_there_are_steps():
    lat, lon = town.doors().find(HOME)
    found = town.answer(lat, lon, words="", walker="wheelchair", asked=FAR, now=NOW)
    assert found.answer.matches
    stairs = {
        v.name for v in town.venues() if v.access.get("step_free") == town.Known.NO
    }
    assert stairs
    assert not [m for m in found.answer.matches if m.place.split(",")[0] in stairs]


def test_an_odd_postcode_is_answered_with_a_sentence(client, db):
    for odd in ("", "WN7 1AB", "nonsense", "NP20", "x" * 300):
        page = asked(client, postcode=odd)
        assert page.status_code == 400
        assert "not a postcode of Newport" in page.content.decode()


def test_odd_choices_are_as_not_said(client, db):
    page = asked(client, walker="horse", minutes="9999")
    assert page.status_code == 200
    assert "within 15 minutes for an ordinary walker" in page.content.decode()


def test_words_are_in_no_address(client, db):
    page = asked(client, words="my secret sorrow").content.decode()
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    assert addresses
    assert not [a for a in addresses if "sorrow" in a]
    assert "my secret sorrow" not in client.get(PAGE, {"words": "x"}).content.decode()


def test_the_page_says_plainly_what_it_is(client, db):
    page = client.get(PAGE).content.decode()
    assert "made up" in page
    assert "Newport is no tenant here" in page


def test_what_a_closed_venue_takes_is_what_its_doorsteps_had_from_it_alone():
    cover = town.cover()
    number = [v.key for v in town.venues()].index("kings")
    left = cover.without(number)
    lost = (cover.counts > 0) & (left.counts == 0)
    change = town.if_closed("kings")
    assert change.total_people == lost.any(axis=1).sum() > 0
    assert change.hours.sum() == lost.sum()


def test_what_if_says_who_gains_and_who_loses(client, db):
    page = client.get(WHAT_IF, {"closed": "kings"}).content.decode()
    assert "If The Riverside Foyer closed" in page
    assert "NP20\u00a01" in page
    page = client.get(WHAT_IF, {"opened": HOME}).content.decode()
    assert re.search(r"If a place opened there, .* [\d,]+ doorsteps would gain", page)
    assert client.get(WHAT_IF, {"opened": "WN7 1AB"}).status_code == 400
    assert client.get(WHAT_IF, {"closed": "nothing"}).status_code == 200


def test_nothing_is_on_on_christmas_day():
    lat, lon = town.doors().find(HOME)
    eve = dt.datetime(2026, 12, 24, 22, tzinfo=LONDON)
    found = town.answer(lat, lon, words="", walker="ordinary", asked=FAR, now=eve)
    days = {m.next_session.date() for m in found.answer.matches}
    assert days
    assert dt.date(2026, 12, 25) not in days
    fridays = [x for x in town.listings() if x.timetables[0].starts_on.weekday() == 4]
    assert len(fridays) > 5


def test_the_page_asks_the_database_for_next_to_nothing(
    client, db, django_assert_max_num_queries
):
    asked(client)
    with django_assert_max_num_queries(8):  # who asks, and a council's own words
        asked(client, words="singing")


def test_newport_is_only_in_the_demo(client, db, settings):
    settings.DEMO = False
    assert client.get(PAGE).status_code == 404
    assert client.get(WHAT_IF).status_code == 404


def test_the_stage_leads_there(client, db):
    stage = client.get("/demo/", headers={"host": "localhost"})
    assert PAGE in stage.content.decode()
