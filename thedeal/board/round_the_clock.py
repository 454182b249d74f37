"""A week of cover in words: the hours when nobody is there, and what they are called.

Pure: takes shares of people by hour, and knows no request.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from thedeal.lib.wording import listed, time

Shares = npt.NDArray[np.float64]

DAY_HOURS = 24
FULL_DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
NOBODY = 0.005
"""A share of people that is told as 0%, and as nobody."""


def hour_words(day: int, hour: int) -> str:
    """Give an hour of the week as it is said.

    >>> hour_words(1, 19), hour_words(6, 12)
    ('Tuesday at 7pm', 'Sunday at midday')
    """
    return f"{FULL_DAYS[day]} at {time(dt.time(hour))}"


def hours_with_nobody(shares: Shares) -> list[str]:
    """Give the hours in which nobody has anything on, days that are alike together.

    >>> week = np.ones(168)
    >>> week[:7] = week[22:24] = week[24:31] = week[46:48] = week[144:] = 0
    >>> hours_with_nobody(week)
    ['Monday and Tuesday before 7am and from 10pm', 'Sunday all day']
    """
    told = [_spans(day) for day in shares.reshape(-1, DAY_HOURS) < NOBODY]
    alike = groupby(range(len(told)), key=lambda day: told[day])
    return [f"{_days(list(days))} {words}" for words, days in alike if words]


def _spans(is_empty: npt.NDArray[np.bool_]) -> str:
    """Give one day's empty hours in words; "" where there are none."""
    runs = [
        list(run) for empty, run in groupby(range(24), lambda h: is_empty[h]) if empty
    ]
    return listed(_span(run[0], run[-1] + 1) for run in runs)


def _span(first: int, past: int) -> str:
    begins, ends = time(dt.time(first)), time(dt.time(past % DAY_HOURS))
    if first == 0:
        return "all day" if past == DAY_HOURS else f"before {ends}"
    return f"from {begins}" if past == DAY_HOURS else f"from {begins} to {ends}"


def _days(days: Sequence[int]) -> str:
    names = [FULL_DAYS[day] for day in days]
    return f"{names[0]} to {names[-1]}" if len(names) > 2 else listed(names)


def by_neighbourhood(names: Sequence[str], cover: Any, *, hour: int) -> list[list[str]]:
    """Give the share covered in one hour and about how many are not, the worst first."""
    living = np.bincount(cover.neighbourhood, cover.people, cover.n_neighbourhoods)
    has = cover.people_covered()[:, hour]
    told = [
        (has[i] / living[i], name, living[i] - has[i])
        for i, name in enumerate(names)
        if living[i] > 0
    ]
    return [
        [name, f"{share:.0%}", f"about {round(without, -1):,.0f}"]
        for share, name, without in sorted(told)
    ]
