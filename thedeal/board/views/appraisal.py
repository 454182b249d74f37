"""Building a case without YAML, and what it comes to."""

from pathlib import Path

import yaml
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thedeal.board.forms.appraisal import CaseForm, Costs, Outcomes, as_case
from thedeal.board.views.money import money_of
from thedeal.lib import definitions, paper
from thedeal.lib.errors import UserFacingError
from thedeal.money.appraisal.report import Report, run_case

PAPER = Path(__file__).resolve().parents[1] / "templates" / "board" / "case.typ"


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
    if report and "paper" in request.POST:
        return _paper(report)
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


def _paper(report: Report) -> HttpResponse:
    """Give the case as a PDF that says all that the page and the command say."""
    is_made_up = settings.DEMO or report.is_made_up
    data = {
        "title": report.title,
        "how": report.how,
        "warnings": report.warnings,
        "figures": _figures(report),
        "stands_on": report.stands_on(),
        "made_up": "Made up. This is a demonstration." if is_made_up else "",
    }
    response = HttpResponse(paper.pdf(PAPER, data), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="case.pdf"'
    return response


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
