"""Building a case without YAML, and what it comes to."""

import yaml
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thedeal.board.forms.appraisal import CaseForm, Costs, Outcomes, as_case
from thedeal.board.views.money import money_of
from thedeal.lib import definitions
from thedeal.lib.errors import UserFacingError
from thedeal.money.appraisal.report import Report, run_case


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest) -> HttpResponse:
    """Ask for a case; work it out beside the questions, which stay filled."""
    authority = money_of(request)
    typed = request.POST or None
    case = CaseForm(typed)
    costs = Costs(typed, prefix="costs")
    outcomes = Outcomes(typed, prefix="outcomes")
    report: Report | None = None
    text = ""
    valid = [form.is_valid() for form in (case, costs, outcomes)] if typed else [False]
    if all(valid):
        text = yaml.safe_dump(
            as_case(case, costs, outcomes), sort_keys=False, allow_unicode=True
        )
        try:
            report = run_case(
                text, entries=definitions.everything(), today=timezone.localdate()
            )
        except UserFacingError as error:
            case.add_error(None, error.sentence)
    found = {"case": case, "costs": costs, "outcomes": outcomes}
    more = {
        "report": report,
        "text": text,
        "authority_id": authority.pk,
        "figure_rows": _figures(report) if report else [],
        "unsure": sum(p.status != "verified" for p in report.parameters)
        if report
        else 0,
    }
    return render(request, "board/appraisal.html", found | more)


def _figures(report: Report) -> list[list[str]]:
    return [
        [
            name,
            f"{figure.central:,.2f}",
            f"{figure.low:,.2f}",
            f"{figure.high:,.2f}",
            figure.unit,
        ]
        for name, figure in report.figures.items()
    ]
