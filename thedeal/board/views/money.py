"""Spend and packages, by number: never whose."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.board import selectors
from thedeal.board.forms.packages import TakeInForm
from thedeal.lib import charts
from thedeal.lib.wording import date, pounds
from thedeal.money import permissions
from thedeal.money import selectors as money
from thedeal.money.actions import packages as packages_actions
from thedeal.money.csv_reading import Reading
from thedeal.money.models import Package
from thedeal.partners.models import Authority

WEEKS_SHOWN = 52
PACKAGES_A_PAGE = 50


def money_of(request: HttpRequest) -> Authority:
    """Give the council whose money the reader may see; raise where they may not."""
    authority = selectors.authority_of(request.user)
    permissions.check_can_see(request.user, authority)
    return authority


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what packages cost week by week and where, and what is flagged."""
    authority = money_of(request)
    weeks, places = _weeks(authority), _places(authority)
    judged = money.judged_changes(authority)
    return render(
        request,
        "board/money.html",
        {
            "authority_id": authority.pk,
            "weeks": weeks,
            "week_rows": [
                [date(w.monday, year=True), pounds(w.gross), pounds(w.net)]
                for w in reversed(weeks)
            ],
            "place_rows": [
                [p["name"], str(p["packages"]), pounds(p["net"])] for p in places
            ],
            "chart": _weekly_chart(weeks),
            "places": places,
            "places_chart": charts.bars(
                [{"name": p["name"], "net": float(p["net"])} for p in places],
                name="name",
                amount="net",
                unit="£ a week, net",
            ),
            "flagged": [j for j in judged if j.judgement.is_flagged],
            "savings": [j for j in judged if j.judgement.is_saving],
            "may_change": permissions.can_change(request.user, authority),
        },
    )


@login_required
@require_safe
def weekly_csv(request: HttpRequest) -> HttpResponse:
    """Give the weekly costs as a file."""
    rows = ((w.monday, w.gross, w.net) for w in _weeks(money_of(request)))
    return as_csv("weekly-costs", ("week from", "gross £", "net £"), rows)


@login_required
@require_safe
def places_csv(request: HttpRequest) -> HttpResponse:
    """Give packages and their cost by neighbourhood as a file."""
    rows = ((p["name"], p["packages"], p["net"]) for p in _places(money_of(request)))
    head = ("neighbourhood", "packages", "net £ a week")
    return as_csv("packages-by-neighbourhood", head, rows)


@login_required
@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """List packages by number, newest first."""
    authority = money_of(request)
    found = money.packages(authority).order_by("-starts_on", "reference")
    page = Paginator(found, PACKAGES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "board/packages.html",
        {
            "authority_id": authority.pk,
            "page": page,
            "rows": [_package_row(package) for package in page.object_list],
            "may_change": permissions.can_change(request.user, authority),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Try an export of the case system line by line, then take it in whole."""
    authority = selectors.authority_of(request.user)
    permissions.check_can_change(request.user, authority)
    form = TakeInForm(request.POST or None, request.FILES or None)
    found: dict[str, Any] = {"form": form, "authority_id": authority.pk}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["export"].read()
        if "take_in" in request.POST:
            packages_actions.take_in(
                data,
                file_name=form.cleaned_data["export"].name,
                payer=permissions.council_of(authority),
                price_base=form.cleaned_data["price_base"],
                by=request.user,
            )
            return redirect("board:packages")
        reading = packages_actions.dry_run(
            data,
            authority=authority,
            price_base=form.cleaned_data["price_base"],
            by=request.user,
        )
        found |= {"reading": reading, "reading_rows": _reading_rows(reading)}
    return render(request, "board/take_in.html", found)


def _package_row(package: Package) -> list[str]:
    page = reverse("board:support", kwargs={"pk": package.pk})
    return [
        format_html('<a href="{}">{}</a>', page, package.reference),
        package.kind,
        date(package.starts_on, year=True),
        date(package.ends_on, year=True) or "still running",
        pounds(package.gross_weekly),
        pounds(package.as_plain().net_weekly),
        package.price_base,
        package.payer.name,
    ]


def _reading_rows(reading: Reading) -> list[list[str]]:
    """Give the lines that say something, those to mend first."""
    lines = sorted(reading.lines, key=lambda line: (not line.refused, line.line))
    return [
        [str(x.line), x.reference, " ".join(x.refused), " ".join(x.noticed)]
        for x in lines
        if x.refused or x.noticed
    ]


def as_csv(
    name: str,
    head: Sequence[str],
    rows: Iterable[Iterable[Any]],
    *,
    is_ours: bool = True,
) -> HttpResponse:
    """Give rows as a CSV file that Excel opens; in the demo ours are marked made up."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    if settings.DEMO and is_ours:
        writer.writerow(["made-up people"])
    writer.writerow(head)
    writer.writerows(rows)
    return response


def _weeks(authority: Authority) -> Sequence[Any]:
    today = timezone.localdate()
    return money.weekly_costs(
        list(money.packages(authority)),
        starts_on=selectors.weeks_back(today, WEEKS_SHOWN),
        ends_on=today,
    )


def _weekly_chart(weeks: Sequence[Any]) -> Any:
    rows = [
        {"week": week.monday.isoformat(), "pounds": float(pounds), "which": which}
        for week in weeks
        for which, pounds in (("gross", week.gross), ("net", week.net))
    ]
    return charts.lines(
        rows, x="week", y="pounds", by="which", unit="£ a week", time=True
    )


def _places(authority: Authority) -> list[dict[str, Any]]:
    names = selectors.neighbourhood_names(authority)
    costs = money.neighbourhood_costs(authority, on=timezone.localdate())
    rows = [
        {
            "name": names.get(place, "not known") if place else "not known",
            "packages": count,
            "net": net,
        }
        for place, (count, net) in costs.items()
    ]
    return sorted(rows, key=lambda row: -row["net"])
