"""Where the venues of a reach index are, as they come, move and go.

A venue's number is never given twice. What is found anew from one that came or moved
is kept here, beside the rows that were built.
"""

import numpy as np
import numpy.typing as npt

from doorstep._internals.snapping import Snapped
from doorstep.errors import NoSuchVenueError
from doorstep.rows import Reached, Rows
from doorstep.walks import Float64s, Int64s

Bools = npt.NDArray[np.bool_]


class Venues:
    """The venues by number: their places, and which of them are open."""

    def __init__(
        self,
        lons: npt.ArrayLike,
        lats: npt.ArrayLike,
        snapped: Snapped,
        is_open: Bools | None = None,
    ) -> None:
        self.lons, self.lats = np.array(lons, np.float64), np.array(lats, np.float64)
        self.snapped = Snapped(*(np.array(part) for part in vars(snapped).values()))
        everyone = np.ones(len(self.lons), np.bool_)
        self.is_open = everyone if is_open is None else np.array(is_open, np.bool_)
        self.gone = ~self.is_open
        """Whose built rows no longer hold: they moved, closed or came later."""
        self._found: dict[int, Reached] = {}
        self._later: Rows | None = None
        self._look()

    def __len__(self) -> int:
        """Count the numbers given out, those of closed venues too."""
        return len(self.lons)

    def check(self, venue: int) -> None:
        """Raise NoSuchVenueError for a number never given, or whose venue closed."""
        if not 0 <= venue < len(self) or not self.is_open[venue]:
            raise NoSuchVenueError(f"There is no venue {venue}, or it has closed.")

    def put(
        self, venue: int, place: tuple[float, float], snapped: Snapped, found: Reached
    ) -> None:
        """Set a venue down at a longitude and latitude; a new number is the next."""
        if venue == len(self):
            self.lons, self.lats = np.append(self.lons, 0.0), np.append(self.lats, 0.0)
            self.is_open = np.append(self.is_open, True)
            self.gone = np.append(self.gone, True)
            pairs = zip(
                vars(self.snapped).values(), vars(snapped).values(), strict=True
            )
            self.snapped = Snapped(*(np.concatenate(pair) for pair in pairs))
        self.lons[venue], self.lats[venue] = place
        self.gone[venue] = True
        for name, part in vars(snapped).items():
            getattr(self.snapped, name)[venue] = part[0]
        self._found[venue] = found
        self._look()

    def close(self, venue: int) -> None:
        """Close a venue: it is in no later answer."""
        self.is_open[venue], self.gone[venue] = False, True
        self._found.pop(venue, None)
        self._look()

    def later(self, n_nodes: int) -> Rows:
        """Give what was found anew, as rows of nodes."""
        if self._later is None:
            self._later = Rows.of(self._found, n_nodes=n_nodes)
        return self._later

    def _look(self) -> None:
        """Note which open venues lie on each edge: ``edges`` rising, ``on`` beside."""
        open_here = np.flatnonzero(self.is_open & (self.snapped.edge >= 0))
        order = np.argsort(self.snapped.edge[open_here], kind="stable")
        self.on: Int64s = open_here[order]
        self.edges: Int64s = self.snapped.edge[self.on]
        self.none_gone = np.zeros(len(self), np.bool_)
        self._later = None

    def open_lons(self) -> Float64s:
        """Give the longitudes, NaN for closed venues."""
        return np.where(self.is_open, self.lons, np.nan)
