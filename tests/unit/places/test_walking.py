"""About how long a walk is where no paths are loaded: one rule for one and for many."""

import numpy as np
import pytest

from thedeal.places.walking import minutes_from, reach_m, walk_minutes


@pytest.mark.parametrize(("straight_m", "minutes"), [(300, 6.16), (1100, 19.24)])
def test_a_walk_is_the_straight_line_lengthened_by_the_measured_band(
    straight_m, minutes
):
    assert walk_minutes(straight_m) == pytest.approx(minutes, abs=0.01)


@pytest.mark.parametrize("minutes", [1, 5, 10, 15, 30, 60, 120])
def test_how_far_one_gets_is_a_walk_the_other_way_round(minutes):
    assert walk_minutes(reach_m(minutes)) == pytest.approx(minutes, abs=0.01)


def test_many_places_are_measured_as_one_is():
    north = np.array([53.5027, 53.5099])  # about 300 m and 1,100 m
    told = minutes_from(53.5, -2.6, lats=north, lons=np.array([-2.6, -2.6]))
    metres = (north - 53.5) * 111_260  # a degree at that latitude
    assert told == pytest.approx([walk_minutes(m) for m in metres], rel=0.01)


def test_no_places_are_no_walks():
    nowhere = np.array([], np.float64)
    assert len(minutes_from(53.5, -2.6, lats=nowhere, lons=nowhere)) == 0
