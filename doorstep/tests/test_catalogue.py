"""The catalogue: one row a listing, changed in place, kept and mapped."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from doorstep.catalogue import Catalogue, load, save
from doorstep.columns import quantised
from doorstep.errors import BadIndexError
from doorstep.hours import free_hours
from doorstep.listings import BadListingError, Known, Listing, Trust
from doorstep.match import Asked, match, understand
from doorstep.sessions import LONDON, Timetable, english_calendar
from hypothesis import given
from hypothesis import strategies as st

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=LONDON)
ENGLAND = english_calendar(2026, 2028)
NAMES = ["Choir", "Bowls on the green", "Pottery", "Walking for health"]


def listing(key, name="Choir", **more):
    timetable = Timetable(
        starts_on=dt.date(2026, 1, 5), at=dt.time(10), minutes=60,
        rule="FREQ=WEEKLY;BYDAY=MO,TH",
    )  # fmt: skip
    return Listing(key=key, activity=name, venue=0, timetables=(timetable,), **more)


def built(listings):
    return Catalogue.of(listings, now=NOW, calendar=ENGLAND)


def found(catalogue, words=""):
    told = match(
        catalogue, Asked(how_many=50), understand(words, None),
        minutes=np.ones(1, np.float32), is_estimate=False, now=NOW,
    )  # fmt: skip
    return [(x.key, x.reasons, x.cautions, x.next_session) for x in told.matches]


CHANGES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from([*NAMES, None])), max_size=12
)


@given(CHANGES)
def test_changing_one_by_one_is_as_good_as_building_anew(changes):
    catalogue, left = built([]), {}
    for key, name in changes:
        if name is None:
            catalogue.remove(key)
            left.pop(key, None)
        else:
            left[key] = listing(key, name)
            catalogue.put(left[key], now=NOW, calendar=ENGLAND)
    assert found(catalogue) == found(built(list(left.values())))


def test_each_change_raises_the_version_and_words_follow():
    others = [listing(f"b{n}", "Bowls on the green") for n in range(40)]
    catalogue = built([listing("a", "Choir"), *others])
    catalogue.put(listing("a", "Pottery"), now=NOW, calendar=ENGLAND)
    assert catalogue.version == 1
    assert len(catalogue) == 41
    assert found(catalogue, "pottery")
    assert not found(catalogue, "choir")


def test_times_of_the_week_are_held_with_their_next_dates():
    columns = built([listing("a")]).columns
    assert sorted(columns["slot_start"][0, :2].tolist()) == [600, 3 * 1440 + 600]
    first = dt.datetime.fromtimestamp(int(columns["slot_next"][0, 0]) * 60, LONDON)
    assert first == dt.datetime(2026, 11, 23, 10, tzinfo=LONDON)


def test_a_date_that_has_passed_gives_way_to_the_next_and_the_last_one_ends_it():
    once = Timetable(starts_on=NOW.date(), at=dt.time(11), minutes=60)
    catalogue = built([listing("a"), replace(listing("b"), timetables=(once,))])
    eleven = NOW.replace(hour=11, minute=1)
    assert catalogue.good_until() == NOW.replace(hour=10).timestamp() // 60
    assert catalogue.move_on(now=NOW, calendar=ENGLAND) == 0
    assert catalogue.move_on(now=eleven, calendar=ENGLAND) == 2
    ((key, _, _, coming),) = found(catalogue)
    assert (key, coming.date()) == ("a", dt.date(2026, 11, 26))
    assert catalogue.why_never("b") == "It finished on 23 November 2026."
    assert found(catalogue) == found(
        Catalogue.of([listing("a")], now=eleven, calendar=ENGLAND)
    )


def test_what_is_not_sure_of_a_date_is_told_of_that_date_alone():
    mondays = Timetable(
        starts_on=dt.date(2026, 1, 5), at=dt.time(10), minutes=60,
        rule="FREQ=WEEKLY;BYDAY=MO",
    )  # fmt: skip
    fridays = replace(mondays, at=dt.time(18), rule="FREQ=WEEKLY;BYDAY=FR")
    both = replace(listing("a"), timetables=(fridays, mondays))
    christmas = dt.datetime(2026, 12, 21, 9, tzinfo=LONDON)
    catalogue = Catalogue.of([both], now=christmas, calendar=ENGLAND)

    def cautions(hours):
        (told,) = match(
            catalogue, Asked(free=free_hours(hours)), understand("", None),
            minutes=np.ones(1, np.float32), is_estimate=False, now=christmas,
        ).matches  # fmt: skip
        return told.cautions

    doubt = "That day is a bank holiday: ask whether it is on."
    assert doubt not in cautions("Mon 9-12")
    assert doubt in cautions("Fri 17-20")


def test_kept_and_mapped_gives_the_same_answer(tmp_path):
    listings = [listing(f"k{n}", name) for n, name in enumerate(NAMES)]
    catalogue = built(listings)
    save(catalogue, tmp_path / "catalogue")
    mapped = load(tmp_path / "catalogue", listings)
    assert found(mapped, "pottery") == found(catalogue, "pottery")
    with pytest.raises(BadIndexError, match="not as many"):
        load(tmp_path / "catalogue", listings[:-1])


@given(
    st.lists(st.floats(-1, 1, width=32, allow_subnormal=False), min_size=4, max_size=4)
)
def test_vectors_come_back_within_one_part_in_two_hundred(values):
    vector = np.array(values, np.float32)
    whole, scale = quantised(vector)
    assert np.abs(whole * scale - vector).max() <= np.abs(vector).max() / 200 + 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"activity": " "},
        {"cost_pence": -1},
        {"youngest": 20, "oldest": 10},
        {"access": {"lift": Known.YES}},
    ],
)
def test_listing_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(BadListingError):
        Listing(**({"key": "a", "activity": "Choir"} | wrong))


@pytest.mark.parametrize(
    ("trust", "is_trusted"),
    [
        (Trust(), False),
        (Trust(checked_on=dt.date(2026, 11, 1)), True),
        (Trust(checked_on=dt.date(2026, 1, 1)), False),
        (Trust(checked_on=dt.date(2026, 11, 1), needs_safeguarding=True), False),
        (
            Trust(
                checked_on=dt.date(2026, 11, 1),
                needs_safeguarding=True,
                safeguarding_seen_on=dt.date(2025, 1, 1),
            ),
            True,
        ),
    ],
)
def test_trust_is_checked_lately_and_safeguarding_seen(trust, is_trusted):
    assert trust.is_trusted(NOW.date(), within_days=180) is is_trusted
