"""Which rows are near, as the catalogue changes under the index."""

import numpy as np
import pytest
from doorstep.whereabouts import Whereabouts
from hypothesis import given
from hypothesis import strategies as st

from doorstep import whereabouts

VENUES = st.integers(-1, 5)
ROWS = st.lists(st.tuples(VENUES, st.booleans()), max_size=12)


def columns(rows):
    venue = np.array([venue for venue, _ in rows], np.int32)
    return venue, np.array([is_online for _, is_online in rows], np.uint8)


def naive(rows, minutes, limit):
    """Give the rows that are near, by looking at each."""
    return {
        row
        for row, (venue, is_online) in enumerate(rows)
        if is_online or venue < 0 or minutes[venue] <= limit
    }


def test_rows_by_pencil():
    where = Whereabouts.of(*columns([(1, False), (0, False), (0, True), (-1, False)]))
    minutes = np.array([30.0, 5.0], np.float32)
    assert where.n_venues == 2
    assert where.near(minutes, limit_minutes=20).tolist() == [2, 3, 0]


def test_no_rows_are_an_answer():
    where = Whereabouts.of(*columns([]))
    assert where.n_venues == 0
    assert where.near(np.zeros(0, np.float32), limit_minutes=20).tolist() == []


@given(ROWS, st.lists(st.tuples(st.integers(0, 11), VENUES), max_size=8))
def test_what_is_near_is_never_missed_however_much_changed(rows, changes):
    minutes = np.array([np.inf, 1, 30, np.nan, 20, 19], np.float32)
    where, rows = Whereabouts.of(*columns(rows)), list(rows)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(whereabouts, "MOST_CHANGED", 3)
        for row, venue in changes:
            row = min(row, len(rows))
            rows[row : row + 1] = [(venue, False)]
            where = where.with_changed(row, venue=venue) or Whereabouts.of(
                *columns(rows)
            )
    found = where.near(minutes, limit_minutes=20).tolist()
    assert naive(rows, minutes, 20) <= set(found)
    assert len(found) == len(set(found))
