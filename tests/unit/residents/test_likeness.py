"""Names that are misspelt, shortened or half remembered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.lib import definitions
from thedeal.residents.about import name_key
from thedeal.residents.likeness import likeness, slips, stands_for, ways_to_say

WORDS = st.text("abcdefg", max_size=9)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Jaon", "Joan Critchley"),
        ("joan crichley", "Joan Critchley"),
        ("Bill", "William Platt"),
        ("william platt", "Bill Platt"),
        ("Cathy O Brien", "Kathryn O'Brien"),
        ("obrien", "Kathryn O’Brien"),
        ("crit", "Joan Critchley"),
        ("eilis", "Éilís Byrne"),
        ("Critchley, Joan", "Joan Critchley"),
        ("Mohamed", "Muhammad Iqbal"),
    ],
)
def test_found(typed, names):
    assert likeness(key(typed), key(names)) > 0


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Joan", "Jill Ramsden"),
        ("Edward", "Theodore Hilton"),
        ("Joan Critchley", "Joan Speakman"),
        ("Ann", "Ian Peet"),
        ("", "Joan"),
        ("Joan", ""),
    ],
)
def test_not_taken_for_somebody_else(typed, names):
    assert likeness(key(typed), key(names)) == 0


def test_the_nearer_name_ranks_higher():
    ranked = [likeness("joan platt", key(n)) for n in ("Joan Platt", "Joan Plattt")]
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[0] == 1


@given(WORDS, WORDS)
def test_slips_go_both_ways_and_stop_counting(a, b):
    assert slips(a, b) == slips(b, a)
    assert (slips(a, b) == 0) == (a == b)
    assert slips(a, b) <= 3


def test_two_letters_the_wrong_way_round_are_one_slip():
    assert slips("jaon", "joan") == 1
    assert slips("ca", "abc") == 3


def test_short_names_stand_for_each_other_and_no_further():
    assert "william" in stands_for("bill")
    assert "theodore" in stands_for("ted")
    assert "theodore" not in stands_for("edward")
    assert stands_for("zebedee") == {"zebedee"}
    assert ways_to_say("zebedee peet") == ["zebedee peet"]
    ways = ways_to_say("bill peet")
    assert ways[0] == "bill peet"
    assert "william peet" in ways


def test_every_name_in_the_list_is_plain_and_once_in_its_line():
    for line in definitions.get("nicknames.british").table:
        assert len(set(line)) == len(line) > 1
        assert [name_key(name) for name in line] == line


def key(names):
    return name_key(names.replace(",", ""))
