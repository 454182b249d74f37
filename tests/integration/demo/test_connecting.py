"""``./deal connect``, asked as a newcomer would: what is told, and what is refused."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.integration.demo.test_newport import HOME, a_piece_of_newport

__all__ = ["a_piece_of_newport"]


def connected(*words, **options):
    said = StringIO()
    call_command("connect", *words, stdout=said, **options)
    return said.getvalue()


SHAPE = {
    *("activity", "group", "venue", "walk_minutes", "walk_is_estimate"),
    *("next_session", "cost", "reasons", "cautions"),
}


def test_json_is_of_the_shape_that_was_promised_and_no_other():
    aside = StringIO()
    said = connected(HOME, "--place", "newport", "--json", stderr=aside)
    told = json.loads(said)
    assert set(told) == {"results"}
    assert told["results"]
    assert all(set(one) == SHAPE for one in told["results"])
    nothing = connected(
        HOME, "--place", "newport", "--minutes", "1", "--json", stderr=aside
    )
    assert json.loads(nothing) == {"results": []}
    assert "Nothing we know of fits all of that" in aside.getvalue()


def test_a_table_says_each_thing_once():
    said = connected(HOME, "--place", "newport", "--matters", "chess").splitlines()
    assert said[0] == "1. Chess at the Window at The Market Loft"
    first = said[: said.index("")] if "" in said else said
    assert len(first) == len(set(first))
    assert [line for line in first if "minutes' walk" in line] == [
        line for line in first if line.startswith("   + ") and "walk" in line
    ]
    assert not any("·" in line for line in first)


def test_nothing_found_is_said_once():
    said = connected(HOME, "--place", "newport", "--minutes", "1")
    assert said == (
        "Nothing we know of fits all of that. Try a longer walk, other hours, or "
        "other words.\n"
    )


@pytest.mark.parametrize("need", ["step-free", "step free", "Step_Free", " step-free,"])
def test_a_need_may_be_written_as_people_write(need):
    said = connected(HOME, "--place", "newport", "--needs", need)
    assert "Step-free all the way in" in said


def test_somebody_slow_is_told_more_minutes():
    def first(walker):
        told = connected(
            HOME, *("--place", "newport", "--json", "--matters", "chess"),
            *("--minutes", "30", "--walker", walker),
        )  # fmt: skip
        return json.loads(told)["results"][0]["walk_minutes"]

    assert first("slow") > first("ordinary")


def test_newport_is_answered_along_its_real_streets():
    said = connected(
        HOME, "--place", "newport", "--matters", "I used to sing", "--json"
    )
    first = json.loads(said)["results"][0]
    assert first["activity"] == "Sing for the Joy of It"
    assert first["walk_minutes"] > 0
    assert first["walk_is_estimate"] is False


def test_a_postcode_elsewhere_is_not_newports():
    with pytest.raises(CommandError, match="Try one that begins NP19 or NP20"):
        connected("WN7 1AB", "--place", "newport")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--age", "-5"), "Give an age in whole years, 0 to 120"),
        (("--how-many", "0"), "Ask for a list of 1 to 100"),
        (("--minutes", "0"), "Say how far you can walk"),
        (("--language", "klingon"), "Give its ISO 639 code, such as pl"),
        (("--needs", "jetpack"), "Ask for any of step-free, hearing-loop"),
        (("--when", "Blursday 10:00-11:00"), "Write it like: Tue 10:00"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        connected(HOME, "--place", "newport", *options)


@pytest.mark.parametrize("language", ["cy", "Welsh", " welsh "])
def test_a_language_is_asked_for_by_its_name_or_its_code(language):
    said = connected(
        HOME, "--place", "newport", "--minutes", "30", "--language", language
    )
    assert "Welsh is spoken" in said
