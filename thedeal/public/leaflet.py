"""The gap on one sheet of A4, folded once or pinned up."""

from pathlib import Path

from thedeal.lib import paper
from thedeal.lib.wording import date
from thedeal.publishing.selectors import Told

TEMPLATE = Path(__file__).parent / "templates" / "public" / "gap_leaflet.typ"


def leaflet_pdf(told: Told, *, is_demo: bool) -> bytes:
    """Give the leaflet of one telling as a PDF: number, sentence, picture first."""
    parts = told.parts()
    longest = max(float(part["value"] or 0) for part in parts) or 1.0
    return paper.pdf(
        TEMPLATE,
        {
            "council": told.council,
            "on": date(told.told_on, year=True),
            "left": told.shown("left"),
            "sentence": told.sentence,
            "rows": [
                {
                    "what": part["title"],
                    "pounds": part["shown"],
                    "percent": 100 * float(part["value"] or 0) / longest,
                }
                for part in parts
            ],
            "why_harder": told.value("why_harder"),
            "your_part": told.value("your_part"),
            "got_wrong": told.value("got_wrong"),
            "made_up": "Made-up people. This is a demonstration." if is_demo else "",
        },
    )
