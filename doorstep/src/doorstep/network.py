"""The walking network: nodes, the edges between them, and what is known of each.

Everybody walks both ways along an edge. Lengths are metres along the way's own line,
which is kept, so that a place can be snapped to the nearest point of a bending path.
Nothing here reads a file: see `doorstep.io`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from doorstep import ways
from doorstep.errors import BadNetworkError
from doorstep.flat_earth import FlatEarth, hop_metres
from doorstep.speeds import Codes, Profile
from doorstep.walks import Float32s, Float64s, Int32s, Int64s

Lines = tuple[Int64s, Float64s, Float64s]  # compressed rows of degrees

ATTRIBUTES: Mapping[str, int] = {
    "steps": 0,
    "surface": ways.Surface.NOT_KNOWN,
    "lit": ways.Known.NOT_KNOWN,
    "crossing": ways.Crossing.NONE_KNOWN,
    "incline": ways.INCLINE_NOT_KNOWN,
    "kerb": ways.Kerb.NOT_KNOWN,
    "wheelchair": ways.Wheelchair.NOT_KNOWN,
    "barrier": ways.Barrier.NONE_KNOWN,
}
"""What is kept of each edge, and the code that says nothing is known."""


@dataclass(frozen=True)
class Adjacency:
    """Who is next to whom for one walker, in compressed rows.

    Node `i` is joined to `neighbour[indptr[i]:indptr[i + 1]]`, by the edges and in
    the minutes beside them. Every usable edge is there twice, once from each end.
    """

    indptr: Int64s
    neighbour: Int32s
    minutes: Float32s
    edge: Int32s


@dataclass(frozen=True, kw_only=True)
class Network:
    """A walking network as arrays.

    Parameters
    ----------
    node_id : the source's own number of each node.
    lon, lat : WGS84 degrees of each node.
    x_m, y_m : the same on a local plane, metres east and north of `plane`'s origin.
    edge_u, edge_v : the two ends of each edge, as node indices.
    length_m : metres along each edge, 0 or more.
    steps, surface, lit, crossing, incline, kerb, wheelchair, barrier : codes of
        `doorstep.ways`; steps is 1 for a flight of steps.
    line_indptr, line_x_m, line_y_m : the points of each edge's line on the plane,
        from `edge_u` to `edge_v`, both ends included.
    plane : where the plane touches the earth.
    """

    node_id: Int64s
    lon: Float64s
    lat: Float64s
    x_m: Float64s
    y_m: Float64s
    edge_u: Int32s
    edge_v: Int32s
    length_m: Float32s
    steps: Codes
    surface: Codes
    lit: Codes
    crossing: Codes
    incline: Codes
    kerb: Codes
    wheelchair: Codes
    barrier: Codes
    line_indptr: Int64s
    line_x_m: Float32s
    line_y_m: Float32s
    plane: FlatEarth

    @property
    def n_nodes(self) -> int:
        """Count the nodes."""
        return len(self.lon)

    @property
    def n_edges(self) -> int:
        """Count the edges."""
        return len(self.edge_u)

    @property
    def length_km(self) -> float:
        """Add up the lengths of all edges, in kilometres."""
        return float(self.length_m.sum(dtype=np.float64)) / 1000.0

    @classmethod
    def from_arrays(
        cls,
        *,
        lon: npt.ArrayLike,
        lat: npt.ArrayLike,
        edge_u: npt.ArrayLike,
        edge_v: npt.ArrayLike,
        length_m: npt.ArrayLike | None = None,
        node_id: npt.ArrayLike | None = None,
        lines: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike] | None = None,
        attributes: Mapping[str, npt.ArrayLike] | None = None,
    ) -> Self:
        """Make a network of plain arrays, and refuse what is not one.

        Parameters
        ----------
        lon, lat : degrees of each node, shape (n,).
        edge_u, edge_v : node indices of each edge's ends, shape (m,).
        length_m : metres, shape (m,); measured along the lines where not given.
        lines : `(indptr, lon, lat)` of each edge's line; straight where not given.
        attributes : codes by name of `ATTRIBUTES`; those missing are not known.

        Raises
        ------
        BadNetworkError : with a sentence saying what is wrong.

        Examples
        --------
        >>> path = Network.from_arrays(
        ...     lon=[-2.63, -2.62], lat=[53.54, 53.54], edge_u=[0], edge_v=[1]
        ... )
        >>> path.n_edges, round(path.length_km, 2)
        (1, 0.66)
        """
        lons, lats = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        u, v = _ends(edge_u, edge_v, lons, lats)
        plane = FlatEarth.around(lons, lats)
        drawn = _lines(lines, u, v, lons, lats)
        return cls(
            node_id=_node_ids(node_id, len(lons)),
            edge_u=u,
            edge_v=v,
            length_m=_lengths(length_m, len(u), drawn),
            plane=plane,
            **_nodes_on(plane, lons, lats),
            **_lines_on(plane, drawn),
            **_codes(attributes or {}, len(u)),
        )

    def adjacency(self, profile: Profile) -> Adjacency:
        """Give the rows of neighbours for one walker."""
        usable = np.flatnonzero(profile.passable(self)).astype(np.int32)
        u, v = self.edge_u[usable], self.edge_v[usable]
        minutes = profile.minutes(self)[usable]
        rows = np.concatenate([u, v])
        order = np.argsort(rows, kind="stable")
        indptr = np.zeros(self.n_nodes + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=self.n_nodes), out=indptr[1:])
        return Adjacency(
            indptr=indptr,
            neighbour=np.concatenate([v, u])[order],
            minutes=np.concatenate([minutes, minutes])[order],
            edge=np.concatenate([usable, usable])[order],
        )


def measured_m(indptr: Int64s, lon: Float64s, lat: Float64s) -> Float32s:
    """Give the metres on the ground along each line."""
    far = np.concatenate([[0.0], np.cumsum(hop_metres(lon, lat))])
    lengths = far[indptr[1:] - 1] - far[indptr[:-1]]
    shorter: Float32s = lengths.astype(np.float32)
    return shorter


def _ends(
    edge_u: npt.ArrayLike, edge_v: npt.ArrayLike, lon: Float64s, lat: Float64s
) -> tuple[Int32s, Int32s]:
    """Check the nodes and the ends of the edges."""
    u, v = np.asarray(edge_u), np.asarray(edge_v)
    if lon.ndim != 1 or lon.shape != lat.shape:
        raise BadNetworkError("Give as many longitudes as latitudes.")
    if len(lon) == 0 or len(u) == 0:
        raise BadNetworkError("The network is empty: it has no walkable way.")
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise BadNetworkError("A node has no number for its longitude or latitude.")
    if (np.abs(lon) > 180).any() or (np.abs(lat) > 89).any():
        raise BadNetworkError("A node's degrees are not longitude and latitude.")
    if u.shape != v.shape or u.ndim != 1:
        raise BadNetworkError("Give as many first ends of edges as second ends.")
    if min(u.min(), v.min()) < 0 or max(u.max(), v.max()) >= len(lon):
        raise BadNetworkError("An edge ends at a node that is not there.")
    return u.astype(np.int32), v.astype(np.int32)


def _lengths(length_m: npt.ArrayLike | None, n_edges: int, drawn: Lines) -> Float32s:
    """Check the lengths; measure along the lines where none were given."""
    if length_m is None:
        return measured_m(*drawn)
    lengths = np.asarray(length_m, np.float32)
    if lengths.shape != (n_edges,):
        raise BadNetworkError("Give one length for each edge.")
    if not np.isfinite(lengths).all():
        raise BadNetworkError("An edge's length is not a number.")
    if (lengths < 0).any():
        raise BadNetworkError("An edge's length is less than nothing.")
    return lengths


def _nodes_on(plane: FlatEarth, lon: Float64s, lat: Float64s) -> dict[str, Any]:
    """Give the fields that say where the nodes are."""
    x_m, y_m = plane.metres(lon, lat)
    return {"lon": lon, "lat": lat, "x_m": x_m, "y_m": y_m}


def _lines_on(plane: FlatEarth, drawn: Lines) -> dict[str, Any]:
    """Give the fields that say where the edges run."""
    indptr, lon, lat = drawn
    x_m, y_m = (line.astype(np.float32) for line in plane.metres(lon, lat))
    return {"line_indptr": indptr, "line_x_m": x_m, "line_y_m": y_m}


def _node_ids(node_id: npt.ArrayLike | None, n_nodes: int) -> Int64s:
    """Take the source's numbers, or count from 0."""
    if node_id is None:
        return np.arange(n_nodes, dtype=np.int64)
    ids = np.asarray(node_id, np.int64)
    if ids.shape != (n_nodes,):
        raise BadNetworkError("Give one number for each node.")
    return ids


