"""No sentence of a listing says the place that is not to be shown."""

import pytest

from tests.factories import listings as made
from thedeal.community import blurring
from thedeal.community.facts import Spot

SPOT = Spot(name="Rose House", address="9 Rose Street, Leigh", postcode="WN7 1EB")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("At 9 Rose Street, WN7 1EB.", "At (place not shown), WN7."),
        ("in rose street, wn71eb", "in (place not shown), WN7"),
        ("ROSE HOUSE welcomes you", "(place not shown) welcomes you"),
        ("Primrose streets are lovely", "Primrose streets are lovely"),
        ("Ring 01632 960001 first.", "Ring 01632 960001 first."),
    ],
)
def test_words(said, shown):
    facts = made.facts(what=said, activities=[made.activity(description=said)])
    found = blurring.blurred(facts, [SPOT])
    assert (found.what, found.activities[0].description) == (shown, shown)
    assert blurring.blurred(found, [SPOT]) == found


def test_a_hall_is_any_hall():
    facts = made.facts(what="We hire the Hall.")
    assert blurring.blurred(facts, [Spot(name="Hall")]).what == "We hire the Hall."
