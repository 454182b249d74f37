"""Cover: who has something open within a walk, and who gains or loses."""

import numpy as np
import pytest
from doorstep.cover import HOURS, BadCoverError, Cover, open_hours, within
from doorstep.hours import free_hours, week_minute
from doorstep.walks import Reaches
from hypothesis import given
from hypothesis import strategies as st


def reaches_of(minutes, limit=15.0):
    """Give Reaches from a table of minutes, places down and venues across."""
    near = np.array(minutes, np.float32) <= limit
    return Reaches(
        indptr=np.concatenate([[0], near.sum(axis=1).cumsum()]).astype(np.int64),
        venue=np.nonzero(near)[1].astype(np.int32),
        minutes=np.array(minutes, np.float32)[near],
        why_not=np.zeros(len(near), np.int8),
        is_estimate=False,
    )


def hours(words):
    return open_hours(free_hours(words).spans)


# three doorsteps; the library opens Tuesday mornings, the club Tuesday evenings
MINUTES = [[5, 30], [12, 14], [40, 3]]
OPENS = np.array([hours("Tue 10:00-12:00"), hours("Tue 18:00-20:00")])
PEOPLE, WHERE = [100, 50, 30], [0, 0, 1]
TUESDAY_TEN, TUESDAY_SIX = 24 + 10, 24 + 18


def town():
    return Cover.of(reaches_of(MINUTES), OPENS, people=PEOPLE, neighbourhood=WHERE)


def test_cover_by_pencil():
    covered = town().people_covered()
    assert covered[:, TUESDAY_TEN].tolist() == [150, 0]
    assert covered[:, TUESDAY_SIX].tolist() == [50, 30]
    assert covered.sum() == 150 * 2 + 80 * 2
    assert town().shares()[0, TUESDAY_SIX] == pytest.approx(1 / 3)
    week = town().week(1)
    assert week.shape == (7, 24)
    assert np.argwhere(week).tolist() == [[1, 10], [1, 11], [1, 18], [1, 19]]
    assert town().alone(TUESDAY_SIX).tolist() == [0]
    assert town().alone(0).tolist() == [0, 1, 2]


def test_who_loses_when_the_library_closes():
    lost = town().if_closed(0)
    assert lost.people.tolist() == [150, 0]
    assert lost.hours.tolist() == [300, 0]
    assert lost.by_hour[TUESDAY_TEN] == 150
    assert lost.places.tolist() == [0, 1]
    assert lost.total_people == 150


def test_who_gains_when_one_opens():
    walk = [2.0, 2.0, np.inf]
    gained = town().if_opened(walk, hours("Tue 18:00-21:00"), limit=15)
    assert gained.by_hour[TUESDAY_SIX] == 100  # the second doorstep had the club
    assert gained.by_hour[TUESDAY_SIX + 2] == 150
    assert gained.people.tolist() == [150, 0]


def test_a_second_open_venue_means_nobody_loses():
    both = np.array([OPENS[0], OPENS[0]])
    near = reaches_of([[5, 5], [5, 5], [5, 5]])
    cover = Cover.of(near, both, people=PEOPLE, neighbourhood=WHERE)
    assert cover.if_closed(0).total_people == 0


def test_half_an_hour_counts_and_less_does_not():
    assert hours("Tue 10:00-10:30").sum() == 1
    assert hours("Tue 10:00-10:29").sum() == 0
    past_midnight = [(week_minute(6, 23), week_minute(6, 23) + 120)]
    assert np.flatnonzero(open_hours(past_midnight)).tolist() == [0, HOURS - 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": [1, 2]},
        {"people": [1, 2, -1]},
        {"people": [1, 2, np.nan]},
        {"neighbourhood": [0]},
    ],
)
def test_arrays_that_do_not_fit_are_refused(wrong):
    given = {"people": PEOPLE, "neighbourhood": WHERE} | wrong
    with pytest.raises(BadCoverError):
        Cover.of(reaches_of(MINUTES), OPENS, **given)


def test_a_venue_without_hours_or_that_is_not_there_is_refused():
    with pytest.raises(BadCoverError, match="168 hours"):
        Cover.of(reaches_of(MINUTES), OPENS[:1], people=PEOPLE, neighbourhood=WHERE)
    with pytest.raises(BadCoverError, match="no such venue"):
        town().if_closed(2)


def test_a_town_of_nobody_and_nothing():
    empty = Cover.of(reaches_of(np.zeros((0, 1))), OPENS, people=[], neighbourhood=[])
    assert empty.people_covered().shape == (0, HOURS)


@st.composite
def towns(draw):
    places, venues = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return Cover.of(
        reaches_of(rng.integers(1, 30, (places, venues))),
        rng.random((venues, HOURS)) < 0.3,
        people=rng.integers(0, 50, places),
        neighbourhood=rng.integers(0, 3, places),
    )


@given(towns(), st.data())
def test_what_is_lost_is_what_the_cover_without_it_lacks(town, data):
    venue = data.draw(st.integers(0, len(town.opens) - 1))
    without = town.without(venue)
    lost = town.people_covered() - without.people_covered()
    change = town.if_closed(venue)
    np.testing.assert_allclose(change.by_hour, lost.sum(axis=0))
    np.testing.assert_allclose(change.hours, lost.sum(axis=1))
    anew = Cover.of(
        town.reaches,
        without.opens,
        people=town.people,
        neighbourhood=town.neighbourhood,
    )
    np.testing.assert_array_equal(anew.counts, without.counts)


@given(towns())
def test_nobody_is_counted_twice(town):
    covered = town.people_covered()
    assert (covered >= 0).all()
    living = np.bincount(town.neighbourhood, town.people, town.n_neighbourhoods)
    assert (covered <= living[:, None]).all()
    uncovered = [town.people[town.alone(hour)].sum() for hour in range(0, HOURS, 12)]
    np.testing.assert_allclose(uncovered, town.people.sum() - covered.sum(axis=0)[::12])


@given(towns(), st.data())
def test_opening_what_was_closed_gives_back_what_was_lost(town, data):
    venue = data.draw(st.integers(0, len(town.opens) - 1))
    minutes = np.full(len(town.people), np.inf)
    minutes[town._near(venue)] = 1
    gained = town.without(venue).if_opened(minutes, town.opens[venue], limit=15)
    np.testing.assert_allclose(gained.by_hour, town.if_closed(venue).by_hour)


def test_within_keeps_the_shorter_walks_of_each_place():
    near = within(reaches_of(MINUTES, limit=60), 12)
    assert [near[place].venue.tolist() for place in range(3)] == [[0], [0], [1]]
