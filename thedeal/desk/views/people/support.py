"""A person's paid support at the desk: what it costs, beside how life is for them.

For whoever is beside the person and nobody else. It must never call a fall in cost a
saving: ``money.savings`` judges that, and asks what the person says first.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from markupsafe import Markup

from thedeal.accounts.roles import Permission
from thedeal.desk import permissions
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside
from thedeal.lib import charts
from thedeal.lib.wording import date, pounds
from thedeal.money import permissions as money_permissions
from thedeal.money import selectors as money
from thedeal.money.actions import joining
from thedeal.money.actions import packages as acting
from thedeal.money.forms import (
    ChangeForm,
    EnterForm,
    NumberForm,
    TermsForm,
    ViewForm,
)
from thedeal.money.models import Package
from thedeal.money.weekly_cost import Week
from thedeal.residents import permissions as residents
from thedeal.residents.actions import people
from thedeal.residents.models import Person
from thedeal.residents.selectors import lives
from thedeal.residents.selectors.lives import Series

MOST_WEEKS = 156
# wellbeing first, then connection; what a person has not answered is left out
SHOWN = (("ons4", "satisfaction"), ("ons4", "happy"), ("loneliness", "indirect"))
BOTH = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class Together:
    """The weeks of a person's support and their own answers over the same weeks."""

    weeks: tuple[Week, ...]
    series: tuple[Series, ...]

    @property
    def head(self) -> list[Any]:
        """Give the head of the table."""
        costs = {"text": "Net a week", "numeric": True}
        return ["Week from", costs, *(s.title for s in self.series)]

    @property
    def rows(self) -> list[list[str]]:
        """Give a row for each week, newest first; an answer stands in its own week."""
        return [
            [
                date(week.monday, year=True),
                pounds(week.net),
                *(_answers_in(week, each) for each in self.series),
            ]
            for week in reversed(self.weeks)
        ]


