"""The hours of a week: when somebody is free, and how much of a session that is.

A week is 10,080 minutes of local time from Monday 00:00. Free hours are asked as
hours, never as weekdays: a session on a Tuesday evening does not suit somebody who
is free on Tuesday mornings. Nothing here knows a date; `doorstep.sessions` does.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from doorstep.errors import DoorstepError

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

PARTS_OF_A_DAY = {
    "morning": (9 * 60, 12 * 60),
    "afternoon": (12 * 60, 17 * 60),
    "evening": (17 * 60, 21 * 60),
    "night": (21 * 60, 24 * 60),
    "daytime": (9 * 60, 17 * 60),
    "all day": (0, DAY_MINUTES),
    "any time": (0, DAY_MINUTES),
    "anytime": (0, DAY_MINUTES),
}
"""What a part of a day is taken to mean: a stated choice, shown beside the answer."""

DAY_GROUPS = {
    "weekday": (0, 1, 2, 3, 4),
    "weekdays": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "weekends": (5, 6),
    "every day": (0, 1, 2, 3, 4, 5, 6),
    "everyday": (0, 1, 2, 3, 4, 5, 6),
    "any day": (0, 1, 2, 3, 4, 5, 6),
    "daily": (0, 1, 2, 3, 4, 5, 6),
}

_DAY = r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?"
_DAYS = re.compile(
    rf"^(?:on )?({_DAY}(?: ?(?:-|to) ?{_DAY})?|{'|'.join(sorted(DAY_GROUPS, reverse=True))})\b"
)
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?"
_SPAN = re.compile(rf"^(?:from )?{_CLOCK} ?(?:-|to|till|until) ?{_CLOCK}$")
_AFTER = re.compile(rf"^(?:after|from) {_CLOCK}$")
_BEFORE = re.compile(rf"^(?:before|until|till) {_CLOCK}$")
_PART = re.compile(rf"^(?:in the )?({'|'.join(PARTS_OF_A_DAY)})s?$")


class BadTimesError(DoorstepError):
    """Words about free hours that cannot be read; the sentence says what can."""


@dataclass(frozen=True)
class FreeHours:
    """The minutes of a week when somebody is free.

    `spans` are half-open (first, past the last) minutes of the week, in order,
    joined where they touch, each within the week: hours over Sunday midnight are two.
    """

    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> Self:
        """Make free hours of any spans; those past the week's end come round again.

        Raises
        ------
        BadTimesError : a span that ends before it begins, or is over a week long.
        """
        return cls(tuple(_joined(_within_week(spans))))

    @property
    def minutes(self) -> int:
        """Give how many minutes of the week are free."""
        return sum(past - first for first, past in self.spans)

    def overlap_minutes(self, start: int, *, minutes: int) -> int:
        """Give how many minutes of a session fall in the free hours.

        `start` is its minute of the week; a session may run over the week's end.
        """
        parts = list(
            _within_week([(start % WEEK_MINUTES, start % WEEK_MINUTES + minutes)])
        )
        return sum(
            max(0, min(past, free_past) - max(first, free_first))
            for first, past in parts
            for free_first, free_past in self.spans
        )

    def arrays(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Give the first minutes and the minutes past the last, for the match."""
        spans = np.array(self.spans, np.int32).reshape(-1, 2)
        return np.ascontiguousarray(spans[:, 0]), np.ascontiguousarray(spans[:, 1])

    def __str__(self) -> str:
        """Say the hours in words that `free_hours` reads back."""
        return ", ".join(_said(first, past) for first, past in _by_day(self.spans))


def free_hours(words: str) -> FreeHours:
    """Read "when are you free?" as hours of the week.

    Several are joined by commas, semicolons, new lines or "and"; a day named once
    holds for the times that follow it, and several days for the one time after them.

    >>> str(free_hours("Tue 10:00-15:00"))
    'Tue 10:00-15:00'
    >>> str(free_hours("tuesdays and thursdays 10-3pm; weekends after 6pm"))
    'Tue 10:00-15:00, Thu 10:00-15:00, Sat 18:00-24:00, Sun 18:00-24:00'

    Raises
    ------
    BadTimesError : a piece that is neither a day nor a time.
    """
    spans: list[tuple[int, int]] = []
    days: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    for piece in _pieces(words):
        named, rest = _days_of(piece)
        if named:
            days = waiting + named
        if not days:
            days = DAY_GROUPS["every day"]
        waiting = days if named and not rest else ()
        if rest:
            spans += _on_days(days, _times_of(rest))
    spans += _on_days(waiting, (0, DAY_MINUTES))
    if not spans:
        raise BadTimesError(
            "Say when you are free, like: Tue 10:00-15:00, Sat mornings."
        )
    return FreeHours.of(spans)


