"""Charts: drawn for a page and for a telephone, each wide enough for its letters."""

import re

import pytest

from thedeal.lib import charts

MOST_ON_A_TELEPHONE = 320  # what is left of 375 between the edges of page and box
YEARS = [f"{year}/{year + 1 - 2000}" for year in range(2026, 2037)]
DAYS = ("Monday", "Tuesday", "Wednesday")
PICTURES = {
    "lines": lambda: charts.lines(
        [
            {"year": y, "cost": 120_000 + i, "low": 90_000, "high": 150_000, "by": by}
            for i, y in enumerate(YEARS)
            for by in ("as things are", "with the reforms")
        ],
        x="year",
        y="cost",
        by="by",
        unit="£ a week",
        time=False,
    ),
    "bars": lambda: charts.bars(
        [{"name": "What need and prices have added since", "pounds": 3}],
        name="name",
        amount="pounds",
        unit="£ million a year",
    ),
    "week": lambda: charts.week(
        [{"day": d, "hour": h, "share": h / 24} for d in DAYS for h in range(24)],
        amount="share",
        unit="people with something on",
    ),
    "beside": lambda: charts.beside(
        [
            charts.Panel(
                title="How satisfied I am with my life nowadays, overall",
                rows=[{"on": "2026-01-05", "value": 4}],
                low=0,
                high=10,
            )
        ],
        first="2026-01-05",
        last="2026-02-05",
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_again_for_a_telephone(name):
    drawn = PICTURES[name]()
    wide, narrow = (float(w) for w in re.findall(r'viewBox="0 0 (\d+)', drawn))
    assert narrow <= MOST_ON_A_TELEPHONE < wide


def test_what_a_row_is_called_cannot_end_the_picture():
    drawn = charts.bars(
        [{"name": "</svg><script>alert(1)</script>", "pounds": 1}],
        name="name",
        amount="pounds",
    )
    assert "<script" not in drawn
