"""Streets read from an extract: what is walked, where ways are cut, bad files."""

import numpy as np
import pytest
from doorstep.errors import BadExtractError
from doorstep.speeds import ORDINARY, PUSHCHAIR, WHEELCHAIR
from doorstep.streets import read_streets
from doorstep.ways import Crossing, Known, Surface, Wheelchair

POINTS = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (100, 100), 5: (100, 200), 6: (9, 9)}
WAYS = {
    10: ([1, 2, 3], {"highway": "residential"}),
    11: ([2, 4, 5], {"highway": "steps"}),
    12: ([1, 6], {"highway": "motorway"}),
    13: ([3, 5], {"highway": "footway", "surface": "asphalt"}),
    14: ([5, 99], {"highway": "footway"}),
}


def extract(folder, ways=WAYS, marks=()):
    """Write an .osm file; points are metres east and north."""
    lines = ["<?xml version='1.0'?><osm version='0.6'>"]
    for point, (east, north) in POINTS.items():
        tags = "".join(f"<tag k='{k}' v='{v}'/>" for p, k, v in marks if p == point)
        at = f"lat='{53.5 + north / 111e3}' lon='{-2.6 + east / 66e3}'"
        lines.append(f"<node id='{point}' version='1' {at}>{tags}</node>")
    for way, (points, tags) in ways.items():
        inner = "".join(f"<nd ref='{p}'/>" for p in points)
        inner += "".join(f"<tag k='{k}' v='{v}'/>" for k, v in tags.items())
        lines.append(f"<way id='{way}' version='1'>{inner}</way>")
    path = folder / "town.osm"
    path.write_text("".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def test_ways_are_cut_where_they_meet_and_motorways_are_out(tmp_path):
    network = read_streets(extract(tmp_path))
    assert network.node_id.tolist() == [1, 2, 3, 5]
    ends = sorted(zip(network.edge_u.tolist(), network.edge_v.tolist(), strict=True))
    assert ends == [(0, 1), (1, 2), (1, 3), (2, 3)]
    assert network.steps.sum() == 1
    assert network.length_km == pytest.approx(
        0.1 + 0.1 + 0.2 + np.hypot(0.1, 0.2), rel=0.02
    )


@pytest.mark.parametrize(
    ("tags", "is_walked"),
    [
        ({"highway": "service", "access": "private"}, False),
        ({"highway": "footway", "foot": "no"}, False),
        ({"highway": "track", "access": "no", "foot": "permissive"}, True),
        ({"highway": "motorway_link"}, False),
        ({"highway": "trunk"}, False),
        ({"highway": "trunk", "sidewalk": "both"}, True),
        ({"highway": "proposed"}, False),
        ({"waterway": "canal"}, False),
    ],
)
def test_private_ways_and_roads_without_a_pavement_are_out(tmp_path, tags, is_walked):
    network = read_streets(extract(tmp_path, WAYS | {15: ([2, 6], tags)}))
    assert (6 in network.node_id.tolist()) is is_walked


def test_what_is_tagged_is_kept_beside_each_piece(tmp_path):
    tagged = {
        "highway": "footway", "surface": "gravel", "lit": "yes", "crossing": "zebra",
        "incline": "12%", "wheelchair": "limited",
    }  # fmt: skip
    network = read_streets(extract(tmp_path, {1: ([1, 2], tagged)}))
    assert (network.surface[0], network.lit[0]) == (Surface.LOOSE, Known.YES)
    assert network.crossing[0] == Crossing.MARKED
    assert (network.incline[0], network.wheelchair[0]) == (12, Wheelchair.LIMITED)
    bare = read_streets(extract(tmp_path, {1: ([1, 2], {"highway": "footway"})}))
    assert (bare.surface[0], bare.lit[0]) == (Surface.NOT_KNOWN, Known.NOT_KNOWN)


def test_what_is_marked_at_a_point_counts_for_its_piece(tmp_path):
    marks = [(4, "barrier", "stile"), (2, "kerb", "raised")]
    network = read_streets(extract(tmp_path, marks=marks))
    assert ORDINARY.passable(network).all()
    assert PUSHCHAIR.passable(network).sum() == 3
    assert WHEELCHAIR.passable(network).sum() == 1


@pytest.mark.parametrize(
    "content", [b"", b"<osm><node", b"\x00\x01 nothing of the kind"]
)
def test_a_bad_extract_says_so(tmp_path, content):
    path = tmp_path / "bad.osm"
    path.write_bytes(content)
    with pytest.raises(BadExtractError):
        read_streets(path)


def test_an_empty_extract_says_that_it_is_empty(tmp_path):
    path = tmp_path / "none.osm.pbf"
    path.write_bytes(b"")
    with pytest.raises(BadExtractError, match="none.osm.pbf is empty"):
        read_streets(path)


def test_a_file_that_is_not_there_or_has_no_paths_says_so(tmp_path):
    with pytest.raises(BadExtractError, match="no file"):
        read_streets(tmp_path / "none.osm.pbf")
    with pytest.raises(BadExtractError, match="no way that anybody may walk"):
        read_streets(extract(tmp_path, {12: WAYS[12]}))
