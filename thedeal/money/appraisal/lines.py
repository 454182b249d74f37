"""Reading one cost or one outcome of a case file.

Kept apart from ``reading`` because a line has the most words. Must never accept a
word it does not use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thedeal.lib.definitions import Entry
from thedeal.money.appraisal import bias
from thedeal.money.appraisal.additionality import PARTS, Additionality
from thedeal.money.appraisal.case import POTS, CaseError, Cashable, CostLine, Outcome
from thedeal.money.parameters import Parameter, from_case, number, source_line
from thedeal.money.prices import Deflator
from thedeal.money.unit_costs import UnitCost

COST_WORDS = {"title", "agency", "pounds", "spread", "price_base", "grade", "capital"}
OUTCOME_WORDS = {
    "title", "effect", "pot", "people", "engaged", "retained", "success",
    "units_a_year", "unit_value", "unit_cost", "pounds", "price_base",
    "additionality", "profile", "drop_off", "grade", "shares", "agency",
    "cashable", "evidence_grade", "is_health",
}  # fmt: skip
WORST_GRADE = 6
CHAIN = {
    "people": "people",
    "engaged": "share of people",
    "retained": "share of people",
    "success": "share of people",
    "units_a_year": "units a person a year",
}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a line is read against: definitions, price base, ladder, unit costs."""

    entries: Mapping[str, Entry]
    deflator: Deflator
    base: str | int
    years: int
    ladder: bias.Ladder | None
    unit_costs: Mapping[str, UnitCost]

    def lift(self, raw: Mapping[str, Any]) -> float:
        """Give what a line's pounds are multiplied by to reach the case's base."""
        base = raw.get("price_base", self.base)
        return self.deflator.rebase(1.0, base=base, to=self.base)


def cost_line(raw: Mapping[str, Any], desk: Desk, *, at: int) -> CostLine:
    """Read one cost; raise CaseError with the word to mend."""
    title = _title(raw, COST_WORDS, kind="cost", at=at)
    key = f"cost.{title}"
    factor, note, capital = _cost_bias(raw, desk, key=key)
    pounds = _by_year(raw, desk, title=title)
    if min(pounds) < 0:
        raise CaseError(f"{title}: a cost is never negative. Put income as an outcome.")
    return CostLine(
        key=key,
        title=title,
        agency=str(raw.get("agency", "council")),
        pounds_by_year=tuple(p * desk.lift(raw) for p in pounds),
        spread=from_case(
            raw.get("spread"), key=f"{key}.spread", default=1,
            title=f"{title}: times the estimate", unit="times",
        ),
        bias_factor=factor,
        bias_note=note,
        capital=capital,
    )  # fmt: skip


def _cost_bias(
    raw: Mapping[str, Any], desk: Desk, *, key: str
) -> tuple[float, str, Parameter | None]:
    if "capital" in raw:
        return _capital_bias(raw["capital"], desk, key=key)
    if desk.ladder is None:
        return 1.0, "not corrected for optimism", None
    grade = int(number(raw.get("grade", WORST_GRADE), what=f"{key} grade"))
    return desk.ladder.cost_factor(grade), f"grade {grade} of the ladder", None


def _capital_bias(
    raw: Any, desk: Desk, *, key: str
) -> tuple[float, str, Parameter | None]:
    entry = desk.entries["money/optimism.capital-2003"]
    if not isinstance(raw, Mapping) or not {"kind", "upper"} & set(raw):
        raise CaseError(f"{key}: capital needs a kind or an upper, and mitigated.")
    mitigated = number(raw.get("mitigated", 0), what=f"{key} mitigated")
    if "kind" in raw and raw["kind"] not in entry.table:
        raise CaseError(f"{key}: choose a kind from {', '.join(entry.table)}.")
    bound = entry.table[raw["kind"]]["cost"] if "kind" in raw else raw["upper"]
    upper = Parameter(
        key=f"{key}.upper bound",
        title=f"{entry.title}: {raw.get('kind', 'as the author says')}",
        value=number(bound, what=f"{key} upper"),
        unit="fraction of the cost",
        source=source_line(entry) if "kind" in raw else "the author of this case",
        status=entry.status if "kind" in raw else "unverified",
        review_by=entry.review_by,
    )
    factor = bias.capital_factor(upper.value, mitigated=mitigated)
    return factor, f"capital, {upper.value:.0%}, {mitigated:.0%} mitigated", upper