@permissions.needs(Permission.SEE_PEOPLE)
@require_safe
def support(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what support costs beside how life is, and note that somebody looked."""
    with absent_is_404():
        about = people.open_page(pk, by=request.user)
    every = list(money.packages_of(about))
    changes = money.judged(money.changes_of(about))
    changed = {one.change.before_id for one in changes}
    together = _together(about, every)
    return page(
        request,
        "desk/people/support.html",
        section=SECTION,
        person=about,
        rows=[_row(package) for package in every],
        unchanged=[package for package in every if package.pk not in changed],
        changes=changes,
        numbers=list(money.numbers_of(about)),
        together=together,
        picture=_picture(together) if together.weeks else None,
        may_change=residents.can_change(request.user, about),
    )


@permissions.needs(Permission.SEE_PEOPLE)
@require_safe
def support_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the same weeks as a file."""
    with absent_is_404():
        about = people.open_page(pk, by=request.user)
    together = _together(about, list(money.packages_of(about)))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="support-by-week.csv"'
    response.write("\ufeff")
    rows = csv.writer(response)
    if settings.DEMO:
        rows.writerow(["made-up people"])
    rows.writerow(["week from", "net £", *(s.title for s in together.series)])
    for week in together.weeks:
        answers = [_answers_in(week, each) for each in together.series]
        rows.writerow([week.monday, week.net, *answers])
    return response


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(BOTH)
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a package of support beside the person it is for."""
    about = beside(request, pk)
    known = money.packages_of(about).first()
    number = {"person_reference": known.person_reference} if known else {}
    form = EnterForm(request.POST or None, initial=number)
    if form.is_valid():
        kept = tried(
            form,
            lambda: acting.enter(
                person_reference=form.cleaned_data["person_reference"],
                terms=form.terms(),
                payer=money_permissions.council_of(about.authority),
                by=request.user,
                person=about,
            ),
        )
        if kept:
            messages.success(request, "The package is kept.")
            return redirect("desk:person_support", pk)
    return _ask(request, about, form, heading=f"Paid support for {about.name}")


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(BOTH)
def change(request: HttpRequest, pk: UUID, package: UUID) -> HttpResponse:
    """Record why a package changed, and what follows it."""
    about = beside(request, pk)
    with absent_is_404():
        before = money.packages_of(about).get(pk=package)
    is_followed = "follows" in request.POST
    form = ChangeForm(request.POST or None)
    follows = {"kind": before.kind, "price_base": before.price_base}
    after = TermsForm(
        request.POST if is_followed else None, prefix="after", initial=follows
    )
    if form.is_valid() and (not is_followed or after.is_valid()):
        terms = after.terms() if is_followed else None
        if changed := tried(
            form,
            lambda: acting.change(
                before, after=terms, by=request.user, **form.cleaned_data
            ),
        ):
            messages.success(request, f"Kept. Now ask {about.name} how they see it.")
            return redirect("desk:person_support_view", pk, changed.pk)
    heading = f"{before.kind.capitalize()} changed or ended"
    return _ask(
        request, about, form, heading=heading, after=after, is_followed=is_followed
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(BOTH)
def own_view(request: HttpRequest, pk: UUID, change: UUID) -> HttpResponse:
    """Write down whether the person says that a change was right, in their words."""
    about = beside(request, pk)
    with absent_is_404():
        found = money.changes_of(about).get(pk=change)
    form = ViewForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    if form.is_valid():
        kept = tried(
            form,
            lambda: acting.record_own_view(found, by=request.user, **form.cleaned_data),
        )
        if kept:
            messages.success(request, "Their own view is kept.")
            return redirect("desk:person_support", pk)
    heading = f"What {about.name} says of the change on {date(found.happened_on)}"
    return _ask(request, about, form, heading=heading)


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(BOTH)
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say the person's number in the case system, so that its packages find them."""
    about = beside(request, pk)
    form = NumberForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data["number"]
        joined = tried(form, lambda: joining.join(about, number=said, by=request.user))
        if joined:
            messages.success(request, "Joined. What is under it comes in a minute.")
            return redirect("desk:person_support", pk)
    return _ask(request, about, form, heading=f"{about.name} in the case system")


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def part(request: HttpRequest, pk: UUID, number: UUID) -> HttpResponse:
    """Say that a number is not this person's after all."""
    about = beside(request, pk)
    with absent_is_404():
        found = money.numbers_of(about).get(pk=number)
    joining.part(found, by=request.user)
    messages.success(request, "Ended. What came under it is taken off within a minute.")
    return redirect("desk:person_support", pk)


def _ask(
    request: HttpRequest, about: Person, form: Any, *, heading: str, **more: Any
) -> HttpResponse:
    return page(
        request,
        "desk/people/support_form.html",
        section=SECTION,
        person=about,
        form=form,
        heading=heading,
        **{"after": None, "is_followed": False} | more,
    )


def _together(about: Person, every: list[Package]) -> Together:
    if not every:
        return Together(weeks=(), series=())
    today = timezone.localdate()
    earliest = today - dt.timedelta(weeks=MOST_WEEKS)
    weeks = money.weekly_costs(
        every, starts_on=max(every[0].starts_on, earliest), ends_on=today
    )
    answered = {(s.instrument, s.part): s for s in lives.series(about)}
    kept = tuple(answered[key] for key in SHOWN if key in answered)
    return Together(weeks=weeks, series=kept)


def _picture(together: Together) -> Markup:
    """Draw cost above each answer, every panel over the same weeks."""
    weeks = together.weeks
    first, last = weeks[0].monday, weeks[-1].monday + dt.timedelta(days=6)
    costs = charts.Panel(
        title="Net cost a week, £",
        rows=[{"on": w.monday.isoformat(), "value": float(w.net)} for w in weeks],
        low=0,
        high=float(max(w.net for w in weeks)) or 1,
    )
    answers = [
        charts.Panel(
            title=f"{each.title} ({each.low:g} to {each.high:g})",
            rows=[
                {"on": point.on.isoformat(), "value": point.value}
                for point in each.points
                if first <= point.on <= last
            ],
            low=each.low,
            high=each.high,
            dots=True,
        )
        for each in together.series
    ]
    return charts.beside(
        [costs, *answers], first=first.isoformat(), last=last.isoformat()
    )


def _answers_in(week: Week, series: Series) -> str:
    days = range(7)
    within = {week.monday + dt.timedelta(days=day) for day in days}
    return ", ".join(f"{p.value:g}" for p in series.points if p.on in within)


def _row(package: Package) -> list[str]:
    return [
        package.kind,
        date(package.starts_on, year=True),
        date(package.ends_on, year=True) or "still running",
        pounds(package.gross_weekly),
        pounds(package.as_plain().net_weekly),
        package.payer.name,
    ]
