"""The columns of a catalogue: what each array holds, and what stands for nothing known."""

from typing import Any

import numpy as np
import numpy.typing as npt

from doorstep.listings import FACTS
from doorstep.meaning import DIMENSIONS

Array = npt.NDArray[Any]
Float32s = npt.NDArray[np.float32]

SLOTS = 14
"""The most times of a week that one listing can have: twice every day."""

UNKNOWN_NUMBER = -1
TENDER_BIT = 63
"""The bit of a listing that is tender because its group says so."""

HELPS_BIT = 62
"""The bit of a listing that asks for helpers, so that who would help may be shown it."""

COLUMNS: dict[str, tuple[type, tuple[int, ...], float]] = {
    "is_open": (np.uint8, (), 0),
    "venue": (np.int32, (), -1),
    "is_online": (np.uint8, (), 0),
    "is_blurred": (np.uint8, (), 0),
    "slot_start": (np.int16, (SLOTS,), -1),
    "slot_minutes": (np.int16, (SLOTS,), 0),
    "slot_next": (np.int32, (SLOTS,), 0),
    "cost_pence": (np.int32, (), UNKNOWN_NUMBER),
    "youngest": (np.int16, (), 0),
    "oldest": (np.int16, (), 999),
    "languages": (np.uint64, (), 0),
    "access": (np.uint8, (len(FACTS),), 0),
    "room": (np.uint8, (), 0),
    "checked_day": (np.int32, (), UNKNOWN_NUMBER),
    "is_safeguarded": (np.uint8, (), 1),
    "answers_days": (np.float32, (), UNKNOWN_NUMBER),
    "about": (np.uint64, (), 0),
    "themes": (np.uint64, (), 0),
    "touches": (np.uint64, (), 0),
    "kind": (np.int32, (), UNKNOWN_NUMBER),
    "group": (np.int32, (), UNKNOWN_NUMBER),
    "what": (np.int8, (DIMENSIONS,), 0),
    "what_scale": (np.float32, (), 0),
    "asks": (np.int8, (DIMENSIONS,), 0),
    "asks_scale": (np.float32, (), 0),
}
"""Every array: its type, its width and what stands for nothing known.

`themes` are those a listing is about, `touches` those and any other that it names.
Days and minutes count from 1 January 1970 UTC. Vectors are kept as whole numbers of
-127 to 127 with one scale a row: a quarter of the memory, and the cosine keeps two
figures. `venue` is the number in the walk index; times of the week are local minutes.
"""


def empty(rows: int) -> dict[str, Array]:
    """Give the arrays of so many rows of which nothing is known."""
    return {
        name: np.full((rows, *width), nothing, kind)
        for name, (kind, width, nothing) in COLUMNS.items()
    }


def grown(columns: dict[str, Array], rows: int) -> dict[str, Array]:
    """Give the same arrays with room for more rows."""
    larger = empty(rows)
    for name, column in columns.items():
        larger[name][: len(column)] = column
    return larger


FAINTEST = 1e-30
"""A vector fainter than this has no direction (and would divide by nothing)."""


def quantised(vector: Float32s) -> tuple[npt.NDArray[np.int8], float]:
    """Give a vector as whole numbers and the scale that makes it itself again."""
    largest = float(np.abs(vector).max(initial=0.0))
    if largest < FAINTEST:
        return np.zeros(vector.shape, np.int8), 0.0
    scale = largest / 127
    return np.rint(vector / scale).astype(np.int8), scale
