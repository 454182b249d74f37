"""The door in without a worker: from any public page, in two fields."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.factories import cast as casting
from thedeal.deals.models import AskToTalk
from thedeal.partners.models import Words
from thedeal.places.models import Neighbourhood
from thedeal.public.views import talking

pytestmark = pytest.mark.django_db
ASKED = {"words": "It is too quiet here.", "reach": "Joan, 07700 900123"}
RING = [[-2.6, 53.4], [-2.4, 53.4], [-2.4, 53.6], [-2.6, 53.4]]


@pytest.fixture
def leigh(council):
    return Neighbourhood.objects.create(
        authority=council,
        name="Leigh",
        slug="leigh",
        boundary={"type": "Polygon", "coordinates": [RING]},
        population=40_000,
        grouping="Made up",
        west=-2.6,
        south=53.4,
        east=-2.4,
        north=53.6,
        lat=53.4978,
        lon=-2.52,
    )


def test_two_fields_reach_the_team_and_say_by_when(clock, leigh, visitor):
    assert visitor.get("/talk/?in=leigh").status_code == 200
    answer = visitor.post("/talk/", ASKED | {"in": "leigh", "whom": "neighbour"})
    said = AskToTalk.objects.get()
    assert (said.words, said.how_to_reach) == (ASKED["words"], ASKED["reach"])
    assert (said.neighbourhood_id, said.for_whom) == (leigh.pk, "neighbour")
    assert answer["Location"] == "/talk/asked/?until=2026-11-23T17:00"
    page = visitor.get(answer["Location"]).content.decode()
    assert "We have it" in page
    assert "5pm" in page
    assert "999" in page


def test_a_postcode_in_the_words_finds_the_team(leigh, visitor, monkeypatch):
    """Somebody who came from a page of elsewhere, and says where they live."""
    found = {"WN7 1EB": leigh}
    monkeypatch.setattr(
        talking.places,
        "find_postcode",
        lambda typed: type("Found", (), {"neighbourhood": found.get(typed)}),
    )
    visitor.post("/talk/", ASKED | {"words": "Lonely.\nI am at wn71eb by the mill"})
    assert AskToTalk.objects.get().neighbourhood_id == leigh.pk


def test_nowhere_said_still_reaches_the_council(council, visitor):
    visitor.post("/talk/", ASKED)
    assert AskToTalk.objects.get().authority == council


@pytest.mark.parametrize("left_out", ["words", "reach"])
def test_what_was_typed_comes_back_where_a_field_is_empty(council, visitor, left_out):
    answer = visitor.post("/talk/", ASKED | {left_out: " ", "whom": "patient"})
    page = answer.content.decode()
    kept = next(ASKED[name] for name in ASKED if name != left_out)
    assert answer.status_code == 400
    assert kept in page
    assert re.search(r'value="patient"\s+checked', page)
    assert not AskToTalk.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"words": "<script>alert(1)</script>", "whom": "everybody", "in": "../../x"},
        {"words": "x" * 50_000},
        {"words": "{{ 7 * 7 }} ' or 1=1; --", "in": "9" * 400},
        {"reach": "\u202e\ufeff🫖" * 20},
    ],
)
def test_odd_things_are_kept_as_words_or_refused(council, visitor, odd):
    answer = visitor.post("/talk/", ASKED | odd)
    assert answer.status_code in (302, 400)
    said = AskToTalk.objects.first()
    assert said is None or (said.for_whom == "myself" and len(said.words) <= 2000)


def test_no_address_holds_a_word_of_it(council, visitor):
    answer = visitor.post("/talk/", ASKED)
    assert "quiet" not in answer["Location"]
    assert "07700" not in answer["Location"]


@pytest.mark.parametrize("typed", ["", "x", "1999-01-01T10:00", "2999-13-45", "٣"])
def test_a_clock_of_somebody_elses_making_is_not_shown(council, visitor, typed):
    page = visitor.get("/talk/asked/", {"until": typed}).content.decode()
    assert "on the day it came" in page


def test_tried_too_often_is_told_to_wait(council, visitor):
    for _ in range(talking.TRIES):
        visitor.post("/talk/", {})
    assert visitor.post("/talk/", ASKED).status_code == 429
    assert not AskToTalk.objects.exists()


def test_a_councils_own_number_stands_beside_it(leigh, visitor):
    cast = casting.build()
    assert "main number" in visitor.get("/talk/?in=leigh").content.decode()
    Words.objects.create(
        authority=leigh.authority,
        key="words/asks.phone",
        text="01632 960500",
        changed_by=cast.worker,
    )
    page = visitor.get("/talk/?in=leigh").content.decode()
    assert "01632 960500" in page
    assert "main number" not in page


@pytest.mark.parametrize("name", ["first", "activities", "add", "gap", "privacy"])
def test_every_public_page_leads_to_it(listed, visitor, name):
    assert b'href="/talk/"' in visitor.get(reverse(f"public:{name}")).content


def test_the_pages_ask_the_database_little(
    leigh, visitor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        visitor.get("/talk/?in=leigh")
    with django_assert_max_num_queries(8):
        visitor.get("/talk/asked/")


def test_the_clock_is_told_as_people_say_it(clock):
    assert talking._moment("2026-11-23T17:00") == dt.datetime(
        2026, 11, 23, 17, tzinfo=dt.UTC
    )
