"""The streets and paths of the borough, where a council has loaded an extract of them.

Kept as arrays on disk, mapped by every process. They are OpenStreetMap's (ODbL: say
"© OpenStreetMap contributors" wherever an answer rests on them).
"""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from doorstep.errors import BadIndexError, DoorstepError
from doorstep.network import Network
from doorstep.reach import ReachIndex
from doorstep.speeds import ORDINARY, PROFILES
from doorstep.streets import read_streets

from doorstep import io
from thedeal.lib.errors import UserFacingError

log = logging.getLogger("thedeal.places")


def folder() -> Path:
    """Give where the streets are kept."""
    return Path(settings.FILES) / "streets"


def load(extract: Path) -> Network:
    """Read an extract and keep its streets; raise UserFacingError where it is bad."""
    try:
        network = read_streets(extract)
    except DoorstepError as error:
        raise UserFacingError(str(error)) from error
    ReachIndex.build(network, [], []).save(folder())
    return network


def version() -> str:
    """Give a stamp that changes when streets are loaded; "" where there are none."""
    header = folder() / io.HEADER
    return str(header.stat().st_mtime_ns) if header.is_file() else ""


def paths(walker: str = ORDINARY.name) -> ReachIndex | None:
    """Give the streets made ready for one walker, or None where there are none that
    can be read. Its venues are none: ``ReachIndex.to`` searches from some.

    Streets kept by an older version are not a reason to answer nobody: walks are told
    with "about" until they are loaded again, and the log says how.
    """
    stamp = version()
    return _ready(stamp, walker) if stamp else None


@lru_cache(maxsize=2 * len(PROFILES))
def _ready(stamp: str, walker: str) -> ReachIndex | None:
    """Map what is kept; for another than the ordinary walker, made once a process."""
    if walker != ORDINARY.name:
        ordinary = _ready(stamp, ORDINARY.name)
        if ordinary is None:
            return None
        return ReachIndex.build(ordinary.network, [], [], profile=PROFILES[walker])
    try:
        return ReachIndex.load(folder())
    except BadIndexError as error:
        log.error("%s Load the streets again: ./deal streets load FILE.osm.pbf", error)
        return None
