"""The two figures that are told together: before and after, and beside similar people.

Before and after alone is told with what would have come by itself, worked out from
those in the same rows who did not change. Must never be shown without the comparison,
or the reason why there is none.
"""

from dataclasses import asdict
from typing import Any

import numpy as np

from thedeal.lib.errors import UserFacingError
from thedeal.money.evaluation.before_after import (
    BeforeAfter,
    Everyone,
    Withheld,
    before_and_after,
)
from thedeal.money.evaluation.did_it_work import Answer, did_it_work
from thedeal.money.evaluation.enough import Rules
from thedeal.money.evaluation.people import People
from thedeal.money.parameters import Parameter


def both_ways(people: People, *, worthwhile: float, unit: str) -> dict[str, Any]:
    """Give both answers as plain figures that can be kept and printed.

    ``{"compared": {...} | None, "before_after": {...} | None, "reasons": [...]}``;
    the comparison's figures are those of ``Answer``, the other's of ``BeforeAfter``.
    """
    told: dict[str, Any] = {"compared": None, "before_after": None, "reasons": []}
    try:
        compared = did_it_work(people, worthwhile=worthwhile, unit=unit)
    except UserFacingError as error:
        compared = Withheld(reasons=(error.sentence,))
    if isinstance(compared, Answer):
        told["compared"] = asdict(compared)
    else:
        told["reasons"] += compared.reasons
        return told
    alone = _alone(people, unit=unit)
    if isinstance(alone, BeforeAfter):
        told["before_after"] = asdict(alone)
    elif alone is not None:
        told["reasons"] += alone.reasons
    return told


def _alone(people: People, *, unit: str) -> BeforeAfter | Withheld | None:
    everyone = everyone_of(people, unit=unit)
    if everyone is None:
        return None
    return before_and_after(people, everyone=everyone, unit=unit)


def everyone_of(
    people: People, *, unit: str, rules: Rules | None = None
) -> Everyone | None:
    """Give the mean of all, and how two readings of the unchanged hang together.

    None where fewer did not change than a before-and-after may be shown of, or where
    their readings are all the same.
    """
    seen = people.with_both_readings()
    others = seen.chosen(np.flatnonzero(~seen.took_part))
    least = (rules or Rules()).least_with_two_readings
    if len(others.keys) < least or not (others.before.std() and others.after.std()):
        return None
    tie = float(np.corrcoef(others.before, others.after)[0, 1])
    source = f"{len(others.keys)} people of this borough who did not change"
    return Everyone(
        mean=Parameter(
            key="everyone.mean",
            title="Mean before",
            value=float(seen.before.mean()),
            unit=unit,
            source=source,
            status="secondary",
        ),
        repeat_correlation=Parameter(
            key="everyone.tie",
            title="Correlation of two readings",
            value=min(max(tie, 0.0), 1.0),
            unit="correlation",
            source=source,
            status="secondary",
        ),
    )
