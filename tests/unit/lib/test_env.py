"""Settings are read with types and refuse odd values with a sentence."""

import pytest

from thedeal.lib import env


def test_flag_reads_yes_and_no():
    assert env.flag("A", default=False, env={"A": "yes"}) is True
    assert env.flag("A", default=True, env={"A": "off"}) is False
    assert env.flag("A", default=True, env={}) is True


def test_flag_refuses_anything_else():
    with pytest.raises(env.SettingError, match="set it to yes or no"):
        env.flag("A", default=False, env={"A": "maybe"})


def test_number_reads_a_whole_number():
    assert env.number("A", default=1, env={"A": "25"}) == 25
    assert env.number("A", default=1, env={"A": " "}) == 1


def test_number_refuses_words():
    with pytest.raises(env.SettingError, match="whole number"):
        env.number("A", default=1, env={"A": "many"})


def test_listing_drops_blanks():
    assert env.listing("A", env={"A": "a, ,b"}) == ["a", "b"]


def test_text_has_a_default():
    assert env.text("A", default="x", env={}) == "x"


def test_secret_must_be_long():
    assert env.secret("A", env={"A": "s" * 32}) == "s" * 32
    with pytest.raises(env.SettingError, match="32 random characters"):
        env.secret("A", env={"A": "short"})