def _codes(given: Mapping[str, npt.ArrayLike], n_edges: int) -> dict[str, Any]:
    """Give every attribute an array, of "not known" where nothing was given."""
    unknown = set(given) - set(ATTRIBUTES)
    if unknown:
        raise BadNetworkError(f"No attribute is called {', '.join(sorted(unknown))}.")
    codes: dict[str, Codes] = {}
    for name, not_known in ATTRIBUTES.items():
        if name not in given:
            codes[name] = np.full(n_edges, not_known, np.int8)
            continue
        codes[name] = np.asarray(given[name], np.int8)
        if codes[name].shape != (n_edges,):
            raise BadNetworkError(f"Give one code of {name} for each edge.")
    return codes


def _lines(
    lines: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike] | None,
    u: Int32s,
    v: Int32s,
    node_lon: Float64s,
    node_lat: Float64s,
) -> Lines:
    """Check the lines; draw them straight where none were given."""
    if lines is None:
        indptr = np.arange(0, 2 * len(u) + 1, 2, dtype=np.int64)
        ends = np.stack([u, v], axis=1).ravel()
        return indptr, node_lon[ends], node_lat[ends]
    indptr = np.asarray(lines[0], np.int64)
    lon, lat = np.asarray(lines[1], np.float64), np.asarray(lines[2], np.float64)
    whole = indptr.shape == (len(u) + 1,) and indptr[0] == 0
    if not whole or indptr[-1] != len(lon) or (np.diff(indptr) < 2).any():
        raise BadNetworkError("Each edge's line needs two points or more.")
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise BadNetworkError("A point of a line has no number for its place.")
    return indptr, lon, lat
