"""A borough is small enough to be flat: degrees into metres on a local plane.

The plane touches the WGS84 ellipsoid at one point. Ten kilometres north or south of
it an east-west length is about 0.2 % out, which for a 20-minute walk is two seconds.
It must not be used for a country.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Float64s = npt.NDArray[np.float64]

WGS84_MAJOR_M = 6378137.0
WGS84_ECCENTRICITY_SQUARED = 0.00669437999014


@dataclass(frozen=True)
class FlatEarth:
    """Where the plane touches, in degrees."""

    lon: float
    lat: float

    @classmethod
    def around(cls, lon: Float64s, lat: Float64s) -> Self:
        """Put the plane in the middle of these points."""
        return cls(
            lon=float(lon.min() + lon.max()) / 2, lat=float(lat.min() + lat.max()) / 2
        )

    @property
    def metres_per_degree(self) -> tuple[float, float]:
        """Give the metres in a degree of longitude and of latitude, here."""
        east, north = metres_per_degree(np.asarray(self.lat))
        return float(east), float(north)

    def metres(
        self, lon: npt.ArrayLike, lat: npt.ArrayLike
    ) -> tuple[Float64s, Float64s]:
        """Give metres east and north of the middle; NaN stays NaN."""
        east, north = self.metres_per_degree
        x_m = (np.asarray(lon, np.float64) - self.lon) * east
        y_m = (np.asarray(lat, np.float64) - self.lat) * north
        return x_m, y_m

    def degrees(
        self, x_m: npt.ArrayLike, y_m: npt.ArrayLike
    ) -> tuple[Float64s, Float64s]:
        """Give longitude and latitude of metres east and north."""
        east, north = self.metres_per_degree
        lon = np.asarray(x_m, np.float64) / east + self.lon
        lat = np.asarray(y_m, np.float64) / north + self.lat
        return lon, lat


def metres_per_degree(lat: npt.ArrayLike) -> tuple[Float64s, Float64s]:
    """Give the metres in a degree of longitude and of latitude at each latitude.

    From the radii of curvature of the ellipsoid: across the meridian
    N = a / sqrt(1 - e2 sin2 lat), along it M = N (1 - e2) / (1 - e2 sin2 lat).
    """
    radians = np.radians(np.asarray(lat, np.float64))
    flatness = 1 - WGS84_ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    across = WGS84_MAJOR_M / np.sqrt(flatness)
    along = across * (1 - WGS84_ECCENTRICITY_SQUARED) / flatness
    return np.radians(across * np.cos(radians)), np.radians(along)


def hop_metres(lon: Float64s, lat: Float64s) -> Float64s:
    """Give the metres on the ground from each point to the next."""
    east, north = metres_per_degree((lat[1:] + lat[:-1]) / 2)
    return np.hypot(np.diff(lon) * east, np.diff(lat) * north)


def place_order(x_m: Float64s, y_m: Float64s) -> npt.NDArray[np.int64]:
    """Give an order in which near places stand near each other (a Z-order curve).

    Searches of the network then find their nodes close together in memory.
    """
    span = max(float(np.ptp(x_m)), float(np.ptp(y_m)), 1.0)
    key = np.zeros(len(x_m), np.uint64)
    cells = [
        ((axis - axis.min()) / span * 65535).astype(np.uint64) for axis in (x_m, y_m)
    ]
    for bit in range(16):
        for odd, cell in enumerate(cells):
            one = (cell >> np.uint64(bit)) & np.uint64(1)
            key |= one << np.uint64(2 * bit + odd)
    return np.argsort(key, kind="stable")