def outcome_line(raw: Mapping[str, Any], desk: Desk, *, at: int) -> Outcome:
    """Read one outcome; raise CaseError with the word to mend."""
    title = _title(raw, OUTCOME_WORDS, kind="outcome", at=at)
    key = f"outcome.{raw.get('effect', title)}"
    is_stream = "pounds" in raw
    if raw.get("pot") not in POTS:
        raise CaseError(f"{title}: pot is one of {', '.join(POTS)}.")
    factor, note = _benefit_bias(raw, desk, title=title)
    shares = _shares(raw, desk, title=title)
    return Outcome(
        key=key,
        title=title,
        effect=str(raw.get("effect", title)),
        pot=raw["pot"],
        chain=() if is_stream else tuple(_chain(raw, desk, key=key, title=title)),
        additionality=_additionality(raw, desk, key=key, title=title),
        profile=_profile(raw, desk, title=title),
        pounds_by_year=_stream(raw, desk, title=title) if is_stream else None,
        drop_off=_drop_off(raw, key=key, title=title),
        bias_factor=factor,
        bias_note=note,
        shares=shares,
        cashable=tuple(_cashable(raw, shares=shares, key=key, title=title)),
        evidence_grade=_evidence(raw, title=title),
        is_health=raw.get("is_health", False) is True,
    )


def _title(raw: Mapping[str, Any], words: set[str], *, kind: str, at: int) -> str:
    title = str(raw.get("title") or f"{kind} {at}")
    strange = sorted(set(map(str, raw)) - words)
    if strange:
        raise CaseError(f"{title}: we do not know {', '.join(strange)}.")
    return title


def _by_year(raw: Mapping[str, Any], desk: Desk, *, title: str) -> tuple[float, ...]:
    pounds = raw.get("pounds")
    if not isinstance(pounds, list) or not pounds:
        raise CaseError(
            f"{title}: give pounds as a list, one for each year from year 0."
        )
    if len(pounds) > desk.years:
        raise CaseError(f"{title}: has {len(pounds)} years, the case has {desk.years}.")
    return tuple(number(p, what=f"{title} pounds") for p in pounds)


def _stream(raw: Mapping[str, Any], desk: Desk, *, title: str) -> tuple[float, ...]:
    both = {"unit_cost", "unit_value", "profile", *CHAIN} & set(raw)
    if both:
        raise CaseError(f"{title}: give pounds or {', '.join(sorted(both))}, not both.")
    return tuple(p * desk.lift(raw) for p in _by_year(raw, desk, title=title))


def _profile(raw: Mapping[str, Any], desk: Desk, *, title: str) -> tuple[float, ...]:
    profile = raw.get("profile", [0, 1])
    if not isinstance(profile, list) or not 0 < len(profile) <= max(desk.years, 2):
        raise CaseError(f"{title}: give a profile as a list of shares by year.")
    shares = tuple(number(p, what=f"{title} profile") for p in profile)
    if min(shares) < 0 or max(shares) > 1:
        raise CaseError(f"{title}: a profile's shares lie between 0 and 1.")
    return shares


def _chain(
    raw: Mapping[str, Any], desk: Desk, *, key: str, title: str
) -> list[Parameter]:
    chain = []
    for word, unit in CHAIN.items():
        each = from_case(
            raw.get(word), key=f"{key}.{word}", title=f"{title}: {word}", unit=unit,
            default=1,
        )  # fmt: skip
        is_share = unit == "share of people"
        if each.span[0] < 0 or (is_share and each.span[1] > 1):
            raise CaseError(f"{title}: {word} is out of range.")
        chain.append(each)
    return [*chain, _unit_value(raw, desk, key=key, title=title)]


def _unit_value(
    raw: Mapping[str, Any], desk: Desk, *, key: str, title: str
) -> Parameter:
    code = raw.get("unit_cost")
    if code is None:
        plain = from_case(
            raw.get("unit_value"), key=f"{key}.unit_value", title=f"{title}: one unit",
            unit=f"pounds a unit, {desk.base} prices",
        )  # fmt: skip
        return _lifted(plain, desk.lift(raw))
    row = desk.unit_costs.get(str(code))
    if row is None:
        raise CaseError(f"{title}: there is no unit cost {code} in the table loaded.")
    return Parameter(
        key=f"{key}.unit_cost {row.code}",
        title=f"{row.title} ({row.code}, edition {row.edition})",
        value=desk.deflator.rebase(row.pounds, base=row.price_base, to=desk.base),
        unit=f"pounds a {row.per}, {desk.base} prices (from {row.price_base})",
        source=row.source,
        status=row.status,
    )


