"""Reads a walking network from an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz).

Ways that anybody may walk are kept and cut where they meet; what is tagged at a point
of a way (a kerb, a stile, a crossing) counts for the piece that it lies on. A way whose
points lie outside a cut-off extract keeps the points that are there.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

# pyosmium: reads OpenStreetMap files with libosmium, the reader OSM's own tools use
import osmium

from doorstep._internals.osm_ways import can_be_walked, node_codes, way_codes
from doorstep.errors import BadExtractError
from doorstep.flat_earth import FlatEarth, place_order
from doorstep.network import ATTRIBUTES, Network


@dataclass
class _Read:
    """What was read: the ways' points and codes, and where the points are."""

    ways: list[tuple[list[int], dict[str, int]]] = field(default_factory=list)
    uses: Counter[int] = field(default_factory=Counter)
    spots: dict[int, tuple[float, float]] = field(default_factory=dict)
    marks: dict[int, dict[str, int]] = field(default_factory=dict)


def read_streets(path: Path) -> Network:
    """Give the walking network of an extract.

    Raises
    ------
    BadExtractError : the file is missing, is no extract, or holds no way to walk.
    """
    if not path.is_file():
        raise BadExtractError(
            f"There is no file {path}. Give an .osm.pbf or .osm file."
        )
    if not path.stat().st_size:
        raise BadExtractError(f"{path.name} is empty. Download it again.")
    read = _Read()
    try:
        _read_ways(path, read)
        _read_nodes(path, read)
    except RuntimeError as error:
        raise BadExtractError(
            f"{path.name} cannot be read as OpenStreetMap data ({error}). "
            "Download it again."
        ) from error
    return _network(read, path)


def _read_ways(path: Path, read: _Read) -> None:
    for way in osmium.FileProcessor(str(path), osmium.osm.WAY):
        if not isinstance(way, osmium.osm.Way):
            continue
        tags = {tag.k: tag.v for tag in way.tags}
        points = [node.ref for node in way.nodes]
        if len(points) < 2 or not can_be_walked(tags):
            continue
        read.ways.append((points, way_codes(tags)))
        read.uses.update(points)
        read.uses.update((points[0], points[-1]))  # an end always cuts


def _read_nodes(path: Path, read: _Read) -> None:
    for node in osmium.FileProcessor(str(path), osmium.osm.NODE):
        if not isinstance(node, osmium.osm.Node) or node.id not in read.uses:
            continue
        if not node.location.valid():
            continue
        read.spots[node.id] = (node.location.lon, node.location.lat)
        if len(node.tags):
            read.marks[node.id] = node_codes({tag.k: tag.v for tag in node.tags})


def _pieces(read: _Read) -> Iterator[tuple[list[int], dict[str, int]]]:
    """Give each way cut where it meets another, with the marks of its own points."""
    for points, codes in read.ways:
        known = [point for point in points if point in read.spots]
        piece = known[:1]
        for point in known[1:]:
            piece.append(point)
            if read.uses[point] > 1 or point == known[-1]:
                yield piece, _marked(piece, codes, read.marks)
                piece = [point]


def _marked(
    piece: list[int], codes: dict[str, int], marks: dict[int, dict[str, int]]
) -> dict[str, int]:
    """Give a piece's codes with the worst of what is marked at its points."""
    found = dict(codes)
    for point in piece:
        for name, code in marks.get(point, {}).items():
            found[name] = max(found[name], code)
    return found


def _network(read: _Read, path: Path) -> Network:
    pieces = [(points, codes) for points, codes in _pieces(read) if len(points) > 1]
    if not pieces:
        raise BadExtractError(
            f"{path.name} holds no way that anybody may walk. Is it the right extract?"
        )
    ends = {end for points, _ in pieces for end in (points[0], points[-1])}
    ids = _near_to_near(sorted(ends), read)
    number = {node: i for i, node in enumerate(ids)}
    every = [point for points, _ in pieces for point in points]
    indptr = np.cumsum([0, *(len(points) for points, _ in pieces)])
    spots = np.array([read.spots[point] for point in every])
    return Network.from_arrays(
        lon=[read.spots[node][0] for node in ids],
        lat=[read.spots[node][1] for node in ids],
        edge_u=[number[points[0]] for points, _ in pieces],
        edge_v=[number[points[-1]] for points, _ in pieces],
        node_id=ids,
        lines=(indptr, spots[:, 0], spots[:, 1]),
        attributes={name: [codes[name] for _, codes in pieces] for name in ATTRIBUTES},
    )


def _near_to_near(ids: list[int], read: _Read) -> list[int]:
    """Order nodes so that those near each other are near in memory too."""
    lon, lat = np.array([read.spots[node] for node in ids]).T
    order = place_order(*FlatEarth.around(lon, lat).metres(lon, lat))
    return [ids[row] for row in order]
