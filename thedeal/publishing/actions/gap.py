"""Publishes the gap: the story's words, and figures from signed lines alone.

A service's sum that stands on few people is not shown by itself; it is in the total,
which is rounded to a hundred thousand pounds. Each version is kept.
"""

from decimal import Decimal
from typing import Any

from thedeal.audit.actions import trail
from thedeal.lib import disclosure, logins
from thedeal.lib.errors import UserFacingError
from thedeal.lib.wording import pounds, pounds_short
from thedeal.money import gap_words, permissions
from thedeal.money import selectors as money
from thedeal.money.gap_sums import WEEKS_IN_YEAR, Gap
from thedeal.money.models import GapStory
from thedeal.partners.models import Authority
from thedeal.publishing import selectors
from thedeal.publishing.models import Snapshot

METHOD = "gap 1"
ROUND_TO = Decimal(100_000)
ROUND_LINE_TO = Decimal(10_000)
RULE = "signed lines that last, to the nearest £100,000"
FEW = "too few people to show by itself; it is in the total"


@logins.atomic
def publish_gap(story: GapStory, *, by: Any) -> Snapshot:
    """Give the new public version of the gap, worked out from the ledger now.

    Raises UserFacingError where nothing is signed yet: there is nothing to explain.
    """
    permissions.check_can_change(by, story.authority)
    gap = money.gap_of(story)
    if not gap.closed and not gap.capacity and not gap.one_off:
        raise UserFacingError(
            "No line of the ledger is signed yet, so there is nothing to publish."
        )
    snapshot = Snapshot.objects.create(
        authority=story.authority,
        subject=selectors.GAP,
        period=f"{story.year}-04 to {story.year + 1}-03",
        method_version=METHOD,
        figures=[
            *figures(gap),
            *_by_service(story.authority, gap),
            *_words(story, amounts(story, gap)),
        ],
        sources=[{"name": story.source, "date": story.created_at.date().isoformat()}],
        made_by_id=by.pk,
    )
    trail.record("publishing.gap", by=by, subject=snapshot, story=str(story.pk))
    return snapshot


def figures(gap: Gap) -> list[dict[str, Any]]:
    """Give the gap's own figures in pounds, rounded to £100,000."""
    named = {
        "started": ("What we started short by", gap.started),
        "grown": ("What need and prices have added since", gap.grown),
        "closed": ("What we have closed together", gap.closed),
        "left": ("What is left", gap.started + gap.grown - gap.closed),
        "one_off": ("Saved once only, so not counted", gap.one_off),
        "capacity": ("Freed for other people, so not counted", gap.capacity),
        "households": ("Homes", Decimal(gap.households)),
    }
    found = [
        _figure(id_, title, max(amount, Decimal(0)))
        for id_, (title, amount) in named.items()
    ]
    return [*found, _for_each_home(gap)]


def _for_each_home(gap: Gap) -> dict[str, Any]:
    """Give what is left as pounds a week for each home, from the rounded figure."""
    left = (gap.left / ROUND_TO).to_integral_value() * ROUND_TO
    weekly = round(left / gap.households / WEEKS_IN_YEAR, 2)
    return {
        "id": "home_weekly",
        "title": "For each home, a week",
        "shown": pounds(weekly),
        "value": float(weekly),
        "unit": "pounds a week",
        "rule": "what is left, divided by homes and by 52 weeks",
    }


def _figure(id_: str, title: str, amount: Decimal) -> dict[str, Any]:
    if id_ == "households":
        shown, value = f"{amount:,.0f}", int(amount)
    else:
        value = int((amount / ROUND_TO).to_integral_value() * ROUND_TO)
        shown = pounds_short(value)
    return {
        "id": id_,
        "title": title,
        "shown": shown,
        "value": value,
        "unit": "homes" if id_ == "households" else "pounds a year",
        "rule": RULE,
    }


def _by_service(authority: Authority, gap: Gap) -> list[dict[str, Any]]:
    people = money.people_behind(authority)
    rows = []
    for service, amount in gap.closed_by:
        each = [float(pounds) for pounds in people.get(service, [])]
        row = _figure(f"service:{service}", service, amount)
        if each and disclosure.money(each) is None:
            row |= {"shown": disclosure.HIDDEN, "value": None, "rule": FEW}
        rows.append(row)
    return rows


def _words(story: GapStory, amounts: dict[str, str]) -> list[dict[str, Any]]:
    def told(text: str) -> str:
        return gap_words.fill(text, amounts=amounts)

    named = {
        "why_harder": told(story.why_harder),
        "your_part": [{n: told(t) for n, t in p.items()} for p in story.your_part],
        "got_wrong": told(story.got_wrong),
        "easy_read": told(story.easy_read),
    }
    return [
        {"id": id_, "title": id_, "shown": "", "value": value, "unit": "words"}
        for id_, value in named.items()
    ]


def amounts(story: GapStory, gap: Gap) -> dict[str, str]:
    """Give each figure that the words may name: the gap's own, and signed lines.

    A line whose sum stands on few people is left out, as it is from the page.
    """
    own = {f["id"]: f["shown"] for f in figures(gap) if f["id"] in gap_words.OWN}
    lines = (
        (line.title, _shown_line(line.in_year(story.year), each))
        for line, each in money.signed_lines(story.authority)
    )
    return own | {title: shown for title, shown in lines if shown}


def _shown_line(yearly: Decimal, each: list[Decimal]) -> str:
    """Give one line's pounds, to the nearest £10,000, or nothing where it must hide."""
    if each and disclosure.money([float(pounds) for pounds in each]) is None:
        return ""
    rounded = (yearly / ROUND_LINE_TO).to_integral_value() * ROUND_LINE_TO
    return pounds_short(rounded) if rounded else ""
