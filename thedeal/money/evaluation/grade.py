"""How strong the evidence is, worked out from what was actually done.

The Maryland scale: 5 randomised; 4 natural experiment; 3 comparison group before and
after; 2 matched or controlled single group; 1 simple before and after; 0 (ours)
nothing measured. Nobody may type a grade in: it follows from the design.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Design:
    """What was done, each a plain fact that the code or a signed record knows."""

    has_before: bool
    has_after: bool
    has_comparison: bool = False
    comparison_has_before: bool = False
    is_balanced: bool = False
    chance_decided_by: str = ""  # the record of a rule or accident that decided
    lot_drawn_by: str = ""  # the record of the draw


def maryland(design: Design) -> int:
    """Give the grade of a design, 0 to 5.

    A comparison whose people are not alike enough, or were not seen before, is worth
    2 and no more, whatever else was done.
    """
    if not design.has_after:
        return 0
    if not design.has_comparison:
        return 1 if design.has_before else 0
    is_fair = design.has_before and design.comparison_has_before
    if design.lot_drawn_by and is_fair:
        return 5
    if design.chance_decided_by and is_fair:
        return 4
    return 3 if is_fair and design.is_balanced else 2
