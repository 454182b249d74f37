"""Ages told by a listing or by a person, and nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep import ages


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gym for children aged 11-15", (11, 15)),
        ("Support for young people (11-25 years)", (11, 25)),
        ("Ages 5+", (5, 120)),
        ("Over 50s only", (45, 120)),
        ("Walking football, 60+", (55, 120)),
        ("Adults with learning disabilities", (16, 120)),
        ("Boys and girls from age 4 to adults", (4, 120)),
        ("Over 60s, dance school and playgroup", ages.ANY),
        ("Everyone welcome, under 16s free", ages.ANY),
        ("Open 10-12, Room 3", ages.ANY),
        ("Sing for the joy of it", ages.ANY),
    ],
)
def test_ages_of_a_listing(text, told):
    assert ages.of_listing(text) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("our lad is 9", (9, 9)),
        ("hes 5 and never sits still", (5, 5)),
        ("my 13 year old likes drawing", (13, 13)),
        ("I'm 72 and my grandson is 5", (5, 72)),
        ("in me seventies", (75, 75)),
        ("I've been here 12 years", (16, 120)),
        ("it is 10 minutes away", (16, 120)),
        ("retired joiner", (50, 120)),
        ("I like singing", (16, 120)),
    ],
)
def test_ages_of_a_person(words, told):
    assert ages.of_person(words, has_child=False) == told


def test_somebody_with_a_child_may_be_of_any_age():
    assert ages.of_person("something for my grandson", has_child=True) == ages.ANY


@given(st.integers(1, 100))
def test_the_age_told_is_the_age_heard(age):
    assert ages.of_person(f"I'm {age}", has_child=False) == (age, age)


@given(st.integers(4, 30), st.integers(1, 20))
def test_a_range_is_read_whole(low, more):
    assert ages.of_listing(f"for ages {low}-{low + more}") == (low, low + more)


@given(st.text(max_size=200))
def test_any_text_has_ages_in_order(text):
    for low, high in (ages.of_listing(text), ages.of_person(text, has_child=True)):
        assert 0 <= low <= high <= 120
