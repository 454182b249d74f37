"""What was really spent: published history, beside which claims can be held."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thedeal.board.views.money import as_csv, money_of
from thedeal.lib import charts
from thedeal.lib.wording import pounds
from thedeal.money import selectors as money
from thedeal.money.published_spend import Spent, care, outturn
from thedeal.money.weekly_cost import at_prices
from thedeal.publishing import selectors as published

AT = "2017/18"  # the last year of the published series
MILLION = 1_000_000


@login_required
@require_safe
def spend(request: HttpRequest) -> HttpResponse:
    """Show what Wigan's services spent by year, in cash and at one year's prices."""
    authority = money_of(request)
    spent = outturn()
    return render(
        request,
        "board/spend.html",
        {
            "authority_id": authority.pk,
            "base_year": AT,
            "chart": _chart(spent),
            "rows": [
                [x.year, x.service, pounds(x.pounds), pounds(round(_level(x)))]
                for x in spent
            ],
            "care_rows": [
                [x.age, x.kind, pounds(x.gross), pounds(x.net)] for x in care()
            ],
            "claims": published.history(),
        },
    )


@login_required
@require_safe
def spend_csv(request: HttpRequest) -> HttpResponse:
    """Give the same years as a file."""
    money_of(request)
    rows = ((x.year, x.service, x.pounds, round(_level(x))) for x in outturn())
    head = ("year", "service", "£, cash", f"£, at {AT} prices")
    return as_csv("published-spend", head, rows, is_ours=False)


def _level(spent: Spent) -> Any:
    return at_prices(spent.pounds, base=spent.year, to=AT, deflator=money.deflator())


def _chart(spent: list[Spent]) -> Any:
    rows = [
        {"year": x.year, "pounds": float(_level(x)) / MILLION, "service": x.service}
        for x in spent
    ]
    return charts.lines(
        rows,
        x="year",
        y="pounds",
        by="service",
        unit=f"£ million, {AT} prices",
        time=False,
    )