def _lifted(plain: Parameter, lift: float) -> Parameter:
    low, high = plain.span
    return Parameter(
        key=plain.key,
        title=plain.title,
        value=plain.value * lift,
        low=low * lift,
        high=high * lift,
        unit=plain.unit,
        source=plain.source,
        status=plain.status,
        notes=plain.notes,
    )


def _benefit_bias(
    raw: Mapping[str, Any], desk: Desk, *, title: str
) -> tuple[float, str]:
    if desk.ladder is None:
        return 1.0, "not corrected for optimism"
    grade = int(number(raw.get("grade", WORST_GRADE), what=f"{title} grade"))
    return desk.ladder.benefit_factor(grade), f"grade {grade} of the ladder"


def _shares(raw: Mapping[str, Any], desk: Desk, *, title: str) -> dict[str, float]:
    row = desk.unit_costs.get(str(raw.get("unit_cost")))
    given = raw.get("shares")
    if given is None:
        return dict(row.shares) if row else {str(raw.get("agency", "council")): 1.0}
    shares = {str(a): number(s, what=f"{title} shares") for a, s in given.items()}
    # a share typed as 0.333 three times is meant as the whole
    if min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > 0.005:
        raise CaseError(f"{title}: the agencies' shares should add up to 1.")
    whole = sum(shares.values())
    return {agency: share / whole for agency, share in shares.items()}


def _additionality(
    line: Mapping[str, Any], desk: Desk, *, key: str, title: str
) -> Additionality:
    raw = line.get("additionality")
    if raw is None:
        raise CaseError(
            f"{title}: say what would have happened anyway. Name a set of "
            "additionality (central, health-and-wellbeing) or give your own shares, "
            "or write none."
        )
    if raw == "none":
        return Additionality(shares=())
    if isinstance(raw, str):
        raw = _named_set(raw, desk, title=title)
    strange = sorted(set(raw) - set(PARTS))
    if strange:
        raise CaseError(f"{title}: additionality has no {', '.join(strange)}.")
    return Additionality(
        shares=tuple(
            from_case(
                raw[part], key=f"{key}.{part}", title=f"{title}: {part}",
                unit="share of the effect",
            )
            for part in PARTS
            if part in raw
        )
    )  # fmt: skip


def _named_set(name: str, desk: Desk, *, title: str) -> dict[str, Any]:
    entry = desk.entries.get(f"money/additionality.{name}")
    if entry is None:
        raise CaseError(f"{title}: there is no set of additionality called {name}.")
    said = {"source": source_line(entry), "status": entry.status}
    return {part: {**spread, **said} for part, spread in entry.table.items()}


def _cashable(
    raw: Mapping[str, Any], *, shares: Mapping[str, float], key: str, title: str
) -> list[Cashable]:
    given = raw.get("cashable") or {}
    found = []
    for agency, each in given.items():
        if raw["pot"] != "fiscal" or agency not in shares:
            raise CaseError(f"{title}: only a fiscal share of {agency} can be cash.")
        if not isinstance(each, Mapping) or not each.get("signed_by"):
            raise CaseError(
                f"{title}: say who in {agency}'s finance signed that it is cash."
            )
        numbers = {k: v for k, v in each.items() if k not in {"from_year", "signed_by"}}
        fraction = from_case(
            numbers, key=f"{key}.cashable.{agency}", title=f"{title}: cash to {agency}",
            unit="share of the saving",
        )  # fmt: skip
        found.append(
            Cashable(
                agency=str(agency),
                fraction=fraction,
                from_year=_first_year(each, title=title),
                signed_by=str(each["signed_by"]),
            )
        )
    return found


def _first_year(raw: Mapping[str, Any], *, title: str) -> int:
    year = number(raw.get("from_year", 0), what=f"{title} from_year")
    if year != int(year) or year < 0:
        raise CaseError(f"{title}: from_year is a year of the case, from 0.")
    return int(year)


def _drop_off(raw: Mapping[str, Any], *, key: str, title: str) -> Parameter:
    share = from_case(
        raw.get("drop_off"), key=f"{key}.drop_off", title=f"{title}: lost each year",
        unit="share a year", default=0,
    )  # fmt: skip
    if share.span[0] < 0 or share.span[1] > 1:
        raise CaseError(f"{title}: drop_off lies between 0 and 1.")
    return share


def _evidence(raw: Mapping[str, Any], *, title: str) -> int:
    grade = number(raw.get("evidence_grade", 1), what=f"{title} evidence_grade")
    if grade not in (0, 1, 2, 3, 4, 5):
        raise CaseError(f"{title}: evidence_grade is 1 to 5 on the Maryland scale.")
    return int(grade)
