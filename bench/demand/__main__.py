"""``./deal bench demand [--years 10] [--draws 1000]``: a borough's demand, timed.

A borough of Wigan's size made up here, so that it runs before any area is loaded:
seven neighbourhoods, 260,000 adults. There is no peer to set beside it; the naive run
moves one draw at a time, and shows what drawing all at once is worth.
"""

import argparse
import time
from collections.abc import Callable

from thedeal.lib import definitions
from thedeal.lib.setup.telling import say
from thedeal.money.demand.reading import BANDS, Ask, read_outlook

PLACES = 7
ADULTS_EACH = dict(zip(BANDS, (9_300.0, 8_800.0, 9_600.0, 9_400.0), strict=True))
NAIVE_DRAWS = 10


def main() -> None:
    """Time the outlook whole, then draw by draw."""
    asked = argparse.ArgumentParser(prog="./deal bench demand", description=__doc__)
    asked.add_argument("--years", type=int, default=10)
    asked.add_argument("--draws", type=int, default=1_000)
    chosen = asked.parse_args()
    entries = definitions.everything()
    adults = {f"Place {number}": ADULTS_EACH for number in range(1, PLACES + 1)}

    def work(draws: int, seed: int = 2017) -> None:
        ask = Ask(years=chosen.years, draws=draws, seed=seed)
        read_outlook(entries, adults=adults, ask=ask)

    whole_s = _seconds(lambda: work(chosen.draws))
    one_s = _seconds(lambda: [work(1, seed) for seed in range(NAIVE_DRAWS)])
    naive_s = one_s / NAIVE_DRAWS * chosen.draws
    say(f"{chosen.draws:,} draws × {chosen.years} years, {PLACES} neighbourhoods:")
    say(f"  all at once    {whole_s:6.1f} s")
    say(f"  one at a time  {naive_s:6.1f} s (from {NAIVE_DRAWS} draws)")
    say(f"  ratio          {naive_s / whole_s:6.1f}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
