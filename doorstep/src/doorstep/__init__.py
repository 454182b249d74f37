"""Who and what is within a short walk, when, and why it fits this person.

A numeric library that knows no web framework and no table of people: arrays in,
arrays out. What is named here is the public surface; `doorstep.io` alone reads and
writes files.
"""

from doorstep.errors import (
    BadExtractError,
    BadIndexError,
    BadNetworkError,
    DoorstepError,
    NoSuchVenueError,
)
from doorstep.flat_earth import FlatEarth
from doorstep.network import Adjacency, Network
from doorstep.speeds import (
    ORDINARY,
    PROFILES,
    PUSHCHAIR,
    SLOW,
    WHEELCHAIR,
    Profile,
)
from doorstep.walks import WHY_NOT, Reach, Reaches, Walk, walk_words

__all__ = [
    "ORDINARY",
    "PROFILES",
    "PUSHCHAIR",
    "SLOW",
    "WHEELCHAIR",
    "WHY_NOT",
    "Adjacency",
    "BadExtractError",
    "BadIndexError",
    "BadNetworkError",
    "DoorstepError",
    "FlatEarth",
    "Network",
    "NoSuchVenueError",
    "Profile",
    "Reach",
    "Reaches",
    "Walk",
    "walk_words",
]
