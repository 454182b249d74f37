"""The people an evaluation is about, as arrays, without a name or a date of birth.

``after`` may be missing (they left, died or were not asked): missing is counted and
said, never filled in. Rows are kept in the order of their keys, so that the order in
which they were fetched can change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thedeal.lib.errors import UserFacingError

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class EvaluationError(UserFacingError):
    """The question cannot be asked of these data; the sentence says why."""


@dataclass(frozen=True, kw_only=True, eq=False)
class People:
    """People who changed and people they may be compared with.

    ``traits`` is people by traits, numbers known before anything changed; ``same`` is
    what two people must share exactly to be compared (age band, sex, neighbourhood).
    """

    keys: tuple[str, ...]
    took_part: Flags
    before: Numbers
    after: Numbers
    traits: Numbers
    trait_names: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        sizes = {
            len(self.keys),
            len(self.took_part),
            len(self.before),
            len(self.after),
            len(self.traits),
            len(self.same),
        }
        if len(sizes) != 1 or self.traits.shape[1:] != (len(self.trait_names),):
            raise EvaluationError("The people and their readings do not line up.")
        if len(set(self.keys)) != len(self.keys):
            raise EvaluationError("Somebody is in the list twice.")
        if not np.isfinite(self.traits).all():
            raise EvaluationError("A trait is missing. Leave the person or trait out.")

    def chosen(self, rows: NDArray[np.intp]) -> "People":
        """Give only these rows, in this order."""
        return People(
            keys=tuple(self.keys[i] for i in rows),
            took_part=self.took_part[rows],
            before=self.before[rows],
            after=self.after[rows],
            traits=self.traits[rows],
            trait_names=self.trait_names,
            same=tuple(self.same[i] for i in rows),
        )

    @property
    def change(self) -> Numbers:
        """Give after less before, in the measure's own unit."""
        return self.after - self.before

    def with_both_readings(self) -> "People":
        """Give those seen before and after, in the order of their keys."""
        seen = np.isfinite(self.before) & np.isfinite(self.after)
        order = np.array(sorted(range(len(self.keys)), key=self.keys.__getitem__), int)
        return self.chosen(order[seen[order]] if len(order) else order)


def people(
    *,
    keys: Sequence[str],
    took_part: Sequence[bool],
    before: Sequence[float],
    after: Sequence[float],
    traits: dict[str, Sequence[float]] | None = None,
    same: Sequence[tuple[str, ...]] | None = None,
) -> People:
    """Make People from plain lists; write NaN where a reading is missing."""
    columns = traits or {}
    table = [np.asarray(column, dtype=float) for column in columns.values()]
    return People(
        keys=tuple(keys),
        took_part=np.asarray(took_part, dtype=bool),
        before=np.asarray(before, dtype=float),
        after=np.asarray(after, dtype=float),
        traits=np.column_stack(table) if table else np.empty((len(keys), 0)),
        trait_names=tuple(columns),
        same=tuple(same) if same is not None else ((),) * len(keys),
    )
