"""The one screen: what is typed is taken, and what cannot be is said."""

import pytest

from tests.factories import listings as made
from thedeal.community import screen
from thedeal.community.facts import ActivityFacts, GroupFacts
from thedeal.lib.errors import UserFacingError

AT = {"venue_id": "v1", "name": "Library", "address": "Turnpike", "postcode": "WN7 1EB"}


def after(before: GroupFacts | None = None, **typed: str) -> ActivityFacts:
    """Give the one activity after these answers to its questions."""
    given = {f"a0-{name}": value for name, value in typed.items()}
    before = before or made.facts(activities=[made.activity(spot={**AT, "lat": 53.5})])
    return screen.applied(before, given).activities[0]


def test_another_room_at_the_same_postcode_is_taken():
    spot = after(place="The church hall", postcode="wn7 1eb").spot
    assert (spot.name, spot.postcode, spot.lat) == ("The church hall", "WN7 1EB", 53.5)
    assert (spot.venue_id, spot.address) == ("", "")


def test_a_place_without_a_postcode_is_taken():
    spot = after(made.facts(), place="The bench by the lock", postcode="").spot
    assert (spot.name, spot.postcode) == ("The bench by the lock", "")


def test_a_place_left_as_it_was_stays_the_venue_we_know():
    assert after(place="Library", postcode="WN7 1EB").spot.venue_id == "v1"
    assert after(name="Table").spot.venue_id == "v1"


@pytest.mark.parametrize("typed", ["WN7 1E", "Leigh", "M99 9"])
def test_half_a_postcode_is_said(typed):
    with pytest.raises(UserFacingError) as said:
        after(place="The church hall", postcode=typed)
    assert typed in said.value.sentence


def test_a_new_word_on_room_ends_the_old_one():
    full = made.activity(
        capacity="full", capacity_words="Full until March", capacity_until="2026-03-01"
    )
    before = made.facts(activities=[full])
    found = after(before, capacity="room", capacity_words="Full until March")
    assert (found.capacity, found.capacity_words) == ("room", "")
    assert found.capacity_until is None
    found = after(before, capacity="room", capacity_words="Room for two")
    assert found.capacity_words == "Room for two"
    assert after(before, name="Table").capacity_words == "Full until March"


def test_ages_languages_and_the_address_online_are_taken():
    found = after(
        min_age="18", max_age="", languages="Polish, english", online_url="r.example/a"
    )
    assert (found.min_age, found.max_age) == (18, None)
    assert (found.languages, found.is_online) == (("pl", "en"), True)
    assert found.online_url == "https://r.example/a"
    again = after(name="Table")
    assert (again.languages, again.is_online) == ((), False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"a0-min_age": "grown up"}, "ages in years"),
        ({"a0-languages": "English, Klingon"}, "language Klingon"),
        ({"a0-online_url": "the usual room"}, "address online"),
        ({"website": "Warmley Community Centre"}, "website"),
    ],
)
def test_what_cannot_be_read_is_said(typed, said):
    with pytest.raises(UserFacingError) as error:
        screen.applied(made.facts(), typed)
    assert said in error.value.sentence


@pytest.mark.parametrize(("typed", "kind"), [("informal", "informal"), ("x", "group")])
def test_a_bench_is_an_asset_too(typed, kind):
    assert screen.applied(made.facts(), {"kind": typed}).kind == kind


def test_bsl_is_one_language_whatever_it_is_called():
    typed = {"a0-languages": "BSL, bfi and British Sign Language "}
    found = screen.applied(made.facts(), typed).activities[0]
    assert set(found.languages) == {"bfi"}
