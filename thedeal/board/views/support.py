"""One person's packages by number: their cost week by week, and each change judged."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.board import selectors
from thedeal.board.views.money import money_of
from thedeal.lib import charts
from thedeal.lib.errors import UserFacingError
from thedeal.lib.wording import date, pounds
from thedeal.money import permissions
from thedeal.money import selectors as money
from thedeal.money.actions import packages as actions
from thedeal.money.forms import (
    ChangeForm,
    EnterForm,
    TermsForm,
    ViewForm,
)
from thedeal.money.models import Change, Package

Both = ["GET", "HEAD", "POST"]
WEEKS_BACK = 104


@login_required
@require_safe
def support(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what one person's support costs over time, and why it changed."""
    authority = money_of(request)
    package = get_object_or_404(money.packages(authority), pk=pk)
    every = list(
        money.packages(authority).filter(person_reference=package.person_reference)
    )
    return render(
        request,
        "board/support.html",
        {
            "authority_id": authority.pk,
            "package": package,
            "rows": [_row(x) for x in every],
            "changes": money.judged(Change.objects.filter(before__in=every)),
            "unchanged": [x for x in every if not hasattr(x, "changed_by")],
            **_weeks(every),
            "may_change": permissions.can_change(request.user, authority),
        },
    )


@login_required
@require_http_methods(Both)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter one package by hand."""
    authority = money_of(request)
    permissions.check_can_change(request.user, authority)
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            package = actions.enter(
                person_reference=form.cleaned_data["person_reference"],
                terms=form.terms(),
                payer=permissions.council_of(authority),
                by=request.user,
                person=None,
            )
        except UserFacingError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("board:support", package.pk)
    found = {"authority_id": authority.pk, "form": form, "title": "Enter a package"}
    return render(request, "board/support_form.html", found)


@login_required
@require_http_methods(Both)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record why a package changed, and what follows it."""
    authority = money_of(request)
    permissions.check_can_change(request.user, authority)
    before = get_object_or_404(money.packages(authority), pk=pk)
    form, after = ChangeForm(request.POST or None), _after_form(request, before)
    is_followed = "follows" in request.POST
    if (
        request.method == "POST"
        and form.is_valid()
        and (not is_followed or after.is_valid())
    ):
        terms = after.terms() if is_followed else None
        try:
            actions.change(before, after=terms, by=request.user, **form.cleaned_data)
        except UserFacingError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "Kept. Now ask the person how they see it.")
            return redirect("board:support", before.pk)
    return render(
        request,
        "board/support_change.html",
        {
            "authority_id": authority.pk,
            "form": form,
            "after": after,
            "before": before,
            "is_followed": is_followed,
        },
    )


@login_required
@require_http_methods(Both)
def own_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record whether the person says that a change was right."""
    authority = money_of(request)
    permissions.check_can_change(request.user, authority)
    changed = get_object_or_404(Change.objects.filter(authority=authority), pk=pk)
    form = ViewForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_own_view(changed, by=request.user, **form.cleaned_data)
        except UserFacingError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("board:support", changed.before_id)
    title = f"The person's own view of the change on {date(changed.happened_on)}"
    found = {"authority_id": authority.pk, "form": form, "title": title}
    return render(request, "board/support_form.html", found)


def _after_form(request: HttpRequest, before: Package) -> TermsForm:
    follows = {"kind": before.kind, "price_base": before.price_base}
    data = request.POST if "follows" in request.POST else None
    return TermsForm(data, prefix="after", initial=follows)


def _row(package: Package) -> list[str]:
    return [
        package.reference,
        package.kind,
        date(package.starts_on, year=True),
        date(package.ends_on, year=True) or "still running",
        pounds(package.gross_weekly),
        pounds(package.as_plain().net_weekly),
    ]


def _weeks(every: list[Package]) -> dict[str, Any]:
    today = timezone.localdate()
    weeks = money.weekly_costs(
        every, starts_on=selectors.weeks_back(today, WEEKS_BACK), ends_on=today
    )
    rows = [
        {"week": week.monday.isoformat(), "pounds": float(week.net), "which": "net"}
        for week in weeks
    ]
    chart = charts.lines(
        rows, x="week", y="pounds", by="which", unit="£ a week", time=True
    )
    told = [[date(w.monday, year=True), pounds(w.net)] for w in reversed(weeks)]
    return {"chart": chart, "week_rows": told}
