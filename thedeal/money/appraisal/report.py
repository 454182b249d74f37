"""What an appraisal comes to, as words for people and JSON for machines.

Every figure has its unit and range; every number the case stands on is listed with
its source and standing, in both forms. Cash, public value and wellbeing stand apart
and must never be added together here.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thedeal.lib.definitions import Entry
from thedeal.money.appraisal import montecarlo, pots
from thedeal.money.appraisal.case import Case
from thedeal.money.appraisal.figures import case_figures
from thedeal.money.appraisal.montecarlo import Range
from thedeal.money.appraisal.reading import read_case
from thedeal.money.parameters import Parameter, unsettled

METHOD = "appraisal, version 1"


@dataclass(frozen=True, kw_only=True)
class Report:
    """One appraisal worked out: figures, what it stands on, what to be wary of."""

    title: str
    is_made_up: bool
    method: str
    rules: str
    price_base: str
    years: int
    seed: int
    draws: int
    figures: Mapping[str, Range]
    payback_year: int | None
    chance_pays_back: float | None
    by_year: tuple[Mapping[str, float], ...]
    evidence: Mapping[str, int]
    corrections: Mapping[str, str]
    cash_signed_by: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    warnings: tuple[str, ...] = field(default=())

    def as_json(self) -> str:
        """Give the whole report as JSON; the same case gives the same bytes."""
        body = dataclasses.asdict(self)
        body["parameters"] = [_parameter_row(p) for p in self.parameters]
        return json.dumps(
            body, indent=2, sort_keys=True, ensure_ascii=False, default=str
        )

    @property
    def how(self) -> str:
        """Say in a line how it was worked out."""
        return (
            f"{self.method}; {self.rules}; {self.price_base} prices; "
            f"{self.years} years from year 0; {self.draws:,} draws, seed {self.seed}."
        )

    def stands_on(self) -> list[str]:
        """Give each number it stands on, those nobody checked marked."""
        return [_parameter_line(parameter) for parameter in self.parameters]

    def as_text(self) -> str:
        """Give the whole report as plain text, one figure or number a line."""
        return "\n".join(_lines(self)) + "\n"


def _parameter_row(parameter: Parameter) -> dict[str, Any]:
    low, high = parameter.span
    row = dataclasses.asdict(parameter)
    return {**row, "low": low, "high": high}


def run_case(
    text: str, *, entries: Mapping[str, Entry], today: dt.date | None = None
) -> Report:
    """Work out the case written in YAML ``text`` with the definitions ``entries``.

    ``today`` is only for marking parameters past their review date; leave it out and
    none is marked. Raises UserFacingError with a sentence when the case is wrong.
    """
    return report_on(read_case(text, entries=entries), today=today)


def report_on(case: Case, *, today: dt.date | None = None) -> Report:
    """Work out a case already read."""
    parameters = case.parameters()
    central = pots.work_out(case, montecarlo.central_values(parameters))
    drawn_at = montecarlo.drawn_values(parameters, seed=case.seed, draws=case.draws)
    drawn = pots.work_out(case, drawn_at)
    worked = case_figures(case, central=central, drawn=drawn, drawn_values=drawn_at)
    return Report(
        title=case.title,
        is_made_up=case.is_made_up,
        method=METHOD,
        rules=case.rules.title,
        price_base=str(case.price_base),
        years=case.years,
        seed=case.seed,
        draws=case.draws,
        figures=worked.figures,
        payback_year=worked.payback_year,
        chance_pays_back=worked.chance_pays_back,
        by_year=worked.by_year,
        evidence={o.title: o.evidence_grade for o in case.outcomes}
        | {w.title: w.evidence_grade for w in case.wellbeing},
        corrections={c.title: c.bias_note for c in case.costs}
        | {o.title: o.bias_note for o in case.outcomes},
        cash_signed_by={
            f"{outcome.title}, {cash.agency}": cash.signed_by
            for outcome in case.outcomes
            for cash in outcome.cashable
        },
        parameters=parameters,
        warnings=tuple(_warnings(case, today=today)),
    )


def _warnings(case: Case, *, today: dt.date | None) -> list[str]:
    said = list(case.said)
    if case.is_made_up:
        said.insert(0, "MADE UP: this case is an example, not a real proposal.")
    if case.rules.is_older:
        said.append(
            f"OLDER EDITION: {case.rules.title} was replaced on "
            f"{case.rules.in_force_to}. {case.rules.notes}"
        )
    if case.tax_factor != 1:
        said.append(
            "Public costs carry this older edition's uplift for raising tax "
            f"(x {case.tax_factor:g}). The 2026 edition has none."
        )
    weak = [
        w.title for w in case.wellbeing if w.evidence_grade < case.wellby_least_grade
    ]
    said += [
        f"{title}: the wellbeing is counted but not valued in pounds, because evidence "
        f"below grade {case.wellby_least_grade} cannot show what caused it."
        for title in weak
    ]
    if all(o.evidence_grade <= 1 for o in case.outcomes) and case.outcomes:
        said.append("Every effect here is grade 1 evidence or weaker: a forecast.")
    return said + unsettled(case.parameters(), today=today or dt.date.min)


def _lines(report: Report) -> list[str]:
    return [
        report.title,
        "=" * len(report.title),
        report.how,
        "",
        *(f"! {warning}" for warning in report.warnings),
        "",
        "Figures: central (low to high: nine draws in ten lie between)",
        *(_figure_line(name, figure) for name, figure in report.figures.items()),
        f"  pays back: {_payback_words(report)}",
        "",
        "Evidence (Maryland scale, 5 strongest) and correction for hope",
        *(f"  grade {grade}: {title}" for title, grade in report.evidence.items()),
        *(f"  {title}: {note}" for title, note in report.corrections.items()),
        "",
        "Who signed that it is cash",
        *(f"  {what}: {who}" for what, who in report.cash_signed_by.items()),
        *([] if report.cash_signed_by else ["  nobody, so none of it is cash"]),
        "",
        "What it stands on",
        *(f"  {line}" for line in report.stands_on()),
    ]


def _figure_line(name: str, figure: Range) -> str:
    return (
        f"  {name}: {figure.central:,.2f} ({figure.low:,.2f} to {figure.high:,.2f}) "
        f"{figure.unit}"
    )


def _payback_words(report: Report) -> str:
    if report.chance_pays_back is None:
        return "nothing was spent, so there is nothing to pay back"
    chance = f"in {report.chance_pays_back:.0%} of draws within the years looked at"
    if report.payback_year is None:
        return f"not in {report.years} years on central figures; {chance}"
    return f"in year {report.payback_year} on central figures; {chance}"


def _parameter_line(parameter: Parameter) -> str:
    low, high = parameter.span
    spread = f" ({low:,g} to {high:,g})" if parameter.is_uncertain else ""
    mark = {"unverified": "UNVERIFIED ", "secondary": "second-hand "}
    return (
        f"{mark.get(parameter.status, '')}{parameter.title}: "
        f"{parameter.value:,g}{spread} {parameter.unit} [{parameter.source}]"
    )
