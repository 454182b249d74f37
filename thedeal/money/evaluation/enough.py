"""Whether there are enough people to say anything at all.

Two rules, both decided before looking at the effect, so that they cannot hide a result
somebody dislikes: nobody may be recognised (8 in every group shown, the platform's
disclosure rule), and a difference worth having must have had a fair chance of being
seen (power). Must never look at the effect itself.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The numbers the rules use; a council may only make them stricter."""

    least_shown: int = 8  # disclosure: NHS England secondary-care rule, 2018
    least_with_two_readings: int = 30  # WEMWBS guidance for any before-and-after claim
    power: float = 0.8
    alpha: float = 0.05  # two-sided


def detectable(
    *, sd_change: float, count: int, other_count: int, rules: Rules
) -> float:
    """Give the smallest true difference seen ``power`` of the time, in its own unit.

    (t at alpha/2 + t at power) x sd x sqrt(1/n + 1/m), with n + m - 2 degrees of
    freedom: the usual two-group approximation.
    """
    freedom = count + other_count - 2
    if freedom < 1:
        return float("inf")
    from scipy import stats  # slow to load, seldom needed

    reach = stats.t.ppf(1 - rules.alpha / 2, freedom) + stats.t.ppf(
        rules.power, freedom
    )
    return float(reach * sd_change * np.sqrt(1 / count + 1 / other_count))


def too_thin(
    *,
    count: int,
    other_count: int,
    sd_change: float,
    worthwhile: float,
    unit: str,
    rules: Rules,
) -> list[str]:
    """Give the reasons to show nothing; empty when there is enough.

    ``worthwhile`` is the smallest difference that would matter, said beforehand.
    """
    if min(count, other_count) < rules.least_shown:
        return [
            f"There are fewer than {rules.least_shown} people in a group, so a figure "
            "could point at somebody. Nothing is shown."
        ]
    reach = detectable(
        sd_change=sd_change, count=count, other_count=other_count, rules=rules
    )
    if reach > worthwhile:
        return [
            f"With {count} people who changed and {other_count} like them, we would be "
            f"likely to see a difference of {reach:.2g} or more ({unit}); "
            f"{worthwhile:.2g} would matter already. There are too few people to tell. "
            "Nothing is shown."
        ]
    return []


def too_few_pairs(count: int, *, rules: Rules) -> list[str]:
    """Give the reason to show no before and after; empty when there is enough."""
    if count >= rules.least_with_two_readings:
        return []
    return [
        f"Fewer than {rules.least_with_two_readings} people have both a first and a "
        "later reading. Nothing is shown."
    ]
