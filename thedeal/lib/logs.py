"""What is written to the log: one JSON line for each thing that went wrong.

A line may be read by whoever runs the box, so it never holds anything personal: no
address, no form, no row, and of an error only its kind and where in the code it was
(a database's own message quotes the row). The reference is the one on the person's
screen. What a library says is kept as its template, without what was filled in.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# these say only ids and small words, by rule (lib.queue)
SPEAK_WHOLE = ("thedeal", "procrastinate")
ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
LINES = "thedeal.lib.logs.Lines"


class Lines(logging.Formatter):
    """Writes a record as one line of JSON, with nothing personal in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        said: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": _words(record),
            **_asked(getattr(record, "request", None)),
        }
        if status := getattr(record, "status_code", None):
            said["status"] = status
        if record.exc_info and record.exc_info[1]:
            said["error"] = list(_kinds(record.exc_info[1]))
            said["where"] = _frames(record.exc_info[2])
        return json.dumps(said)


def settings() -> dict[str, Any]:
    """Give Django's LOGGING: warnings and worse, to the process's own error stream."""
    to_us = {"handlers": ["lines"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": LINES}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "django": {**to_us, "level": "WARNING"},
            # a page that is not there or not allowed is no news
            "django.request": {**to_us, "level": "ERROR"},
        },
    }


def _words(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] in SPEAK_WHOLE:
        return ADDRESS.sub("[address]", record.getMessage())
    return str(record.msg) if record.args else record.name


def _asked(request: Any) -> dict[str, str]:
    """Give what may be said of a request: its reference, method and route."""
    path = getattr(request, "path_info", None)
    if path is None:
        return {}
    from thedeal.lib.requests import route_of  # it needs settings; this is read by them

    return {
        "reference": str(getattr(request, "reference", "")),
        "method": str(request.method),
        "route": route_of(request),
    }


def _kinds(error: BaseException) -> Iterator[str]:
    """Give the kind of an error and of those it came from, last first."""
    found: BaseException | None = error
    while found is not None:
        yield f"{type(found).__module__}.{type(found).__qualname__}"
        found = found.__cause__ or found.__context__


def _frames(at: TracebackType | None) -> list[str]:
    """Give where in the code it was, the innermost last; never a line's values."""
    frames = traceback.extract_tb(at)
    return [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(ROOT) and ".deal" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-3:])
