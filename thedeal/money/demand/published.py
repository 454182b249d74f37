"""Sets the model beside Wigan's published totals of 2010/11 to 2013/14.

Starts where they start and runs as if nothing were reformed. Only totals of the whole
borough are published, so only those are compared.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from thedeal.money.demand.backtest import BackTest, back_test
from thedeal.money.demand.projection import Path as Lives
from thedeal.money.demand.projection import project
from thedeal.money.demand.rates import Array, read_rates
from thedeal.money.demand.reading import (
    BANDS,
    Ask,
    Entries,
    read_borough,
    read_parameter,
)
from thedeal.money.demand.states import State
from thedeal.money.prices import first_year

FILE = (
    Path(__file__).resolve().parents[3]
    / "definitions"
    / "money"
    / "data"
    / "wigan_care_volumes.csv"
)
WEEKS_IN_YEAR = 52
START = 2010
OLDEST = BANDS.index("65 and over")


def published(measure: str, file: Path = FILE) -> dict[int, float]:
    """Give a published measure by the year its financial year starts in."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            first_year(row["year"]): float(row["value"])
            for row in csv.DictReader(lines)
            if row["measure"] == measure and "/" in row["year"]
        }


def back_tests(
    entries: Entries, *, adults: Mapping[str, Mapping[str, float]], ask: Ask
) -> list[BackTest]:
    """Give how wrong the model would have been about each published count."""
    lives = project(
        read_borough(entries, adults=adults),
        read_rates(entries, bands=BANDS),
        years=5,
        draws=ask.draws,
        seed=ask.seed,
        male_death_times=read_parameter(entries, "male_death_times").value,
    )
    weeks = published("care_home_weeks_65_plus")
    homes = {y: w / WEEKS_IN_YEAR for y, w in weeks.items() if y >= START}
    return [
        back_test(
            lives.in_state(State.HOME_CARE),
            first_year=START,
            happened=published("home_care_people_18_plus"),
            measure="Adults with home care",
        ),
        back_test(
            _oldest(lives, State.RESIDENTIAL),
            first_year=START,
            happened=homes,
            measure="People of 65 and over in care homes (weeks over 52)",
        ),
    ]


def _oldest(lives: Lives, state: State) -> Array:
    counts: Array = lives.people[:, :, :, OLDEST, state].sum(axis=2)
    return counts
