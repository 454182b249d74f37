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


def network() -> Network | None:
    """Give the streets, or None where there are none that can be read.

    Streets kept by an older version are not a reason to answer nobody: walks are told
    with "about" until they are loaded again, and the log says how.
    """
    header = folder() / io.HEADER
    return _mapped(header.stat().st_mtime_ns) if header.is_file() else None


@lru_cache(maxsize=1)
def _mapped(changed_at: int) -> Network | None:
    try:
        return ReachIndex.load(folder()).network
    except BadIndexError as error:
        log.error("%s Load the streets again: ./deal streets load FILE.osm.pbf", error)
        return None