def week_minute(day: int, hour: int, minute: int = 0) -> int:
    """Give the minute of the week of a day (Monday is 0) and a time."""
    return day * DAY_MINUTES + hour * 60 + minute


def clock(minute: int) -> str:
    """Say a minute of a day as 10:00; the day's end is 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _pieces(words: str) -> Iterator[str]:
    plain = re.sub(r"[–—]", "-", words.lower().strip())
    plain = plain.replace("noon", "12:00").replace("midday", "12:00")
    plain = plain.replace("after12:00", "afternoon").replace("midnight", "24:00")
    for piece in re.split(r"[,;\n&]|\band\b", plain):
        tidy = " ".join(piece.split()).rstrip(".")
        if tidy:
            yield tidy


def _days_of(piece: str) -> tuple[tuple[int, ...], str]:
    found = _DAYS.match(piece)
    if found is None:
        return (), piece
    rest = piece[found.end() :].strip().lstrip(":").strip()
    said = found.group(1)
    if said in DAY_GROUPS:
        return DAY_GROUPS[said], rest
    ends = [_day_number(end) for end in re.split(r" ?(?:-|\bto\b) ?", said)]
    return tuple(
        (ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1)
    ), rest


def _day_number(said: str) -> int:
    return DAYS.index(said[:3].capitalize())


def _times_of(said: str) -> tuple[int, int]:
    if part := _PART.match(said):
        return PARTS_OF_A_DAY[part.group(1)]
    if after := _AFTER.match(said):
        return _clock_minute(after.groups(), said), DAY_MINUTES
    if before := _BEFORE.match(said):
        return 0, _clock_minute(before.groups(), said)
    if span := _SPAN.match(said):
        return _span(span, said)
    raise BadTimesError(
        f'We could not read "{said}" as a time. Write it like: Tue 10:00-15:00.'
    )


def _span(found: re.Match[str], said: str) -> tuple[int, int]:
    """Read two times; "10-3pm" is morning to afternoon, "7-9pm" both evening."""
    first_half, last_half = found.group(3), found.group(6)
    past = _clock_minute((found.group(4), found.group(5), last_half), said)
    first = _clock_minute((found.group(1), found.group(2), first_half), said)
    if last_half == "pm" and first_half is None and first < 12 * 60:
        later = first + 12 * 60
        first = later if later < past else first
    if not last_half and not first_half and past <= first < 12 * 60 and past < 12 * 60:
        past += 12 * 60  # "10-3" is ten until three in the afternoon
    return first, past if past > first else past + DAY_MINUTES


def _clock_minute(parts: tuple[str | None, ...], said: str) -> int:
    hour, minute, half = int(parts[0] or 0), int(parts[1] or 0), parts[2]
    if half and not 1 <= hour <= 12:
        raise BadTimesError(f'There is no such time as in "{said}".')
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or hour * 60 + minute > DAY_MINUTES:
        raise BadTimesError(f'There is no such time as in "{said}".')
    return hour * 60 + minute


def _on_days(days: Iterable[int], times: tuple[int, int]) -> list[tuple[int, int]]:
    return [
        (day * DAY_MINUTES + times[0], day * DAY_MINUTES + times[1]) for day in days
    ]


def _within_week(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for first, past in spans:
        if not 0 <= first < WEEK_MINUTES or not first < past <= first + WEEK_MINUTES:
            raise BadTimesError("A time of the week ends after it begins.")
        yield first, min(past, WEEK_MINUTES)
        if past > WEEK_MINUTES:
            yield 0, past - WEEK_MINUTES


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, past in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(past, joined[-1][1])
        else:
            joined.append((first, past))
    return joined


def _by_day(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for first, past in spans:
        while first < past:
            day_end = (first // DAY_MINUTES + 1) * DAY_MINUTES
            yield first, min(past, day_end)
            first = day_end


def _said(first: int, past: int) -> str:
    day, start = divmod(first, DAY_MINUTES)
    return f"{DAYS[day]} {clock(start)}-{clock(start + past - first)}"
