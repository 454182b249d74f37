"""The log says what went wrong and where, and never about whom."""

import json
import logging
import sys
from typing import Any

from django.test import RequestFactory

from thedeal.lib import logs

SECRET = "Joan Critchley, 3 Bag Lane"


def line(name: str = "django.request", text: str = "", *args: Any, **more: Any) -> Any:
    record = logging.LogRecord(
        name, logging.ERROR, __file__, 1, text, args, more.pop("exc_info", None)
    )
    for key, value in more.items():
        setattr(record, key, value)
    return json.loads(logs.Lines().format(record))


def failure() -> Any:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"no {SECRET}") from error
    except ValueError:
        return sys.exc_info()


def test_an_error_is_told_by_its_kind_and_place():
    said = line(exc_info=failure(), status_code=500)
    assert said["error"] == ["builtins.ValueError", "builtins.KeyError"]
    (where,) = said["where"]
    assert where.startswith("tests/unit/lib/test_logs.py:")
    assert where.endswith(" failure")
    assert said["status"] == 500


def test_nothing_that_was_said_or_asked_gets_in():
    request = RequestFactory().post(f"/the-gap/?q={SECRET}", {"idea": SECRET})
    said = line(
        "django.request",
        "Internal Server Error: %s",
        f"/{SECRET}",
        request=request,
        exc_info=failure(),
    )
    assert "Critchley" not in json.dumps(said)
    assert said["route"] == "public:gap"
    assert said["method"] == "POST"


def test_a_library_that_fills_in_its_own_words_is_not_repeated():
    assert SECRET not in json.dumps(line("somelibrary", f"lost {SECRET}"))


def test_our_own_words_are_told_whole():
    said = line("thedeal.requests", "database away, reference %s", "ab12")
    assert said["says"] == "database away, reference ab12"


def test_an_address_in_our_own_words_is_left_out():
    said = line("thedeal.messages", "could not send to %s", "joan@home.example")
    assert said["says"] == "could not send to [address]"
