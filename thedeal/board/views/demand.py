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
from thedeal.money.demand.levers import Lever
from thedeal.money.demand.outlook import Band, Outlook
from thedeal.money.demand.reading import Ask, read_levers, read_outlook
from thedeal.partners.models import Authority

MILLION = 1_000_000
SHOWN = ("lonely", "supported by community", "home care", "residential")
NO_GAP = 5_000_000.0  # pounds a year, where the council has told no gap yet


@login_required
@require_safe
def demand(request: HttpRequest) -> HttpResponse:
    """Show the outlook as things are and with the reforms."""
    authority = money_of(request)
    outlook = _outlook(authority)
    years = [selectors.year_words(outlook.first_year + i) for i in range(11)]
    return render(
        request,
        "board/demand.html",
        {
            "authority_id": authority.pk,
            "outlook": outlook,
            "years": years,
            "money_chart": _chart(
                years, outlook.pounds, outlook.pounds_with_levers, MILLION, "£ million"
            ),
            "people_chart": _chart(
                years,
                outlook.people["home care"],
                outlook.people_with_levers["home care"],
                1,
                "people with home care",
            ),
            "money_rows": [
                [year, _millions(plain), _millions(changed), f"{chance:.0%}"]
                for year, plain, changed, chance in zip(
                    years,
                    outlook.pounds,
                    outlook.pounds_with_levers,
                    outlook.chance_closed,
                    strict=True,
                )
            ],
            "people_rows": [
                [year, _people(plain), _people(changed)]
                for year, plain, changed in zip(
                    years,
                    outlook.people["home care"],
                    outlook.people_with_levers["home care"],
                    strict=True,
                )
            ],
            "place_rows": [
                [place, *(_people(by_state[name]) for name in SHOWN)]
                for place, by_state in outlook.by_neighbourhood.items()
            ],
            "lever_rows": [
                _lever_row(x) for x in read_levers(definitions.everything())
            ],
            "unsure": [p for p in outlook.parameters if p.status != "verified"],
        },
    )


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
    rows = (
        (name, selectors.year_words(outlook.first_year + i), b.central, b.low, b.high)
        for name, bands in series.items()
        for i, b in enumerate(bands)
    )
    return as_csv("demand", ("what", "year", "central", "low", "high"), rows)


def _outlook(authority: Authority) -> Outlook:
    story = money.stories(authority).first()
    gap = float(money.gap_of(story).left) if story else NO_GAP
    year = money.financial_year(timezone.localdate())
    adults = money.adults()
    key = tuple((place, tuple(ages.items())) for place, ages in adults.items())
    return _worked_out(key, gap, year)


@lru_cache(maxsize=4)
def _worked_out(
    adults: tuple[tuple[str, tuple[tuple[str, float], ...]], ...], gap: float, year: int
) -> Outlook:
    """Work it out once for the same people, gap and year: it takes two seconds."""
    return read_outlook(
        definitions.everything(),
        adults={place: dict(ages) for place, ages in adults},
        ask=Ask(first_year=year, gap_pounds=gap),
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
