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
