"""A deal on one accessible sheet, tagged for screen readers, in large type if liked.

Two columns side by side, each a heading and a list of its own: read aloud, ours is read
whole and then theirs, so that no two promises are mixed into one sentence.
"""

from pathlib import Path
from typing import Any

from django.conf import settings

from thedeal.deals.columns import Line
from thedeal.deals.models import DealVersion, Sorry
from thedeal.deals.selectors.deals import sides_of
from thedeal.lib import definitions, paper
from thedeal.lib.wording import date

TEMPLATE = Path(__file__).parent / "templates" / "deals" / "deal.typ"
LARGE = "large_type"
HOW = {
    "on screen": "You said yes on the screen",
    "by link": "You said yes by your own link",
    "read aloud": "It was read aloud to you, and you said yes",
}


def deal_pdf(version: DealVersion, *, is_demo: bool, is_large: bool = False) -> bytes:
    """Give a version of a deal as a PDF, with every promise that we broke since.

    Large type where the person said that it helps, or where it is asked for.
    """
    person, deal, own = version.person, version.deal, version.authority_id
    ours, yours = sides_of(version)
    return paper.pdf(
        TEMPLATE,
        {
            "title": f"The deal with {person.name}",
            "about": deal.about,
            "columns": [
                _column(definitions.words("words.ours", authority_id=own), ours),
                _column(definitions.words("words.yours", authority_id=own), yours),
            ],
            "sorries": [_said(sorry) for sorry in _sorries(version)],
            "yes": _yes(version),
            "council": deal.authority.name,
            "worker": str(deal.worker),
            "again": f"{settings.PUBLIC_ADDRESS}/mine/",
            "emergency": definitions.words("words/deals.emergency", authority_id=own),
            "is_large": is_large or LARGE in person.helps,
            "made_up": definitions.words("words.made_up") if is_demo else "",
        },
    )


def _column(heading: str, lines: list[Line]) -> dict[str, Any]:
    rows = [[x.who, x.what, date(x.by_when, weekday=True, year=True)] for x in lines]
    return {"heading": heading, "rows": rows}


def _sorries(version: DealVersion) -> list[Sorry]:
    rows = Sorry.objects.filter(promise__deal_id=version.deal_id)
    return list(rows.select_related("promise"))


def _said(sorry: Sorry) -> dict[str, str]:
    return {
        "what": sorry.promise.what,
        "was_due": date(sorry.was_due_on, year=True),
        "words": sorry.words,
        "new_day": date(sorry.new_by_when, weekday=True, year=True),
    }


def _yes(version: DealVersion) -> str:
    if version.agreed_at is None:
        return "Not yet. Read it through; change what is not right."
    agreement = version.agreement
    said = [f"{HOW[agreement.how]} on {date(version.agreed_at, year=True)}."]
    if agreement.witness:
        said.append(f"{agreement.witness} was witness.")
    return " ".join(said)
