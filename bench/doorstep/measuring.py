"""How things are timed: in turn, several times, and told as medians and ratios.

What is compared is run by turns; the ratio is taken turn by turn and its median told.
Where both sides are one thread of this process, what counts is the seconds of a
processor that they used: others on the machine change those little, while by the clock
they lengthen the longer of two things more.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

import numpy as np


@dataclass(frozen=True)
class Times:
    """The seconds of each thing measured, turn by turn."""

    seconds: Mapping[str, list[float]]

    def ms(self, name: str, *, each: int = 1) -> float:
        """Give the median in milliseconds, for each of so many."""
        return median(self.seconds[name]) * 1000 / each

    def ratio(self, slow: str, fast: str) -> float:
        """Give how many times as long one takes as the other, the median of turns."""
        pairs = zip(self.seconds[slow], self.seconds[fast], strict=True)
        return median(one / other for one, other in pairs)


def by_turns(
    do: Mapping[str, Callable[[], object]],
    *,
    turns: int = 7,
    clock: Callable[[], float] = time.process_time,
) -> Times:
    """Time each thing so many times, in turn, after once that is not counted."""
    for each in do.values():
        each()
    seconds: dict[str, list[float]] = {name: [] for name in do}
    for _ in range(turns):
        for name, each in do.items():
            seconds[name].append(timed(each, clock=clock))
    return Times(seconds)


def timed(
    do: Callable[[], object], *, clock: Callable[[], float] = time.process_time
) -> float:
    """Give the seconds something takes."""
    started = clock()
    do()
    return clock() - started


def exponent(sizes: list[int], costs: list[float]) -> float:
    """Give the power of the size with which a cost grows, by least squares of logs."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])
