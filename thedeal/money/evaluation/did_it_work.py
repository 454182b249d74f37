"""Did it work? The whole question asked of one group, and the answer or why there is none.

Matches, checks balance, checks there are enough people, and only then estimates. The
grade is worked out from what was done and stands beside the figure. Must never give a
figure without its interval, its grade and its balance.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from thedeal.money.evaluation import matching
from thedeal.money.evaluation.before_after import Withheld
from thedeal.money.evaluation.differences import Estimate, difference_in_differences
from thedeal.money.evaluation.enough import Rules, too_thin
from thedeal.money.evaluation.grade import Design, maryland
from thedeal.money.evaluation.matching import Matched, Method
from thedeal.money.evaluation.people import EvaluationError, People

METHOD = "matched difference in differences, version 1"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A figure with everything that must be printed beside it."""

    estimate: Estimate
    grade: int
    unit: str
    method: str
    matched_by: Method
    balance_before: Mapping[str, float]
    balance_after: Mapping[str, float]
    took_part: int
    unmatched: int
    missing: int
    sentences: tuple[str, ...]


def did_it_work(
    people: People,
    *,
    worthwhile: float,
    unit: str,
    method: Method = "propensity",
    rules: Rules | None = None,
    chance_decided_by: str = "",
    lot_drawn_by: str = "",
) -> Answer | Withheld:
    """Compare those who took part with people like them, or say why nothing is shown.

    ``worthwhile`` is the smallest difference that would matter, in ``unit``, decided
    before looking. ``lot_drawn_by`` and ``chance_decided_by`` name the record that
    shows chance, not choice, decided; without one the grade is at most 3.
    """
    rules = rules or Rules()
    if not worthwhile > 0:
        raise EvaluationError("Say how large a difference would matter, above nought.")
    matched = _matched(people, method=method, rules=rules)
    if isinstance(matched, Withheld):
        return matched
    why_not = too_thin(
        count=len(matched.ours.keys),
        other_count=len(matched.theirs.keys),
        sd_change=_sd_change(matched),
        worthwhile=worthwhile,
        unit=unit,
        rules=rules,
    )
    if why_not:
        return Withheld(reasons=tuple(why_not))
    estimate = difference_in_differences(matched, alpha=rules.alpha)
    sides = people.with_both_readings()
    design = Design(
        has_before=True,
        has_after=True,
        has_comparison=True,
        comparison_has_before=True,
        is_balanced=matched.is_balanced,
        chance_decided_by=chance_decided_by,
        lot_drawn_by=lot_drawn_by,
    )
    return Answer(
        estimate=estimate,
        grade=maryland(design),
        unit=unit,
        method=METHOD,
        matched_by=method,
        balance_before=matched.balance_before,
        balance_after=matched.balance_after,
        took_part=int(sides.took_part.sum()),
        unmatched=matched.unmatched,
        missing=len(people.keys) - len(sides.keys),
        sentences=tuple(_sentences(matched, estimate, unit=unit)),
    )


def _matched(people: People, *, method: Method, rules: Rules) -> Matched | Withheld:
    """Match, unless either side is too small to show anything about."""
    seen = people.with_both_readings()
    took_part = int(seen.took_part.sum())
    smaller = min(took_part, len(seen.keys) - took_part)
    reason = (
        f"There are fewer than {rules.least_shown} people in a group, so a figure could "
        "point at somebody. Nothing is shown."
    )
    if smaller < rules.least_shown:
        return Withheld(reasons=(reason,))
    matched = matching.match(people, method=method)
    if len(matched.ours.keys) < rules.least_shown:
        return Withheld(
            reasons=("Too few people have somebody like them. Nothing is shown.",)
        )
    return matched


def _sd_change(matched: Matched) -> float:
    """Give the spread of changes within each side, so that the effect plays no part."""
    variances = matched.ours.change.var(ddof=1), matched.theirs.change.var(ddof=1)
    return float((sum(variances) / 2) ** 0.5)


def _way(change: float) -> str:
    return "lower" if change < 0 else "higher"


def _range(estimate: Estimate) -> str:
    """Give both ends as they are said: "236.15 and 347.43 lower"."""
    ends = sorted((estimate.low, estimate.high), key=abs)
    near, far = (f"{abs(end):.2f} {_way(end)}" for end in ends)
    same = _way(estimate.low) == _way(estimate.high)
    return f"{abs(ends[0]):.2f} and {far}" if same else f"{near} and {far}"


def _sentences(matched: Matched, estimate: Estimate, *, unit: str) -> list[str]:
    said = [
        "Beside people like them, those who took part came out "
        f"{abs(estimate.effect):.2f} {unit}, {_way(estimate.effect)}; with 95% "
        f"confidence between {_range(estimate)}."
    ]
    if estimate.could_be_nothing:
        said.append("That could be nothing at all: the range holds nought.")
    if matched.unmatched:
        said.append(
            f"{matched.unmatched} who took part had nobody like them and are left out, "
            "so this is not about them."
        )
    if not matched.is_balanced:
        said.append(
            "The two groups did not begin alike enough "
            f"(largest difference {matched.worst_balance:.2f} standard deviations), so "
            "this is weak evidence."
        )
    said.append("People may differ in ways nobody recorded; this cannot rule that out.")
    return said
