"""What is known about a way, as small whole numbers.

Most ways are not described (in Newport 16 % have a surface and 7 % say whether they
are lit), so "not known" is a value of its own and is never read as yes or no.
"""

from enum import IntEnum


class Known(IntEnum):
    """Is a thing so? For `lit`."""

    NOT_KNOWN = 0
    NO = 1
    YES = 2


class Wheelchair(IntEnum):
    """What mappers who tried say of a wheelchair on this way."""

    NOT_KNOWN = 0
    NO = 1
    LIMITED = 2
    YES = 3


class Surface(IntEnum):
    """What is underfoot, by how wheels find it."""

    NOT_KNOWN = 0
    SMOOTH = 1
    FIRM = 2
    LOOSE = 3


class Kerb(IntEnum):
    """The highest kerb met along the way."""

    NOT_KNOWN = 0
    FLUSH = 1
    LOWERED = 2
    ROLLED = 3
    RAISED = 4


class Crossing(IntEnum):
    """Whether the way crosses a road, and how."""

    NONE_KNOWN = 0
    UNMARKED = 1
    MARKED = 2
    SIGNALS = 3


class Barrier(IntEnum):
    """Something to climb or squeeze through."""

    NONE_KNOWN = 0
    NARROW = 1
    STILE = 2


INCLINE_NOT_KNOWN = -1
"""`incline` holds the steepness in whole per cent, up or down alike, or this."""

INCLINE_STEEP_BUT_NOT_MEASURED = 127
"""Tagged as steep (`incline=steep`) with no figure."""
