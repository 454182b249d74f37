"""Demand ahead: people and money by year, with ranges."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thedeal.board import selectors
from thedeal.board.views.money import as_csv, money_of
from thedeal.lib import charts, definitions
from thedeal.lib.wording import pounds
from thedeal.money import selectors as money
from thedeal.money.demand.backtest import CANNOT_TELL, BackTest
from thedeal.money.demand.levers import Lever
from thedeal.money.demand.outlook import Band, Outlook
from thedeal.money.demand.published import back_tests
from thedeal.money.demand.reading import Ask, read_levers, read_outlook
from thedeal.partners.models import Authority

MILLION = 1_000_000
NOT_TOLD = "not known until the gap is told"
SHOWN = ("lonely", "supported by community", "home care", "residential")
Adults = tuple[tuple[str, tuple[tuple[str, float], ...]], ...]


@login_required
@require_safe
def demand(request: HttpRequest) -> HttpResponse:
    """Show the outlook as things are and with the reforms."""
    authority = money_of(request)
    outlook = _outlook(authority)
    years = [selectors.year_words(outlook.first_year + i) for i in range(11)]
    found = {
        "authority_id": authority.pk,
        "outlook": outlook,
        "last_year": years[-1],
        "lever_rows": [_lever_row(x) for x in read_levers(definitions.everything())],
        "back_tests": [_tested(x) for x in _back_tests(_adults())],
        "cannot_tell": CANNOT_TELL,
        **_told(outlook),
        **_money(outlook, years),
        **_care(outlook, years),
    }
    return render(request, "board/demand.html", found)


def _told(outlook: Outlook) -> dict[str, Any]:
    return {
        "unsure": [p for p in outlook.parameters if p.status != "verified"],
        "place_rows": [
            [place, *(_people(by_state[name]) for name in SHOWN)]
            for place, by_state in outlook.by_neighbourhood.items()
        ],
    }


def _money(outlook: Outlook, years: Sequence[str]) -> dict[str, Any]:
    plain, changed = outlook.pounds, outlook.pounds_with_levers
    chances = [f"{chance:.0%}" for chance in outlook.chance_closed]
    rows = zip(years, plain, changed, chances or [NOT_TOLD] * len(years), strict=True)
    return {
        "money_chart": _chart(years, plain, changed, MILLION, "£ million"),
        "money_rows": [
            [year, _millions(was), _millions(now), chance]
            for year, was, now, chance in rows
        ],
    }


def _care(outlook: Outlook, years: Sequence[str]) -> dict[str, Any]:
    plain = outlook.people["home care"]
    changed = outlook.people_with_levers["home care"]
    rows = zip(years, plain, changed, strict=True)
    return {
        "people_chart": _chart(years, plain, changed, 1, "people with home care"),
        "people_rows": [[year, _people(was), _people(now)] for year, was, now in rows],
    }


def _tested(found: BackTest) -> dict[str, Any]:
    """Give one back-test as a sentence and a row for each year."""
    verdict = (
        "which is worse than saying that nothing would change"
        if found.is_worse_than_no_change
        else "no worse than saying that nothing would change"
    )
    return {
        "measure": found.measure,
        "sentence": f"Off by {found.mean_error_share:.1%} on average, {verdict} "
        f"({found.no_change_error_share:.1%}). {found.inside_range} of "
        f"{len(found.years)} years were inside its range.",
        "rows": [
            [
                selectors.year_words(year.year),
                f"{year.happened:,.0f}",
                f"{year.said:,.0f} ({year.low:,.0f} to {year.high:,.0f})",
                f"{year.error_share:+.1%}",
            ]
            for year in found.years
        ],
    }


@login_required
@require_safe
def demand_csv(request: HttpRequest) -> HttpResponse:
    """Give people and pounds by year, with ranges, as a file."""
    outlook = _outlook(money_of(request))
    series = {
        "pounds, as things are": outlook.pounds,
        "pounds, with the levers": outlook.pounds_with_levers,
        **{f"{name}, as things are": b for name, b in outlook.people.items()},
        **{f"{n}, with the levers": b for n, b in outlook.people_with_levers.items()},
    }
    rows = [
        (name, selectors.year_words(outlook.first_year + i), b.central, b.low, b.high)
        for name, bands in series.items()
        for i, b in enumerate(bands)
    ]
    rows += [
        (f"{p.status.upper()}: {p.title} ({p.unit})", "", p.value, *p.span)
        for p in outlook.parameters
        if p.status != "verified"
    ]
    return as_csv("demand", ("what", "year", "central", "low", "high"), rows)


def _outlook(authority: Authority) -> Outlook:
    story = money.stories(authority).first()
    gap = float(money.gap_of(story).left) if story else None
    year = money.financial_year(timezone.localdate())
    return _worked_out(_adults(), gap, year)


def _adults() -> Adults:
    """Give the borough's adults as something a cache can hold."""
    return tuple((p, tuple(ages.items())) for p, ages in money.adults().items())


@lru_cache(maxsize=4)
def _worked_out(adults: Adults, gap: float | None, year: int) -> Outlook:
    """Work it out once for the same people, gap and year: it takes two seconds."""
    return read_outlook(
        definitions.everything(),
        adults={place: dict(ages) for place, ages in adults},
        ask=Ask(first_year=year, gap_pounds=gap),
    )


@lru_cache(maxsize=4)
def _back_tests(adults: Adults) -> list[BackTest]:
    """Say once for the same people how wrong the model would have been."""
    return back_tests(
        definitions.everything(),
        adults={place: dict(ages) for place, ages in adults},
        ask=Ask(),
    )


def _millions(band: Band) -> str:
    low, high = band.low / MILLION, band.high / MILLION
    return f"£{band.central / MILLION:.1f}m ({low:.1f} to {high:.1f})"


def _people(band: Band) -> str:
    return f"{band.central:,.0f} ({band.low:,.0f} to {band.high:,.0f})"


def _lever_row(lever: Lever) -> list[str]:
    low, high = lever.times.span
    costs = lever.cost_yearly.span
    return [
        lever.title,
        f"{lever.times.value:g} ({low:g} to {high:g})",
        f"{pounds(costs[0])} to {pounds(costs[1])}",
        str(lever.evidence_grade),
    ]


def _chart(
    years: Sequence[str],
    plain: Sequence[Band],
    changed: Sequence[Band],
    size: float,
    unit: str,
) -> Any:
    rows = [
        {
            "year": year,
            "central": band.central / size,
            "low": band.low / size,
            "high": band.high / size,
            "which": which,
        }
        for which, bands in (("as things are", plain), ("with the reforms", changed))
        for year, band in zip(years, bands, strict=True)
    ]
    return charts.lines(rows, x="year", y="central", by="which", unit=unit, time=False)
