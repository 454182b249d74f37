"""The two columns of a deal, as they were shown on one day: plain lines.

Pure. A deal is two-sided or it is not a deal: ``check_both`` is asked before anything
is shown, and again before anything is agreed.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from thedeal.deals.states import Side
from thedeal.lib.errors import UserFacingError

ONE_COLUMN = {
    Side.OURS: "Our column is empty. Say what we will do, too.",
    Side.YOURS: "Their column is empty. Ask what they would like to do, too.",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One promise as it is shown: whose side, who, what, by when."""

    promise: str
    side: Side
    who: str
    what: str
    by_when: dt.date


def of_side(lines: Iterable[Line], side: Side) -> list[Line]:
    """Give one column, in order of its dates."""
    mine = [line for line in lines if line.side == side]
    return sorted(mine, key=lambda line: (line.by_when, line.promise))


def check_both(lines: list[Line]) -> None:
    """Raise UserFacingError, saying which, where a column is empty."""
    for side, sentence in ONE_COLUMN.items():
        if not of_side(lines, side):
            raise UserFacingError(sentence)


def packed(lines: Iterable[Line]) -> str:
    """Give the text under which lines are kept, the same for the same lines."""
    rows = [asdict(line) | {"by_when": line.by_when.isoformat()} for line in lines]
    return json.dumps(sorted(rows, key=lambda row: str(row["promise"])))


def unpacked(stored: str) -> list[Line]:
    """Give the lines that were kept; none where the person's record was erased."""
    try:
        rows = json.loads(stored)
    except ValueError:
        return []
    return [
        Line(
            promise=row["promise"],
            side=Side(row["side"]),
            who=row["who"],
            what=row["what"],
            by_when=dt.date.fromisoformat(row["by_when"]),
        )
        for row in rows
    ]
