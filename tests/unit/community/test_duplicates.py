"""Which listings are proposed as one group, and which never are."""

import pytest

from thedeal.community import duplicates
from thedeal.community.duplicates import Listed

LEIGH = {"postcodes": ("WN7 1AA",), "lat": 53.497, "lon": -2.515}
HINDLEY = {"postcodes": ("WN2 3AA",), "lat": 53.533, "lon": -2.580}
ORRELL = {"postcodes": ("WN5 8AA",), "lat": 53.530, "lon": -2.700}
MEANS = tuple([1.0] + [0.0] * 383)
ELSE = tuple([0.0, 1.0] + [0.0] * 382)


def pairs(*listed: Listed) -> dict[tuple[str, str], duplicates.Pair]:
    return {(p.one, p.other): p for p in duplicates.find(listed)}


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], duplicates.Pair]:
    """Look once (the machinery takes seconds) through listings of every sort."""
    return pairs(
        # three real gardening clubs, three places
        Listed(key="g1", name="Gardening club", phone="01632 960001", **LEIGH),
        Listed(key="g2", name="Gardening Club", phone="01632 960002", **HINDLEY),
        Listed(key="g3", name="Gardening Club", **ORRELL),
        # one group in two feeds: spelt another way, the same number
        Listed(key="k1", name="Knit & Natter", phone="01632 960010", **LEIGH),
        Listed(key="k2", name="Knit and Natter (Leigh)", phone="01632960010", **LEIGH),
        # the same name a few doors away, nothing else known
        Listed(key="m1", name="Men's Shed Atherton", **HINDLEY),
        Listed(
            key="m2", name="Mens Shed Atherton", postcodes=("WN2 3AB",), lat=53.534,
            lon=-2.581,
        ),
        # two groups that share a hall, its number and its website
        Listed(
            key="h1", name="Slimming together", phone="01632 960020",
            site="https://hall.example/", meaning=MEANS, **ORRELL,
        ),
        Listed(
            key="h2", name="Tai chi", phone="01632 960020",
            site="http://www.hall.example", meaning=ELSE, **ORRELL,
        ),
        # different words for one thing, in one place
        Listed(key="w1", name="Pram walk", meaning=MEANS, **HINDLEY),
        Listed(key="w2", name="Hindley pram walk", meaning=MEANS, **HINDLEY),
        # a park has no postcode: the point tells
        Listed(key="p1", name="Parkrun Walkers", lat=53.51, lon=-2.5),
        Listed(key="p2", name="Parkrun walkers", lat=53.5102, lon=-2.5001, phone="1"),
        # nothing is known but a name that nobody else has
        Listed(key="n1", name="The Odd Fellows' Brass"),
        Listed(key="n2", name="The Odd Fellows Brass"),
    )  # fmt: skip


def test_three_gardening_clubs_stay_three(found):
    clubs = {"g1", "g2", "g3"}
    assert not [pair for pair in found if set(pair) <= clubs]


def test_one_group_in_two_feeds_is_proposed_with_reasons(found):
    pair = found["k1", "k2"]
    assert pair.odds > 0.9
    assert "the same phone number" in pair.reasons
    assert "the same place" in pair.reasons


def test_a_name_few_have_is_enough_a_few_streets_apart(found):
    assert ("m1", "m2") in found
    assert "the same name" in found["m1", "m2"].reasons


def test_a_shared_hall_makes_no_double(found):
    assert ("h1", "h2") not in found


def test_the_meaning_of_descriptions_counts(found):
    assert "descriptions that mean the same" in found["w1", "w2"].reasons


def test_what_is_not_known_weighs_nothing(found):
    assert ("n1", "n2") in found


def test_nothing_else_is_proposed(found):
    pairs = {("k1", "k2"), ("m1", "m2"), ("w1", "w2"), ("n1", "n2"), ("p1", "p2")}
    assert set(found) == pairs


def test_find_among_one_or_none():
    assert duplicates.find([]) == []
    assert duplicates.find([Listed(key="a", name="A")]) == []


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Knit & Natter", "knit and natter"), ("  Men’s-Shed ", "mens shed")],
)
def test_plain_name(name, plain):
    assert duplicates.plain_name(name) == plain


def test_plain_site_knows_one_address_in_four_dresses():
    for address in ("http://a.example", "https://www.a.example/", "https://A.example"):
        assert duplicates.plain_site(address) == "a.example"
