"""The ledger of claimed savings: adding, signing, correcting, adding up."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.board import selectors
from thedeal.board.forms.ledger import LineForm
from thedeal.board.views.money import as_csv, money_of
from thedeal.lib.errors import UserFacingError
from thedeal.lib.wording import pounds
from thedeal.money import permissions
from thedeal.money import selectors as money
from thedeal.money.actions import ledger as ledger_actions
from thedeal.money.ledger_sums import Kind, Total
from thedeal.money.models import LedgerLine
from thedeal.partners.models import Authority, Organisation

YEARS_AHEAD = 4


@login_required
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Show every line and the totals by year, service, partner and neighbourhood."""
    authority = money_of(request)
    year = money.financial_year(timezone.localdate())
    return render(
        request,
        "board/ledger.html",
        {
            "authority_id": authority.pk,
            "lines": list(money.ledger(authority)),
            "year": selectors.year_words(year),
            "by_year": _by_year(authority, year),
            "totals": [
                ("By service", _totals(authority, year, "service")),
                ("By partner", _totals(authority, year, "budget")),
                ("By neighbourhood", _totals(authority, year, "neighbourhood")),
            ],
            "may_change": permissions.can_change(request.user, authority),
        },
    )


@login_required
@require_safe
def ledger_csv(request: HttpRequest) -> HttpResponse:
    """Give every line as a file, corrected ones too."""
    rows = (
        (
            line.created_at.date(),
            line.title,
            line.kind,
            line.budget.name,
            line.service,
            line.yearly,
            selectors.year_words(line.first_year),
            line.evidence_grade,
            "signed" if hasattr(line, "signature") else "waiting",
            line.corrects_id or "",
            line.pk,
        )
        for line in money.ledger(money_of(request))
    )
    head = "written what kind budget service yearly first_year grade state corrects id"
    return as_csv("ledger", head.split(), rows)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, corrects: UUID | None = None) -> HttpResponse:
    """Ask for a line; ``corrects`` is the line in whose place it will stand."""
    authority = selectors.authority_of(request.user)
    permissions.check_can_change(request.user, authority)
    old = get_object_or_404(money.ledger(authority), pk=corrects) if corrects else None
    form = LineForm(
        request.POST or None,
        initial=_as_typed(old) if old else None,
        **_choices(authority),
    )
    if request.method == "POST" and form.is_valid():
        try:
            line = ledger_actions.add(
                _claim(form, authority), by=request.user, corrects=old
            )
            return redirect("board:line", line.pk)
        except UserFacingError as error:
            form.add_error(None, error.sentence)
    return render(
        request,
        "board/line_form.html",
        {"form": form, "old": old, "authority_id": authority.pk},
    )


@login_required
@require_safe
def line(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one line with all that stands behind it."""
    authority = money_of(request)
    found = get_object_or_404(money.ledger(authority), pk=pk)
    behind = [e.change for e in found.effects.all() if e.change is not None]
    return render(
        request,
        "board/line.html",
        {
            "authority_id": authority.pk,
            "line": found,
            "behind": [(change, money.judgement(change)) for change in behind],
            "signature": getattr(found, "signature", None),
            "corrected_by": getattr(found, "corrected_by", None),
            "may_sign": permissions.can_sign(request.user, authority)
            and found.author_id != request.user.pk,
            "may_change": permissions.can_change(request.user, authority),
        },
    )


@login_required
@require_POST
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign a line for finance."""
    authority = money_of(request)
    found = get_object_or_404(money.ledger(authority), pk=pk)
    ledger_actions.sign(found, by=request.user)
    return redirect("board:line", found.pk)


def _by_year(authority: Authority, year: int) -> list[list[Any]]:
    found = money.by_year(authority, first=year - 2, last=year + YEARS_AHEAD)
    return [
        [
            selectors.year_words(each),
            *_both(by_kind[Kind.CASH]),
            *_both(by_kind[Kind.CAPACITY]),
        ]
        for each, by_kind in found.items()
    ]


def _both(total: Total) -> tuple[str, str]:
    return pounds(round(total.signed)), pounds(round(total.waiting))


def _totals(authority: Authority, year: int, by: str) -> list[list[Any]]:
    names = {str(pk): n for pk, n in selectors.neighbourhood_names(authority).items()}
    found = money.totals(authority, year=year, by=by)
    return [
        [names.get(name, name) or "The whole borough", kind.value, *_both(t)]
        for (name, kind), t in sorted(found.items())
    ]


def _choices(authority: Authority) -> dict[str, Any]:
    partners = Organisation.objects.filter(authority=authority)
    names = selectors.neighbourhood_names(authority)
    savings = [j for j in money.judged_changes(authority) if j.judgement.is_saving]
    return {
        "budgets": [(str(p.pk), p.name) for p in partners],
        "neighbourhoods": [(str(pk), name) for pk, name in names.items()],
        "changes": [
            (str(j.change.pk), f"{j.change.before.reference}: {j.judgement.reason}")
            for j in savings
        ],
    }


def _claim(form: LineForm, authority: Authority) -> ledger_actions.Claim:
    said = form.cleaned_data
    chosen = {str(j.change.pk): j.change for j in money.judged_changes(authority)}
    return ledger_actions.Claim(
        title=said["title"],
        how_worked_out=said["how_worked_out"],
        kind=Kind(said["kind"]),
        budget=Organisation.objects.get(authority=authority, pk=said["budget"]),
        service=said["service"],
        first_year=said["first_year"],
        yearly=said["yearly"],
        evidence_grade=said["evidence_grade"],
        taper=said["taper"],
        is_lasting=said["is_lasting"],
        neighbourhood_id=UUID(said["neighbourhood"]) if said["neighbourhood"] else None,
        changes=[chosen[pk] for pk in said["changes"]],
        measures=[said["measure"].strip()] if said["measure"].strip() else [],
    )


def _as_typed(old: LedgerLine) -> dict[str, Any]:
    names = ("title", "how_worked_out", "kind", "service", "first_year", "yearly")
    more = ("is_lasting", "evidence_grade")
    return {
        **{name: getattr(old, name) for name in (*names, *more)},
        "budget": str(old.budget_id),
        "neighbourhood": str(old.neighbourhood_id or ""),
        "taper": ", ".join(old.taper),
        "changes": [str(e.change_id) for e in old.effects.all() if e.change_id],
        "measure": next((e.measure for e in old.effects.all() if e.measure), ""),
    }
