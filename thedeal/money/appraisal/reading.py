"""Making a case from YAML and the definitions, with a clear sentence when it is wrong.

Reads text that somebody typed, so every word is checked and nothing is guessed. Must
never let an unknown word pass: a misspelt `drop_of` would silently do nothing.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from thedeal.lib.definitions import Entry
from thedeal.money import unit_costs
from thedeal.money.appraisal import bias, rule_sets
from thedeal.money.appraisal.case import Case, CaseError, WellbeingLine
from thedeal.money.appraisal.lines import Desk, cost_line, outcome_line
from thedeal.money.appraisal.montecarlo import MOST_DRAWS
from thedeal.money.parameters import Parameter, from_case, from_entry, number
from thedeal.money.prices import Deflator

CASE_WORDS = {
    "title", "made_up", "rules", "price_base", "years", "seed", "draws", "tax_uplift",
    "optimism", "costs", "outcomes", "wellbeing", "notes",
}  # fmt: skip
MOST_YEARS = 120
LIFE_SATISFACTION_POINTS = 10


def read_case(text: str, *, entries: Mapping[str, Entry]) -> Case:
    """Read a case; raise CaseError (or another user-facing error) if it is wrong."""
    raw = _load(text)
    rules = rule_sets.rule_set(entries, name=str(raw.get("rules", "")))
    base = price_base(raw.get("price_base"))
    years = whole(raw.get("years"), what="years", most=MOST_YEARS)
    desk = _desk(raw, entries, base=base, years=years)
    return Case(
        title=str(raw.get("title", "Untitled case")),
        is_made_up=bool(raw.get("made_up", False)),
        rules=rules,
        price_base=base,
        years=years,
        seed=whole(raw.get("seed", 2017), what="seed", most=2**32 - 1, least=0),
        draws=whole(raw.get("draws", 2000), what="draws", most=MOST_DRAWS),
        tax_factor=rules.uplift(is_asked=raw.get("tax_uplift", False) is True),
        costs=tuple(cost_line(r, desk, at=i) for i, r in _rows(raw, "costs")),
        outcomes=tuple(outcome_line(r, desk, at=i) for i, r in _rows(raw, "outcomes")),
        wellbeing=tuple(
            _wellbeing(r, years=years, at=i) for i, r in _rows(raw, "wellbeing")
        ),
        wellby_pounds=wellby_at(entries, desk.deflator, base=base),
        wellby_least_grade=int(entries["money/wellby.least_evidence_grade"].value),
        ladder_title=desk.ladder.title if desk.ladder else "",
        said=tuple(_said(raw, desk)),
    )


def _load(text: str) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CaseError(f"The case is not YAML we can read: {error}") from error
    if not isinstance(raw, dict):
        raise CaseError("The case should be words with values, starting with a title.")
    strange = sorted(set(map(str, raw)) - CASE_WORDS)
    if strange:
        raise CaseError(f"The case has words we do not know: {', '.join(strange)}.")
    return raw


def _desk(
    raw: Mapping[str, Any], entries: Mapping[str, Entry], *, base: str | int, years: int
) -> Desk:
    deflator = Deflator(
        title=entries["money/deflators.gdp"].title,
        index=entries["money/deflators.gdp"].table,
    )
    deflator.of(base)  # a base with no index is refused now, not in some line
    name = raw.get("optimism")
    entry = entries.get(f"money/optimism.{name}")
    if name is not None and entry is None:
        raise CaseError(f"There is no optimism ladder called {name}.")
    ladder = entry and bias.read_ladder(
        entry.key, title=entry.title, table=entry.table, status=entry.status
    )
    costs = unit_costs.read_table(entries["money/unit_costs.gmca-1-4"])
    return Desk(
        entries=entries,
        deflator=deflator,
        base=base,
        years=years,
        ladder=ladder or None,
        unit_costs=costs,
    )


def _said(raw: Mapping[str, Any], desk: Desk) -> list[str]:
    if desk.ladder is None:
        return ["No optimism ladder is named, so only capital costs are corrected."]
    if desk.ladder.status == "unverified":
        return [f"UNVERIFIED: {desk.ladder.title} (how hope is corrected)."]
    return []


def _rows(raw: Mapping[str, Any], word: str) -> list[tuple[int, dict[str, Any]]]:
    rows = raw.get(word) or []
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise CaseError(f"{word} should be a list, each line beginning with a dash.")
    return list(enumerate(rows, 1))


def _wellbeing(raw: dict[str, Any], *, years: int, at: int) -> WellbeingLine:
    title = str(raw.get("title", f"wellbeing {at}"))
    key = f"wellbeing.{raw.get('effect', title)}"
    points = from_case(
        raw.get("points"), key=f"{key}.points", title=f"{title}: change in life "
        "satisfaction", unit="points of 10, a person, each year"
    )  # fmt: skip
    if max(map(abs, points.span)) > LIFE_SATISFACTION_POINTS:
        raise CaseError(f"{title}: life satisfaction runs from 0 to 10.")
    return WellbeingLine(
        key=key,
        title=title,
        effect=str(raw.get("effect", title)),
        people=from_case(
            raw.get("people"),
            key=f"{key}.people",
            title=f"{title}: people",
            unit="people",
        ),
        points=points,
        years=whole(raw.get("years"), what=f"{title} years", most=years),
        evidence_grade=whole(
            raw.get("evidence_grade", 1),
            what=f"{title} evidence_grade",
            most=5,
            least=0,
        ),
    )


def wellby_at(
    entries: Mapping[str, Entry], deflator: Deflator, *, base: str | int
) -> Parameter:
    """Give the value of one WELLBY lifted by prices alone to a price base."""
    entry = entries["money/wellby.standard"]
    standard = from_entry(entry)
    low, high = standard.span
    lift = deflator.rebase(1.0, base=int(entry.more["price_base"]), to=base)
    return Parameter(
        key=standard.key,
        title=f"{standard.title}, at {base} prices",
        value=standard.value * lift,
        low=low * lift,
        high=high * lift,
        unit=f"pounds a WELLBY, {base} prices",
        source=standard.source,
        status=standard.status,
        review_by=standard.review_by,
        notes=standard.notes,
    )


def price_base(raw: Any) -> str | int:
    """Read a price base: a calendar year or a financial year."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw:
        return int(raw) if raw.isdigit() else raw
    raise CaseError("Give a price_base, such as 2024 or 2013/14.")


def whole(raw: Any, *, what: str, most: int, least: int = 1) -> int:
    """Read a whole number in a range; raise CaseError naming it otherwise."""
    value = number(raw, what=what)
    if value != int(value) or not least <= value <= most:
        raise CaseError(f"{what}: give a whole number from {least} to {most}.")
    return int(value)
