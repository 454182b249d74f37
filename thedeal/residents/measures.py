"""Scores answers exactly as the owners of each measure say; never more than that.

Definitions (wording, order, tables) come in as data from definitions/measures;
this module is arithmetic. It never sums what must not be summed, never scores for
somebody else, and gives None, not a guess, where an answer is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, int | str | None]


class LockedError(ValueError):
    """The measure's owners ask for a registration that the council has not entered."""


class AnswerError(ValueError):
    """An answer that the measure does not have."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """One figure of a measure: ``value`` None means that it was not given."""

    measure: str
    part: str
    value: float | None
    band: str = ""


def score(
    measure: str,
    definition: Mapping[str, Any],
    answers: Answers,
    *,
    is_registered: bool = False,
) -> list[Score]:
    """Give each figure of a measure from its answers.

    Raises LockedError where the measure needs a registration, and AnswerError
    for an answer outside its scale.
    """
    if definition.get("locked") and not is_registered:
        raise LockedError(str(definition.get("unlock", "Enter the registration.")))
    return SCORERS[measure](definition, answers)


def ons4(definition: Mapping[str, Any], answers: Answers) -> list[Score]:
    """Give the four ONS figures, each alone: there is no sum (ONS, M10)."""
    found = []
    for question in definition["questions"]:
        value = _whole(answers.get(question["id"]), low=0, high=10)
        bands = definition["bands"][question["better"]]
        found.append(
            Score(
                measure="ons4",
                part=question["id"],
                value=value,
                band=band(value, bands),
            )
        )
    return found


def loneliness(definition: Mapping[str, Any], answers: Answers) -> list[Score]:
    """Give the indirect sum (3 to 9, None if any is blank) and the direct answer."""
    parts = [_coded(question, answers) for question in definition["questions"]]
    by_id = {q["id"]: v for q, v in zip(definition["questions"], parts, strict=True)}
    indirect = [by_id[name] for name in definition["summed"]]
    total = None if None in indirect else float(sum(v for v in indirect if v))
    often = definition["often_called_lonely_from"]
    flag = "" if total is None else ("6 or more" if total >= often else "under 6")
    return [
        Score(measure="loneliness", part="indirect", value=total, band=flag),
        Score(measure="loneliness", part="direct", value=by_id["lonely"]),
    ]


def djg6(definition: Mapping[str, Any], answers: Answers) -> list[Score]:
    """Give the total and both parts; the middle answer always counts one.

    The total allows one missing answer, a part none (authors' own syntax, M4).
    """
    emotional = _counting(definition, answers, "emotional", ("yes", "more or less"))
    social = _counting(definition, answers, "social", ("no", "more or less"))
    both = [*emotional, *social]
    missing = both.count(None)
    total = None if missing > 1 else float(sum(v for v in both if v))
    return [
        Score(
            measure="djg6",
            part="total",
            value=total,
            band=band(total, definition["bands"]),
        ),
        _part("emotional", emotional),
        _part("social", social),
    ]


def cel(definition: Mapping[str, Any], answers: Answers) -> list[Score]:
    """Give the sum of the three (0 to 12, 12 the loneliest), all three needed."""
    parts = [_coded(question, answers) for question in definition["questions"]]
    whole = None not in parts
    total = float(sum(v for v in parts if v)) if whole else None
    return [Score(measure="cel", part="total", value=total)]


def swemwbs(definition: Mapping[str, Any], answers: Answers) -> list[Score]:
    """Give the metric score, all seven needed; raw totals are never given out."""
    values = [
        _whole(answers.get(question["id"]), low=1, high=5)
        for question in definition["questions"]
    ]
    if None in values:
        return [Score(measure="swemwbs", part="metric", value=None)]
    raw = sum(int(v) for v in values if v is not None)
    metric = float(definition["metric"][raw])
    return [
        Score(
            measure="swemwbs",
            part="metric",
            value=metric,
            band=band(round(metric, 1), definition["bands"]),
        )
    ]


def goal_change(ratings: Sequence[int]) -> int | None:
    """Give last minus first of one goal's ratings (0 to 10), or None under two."""
    checked = [_whole(rating, low=0, high=10) for rating in ratings]
    if len(checked) < 2 or checked[0] is None or checked[-1] is None:
        return None
    return int(checked[-1] - checked[0])


def band(value: float | None, bands: Sequence[Sequence[Any]]) -> str:
    """Give the name of the band a value is in ("" where there is none)."""
    for low, high, name in bands if value is not None else ():
        if low <= value <= high:
            return str(name)
    return ""


def is_nhs_number(text: str) -> bool:
    """Say whether ten digits pass the NHS number's check digit (weights 10 to 2)."""
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        return False
    total = sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return check != 10 and check == int(digits[9])


def _coded(question: Mapping[str, Any], answers: Answers) -> float | None:
    given = answers.get(question["id"])
    if given is None or given == "":
        return None
    codes = {str(words): code for words, code in question["answers"]}
    if given in codes:
        return float(codes[str(given)])
    if isinstance(given, int) and given in codes.values():
        return float(given)
    raise AnswerError(f"'{given}' is not an answer to: {question['text']}")


def _counting(
    definition: Mapping[str, Any], answers: Answers, part: str, ones: Sequence[str]
) -> list[int | None]:
    found: list[int | None] = []
    for question in definition["questions"]:
        if question["part"] != part:
            continue
        given = answers.get(question["id"])
        if given not in (None, "", *definition["answers"]):
            raise AnswerError(f"'{given}' is not yes, more or less, or no.")
        found.append(None if given in (None, "") else int(given in ones))
    return found


def _part(name: str, values: Sequence[int | None]) -> Score:
    value = None if None in values else float(sum(v for v in values if v))
    words = "" if value is None else ("lonely" if value else "not lonely")
    return Score(measure="djg6", part=name, value=value, band=words)


def _whole(given: int | str | None, *, low: int, high: int) -> float | None:
    if given is None or given == "":
        return None
    try:
        value = int(given)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise AnswerError(f"'{given}' is not a whole number from {low} to {high}.")
    return float(value)


SCORERS = {
    "ons4": ons4,
    "loneliness": loneliness,
    "djg6": djg6,
    "cel": cel,
    "swemwbs": swemwbs,
}
