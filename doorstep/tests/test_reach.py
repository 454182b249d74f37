"""The reach index against a naive Dijkstra, and what cannot be reached."""

import heapq
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from doorstep._internals.snapping import Grid, Snapper
from doorstep.detour import DetourWalk, detour_metres
from doorstep.errors import BadIndexError, BadNetworkError, NoSuchVenueError
from doorstep.network import Network
from doorstep.reach import ReachIndex
from doorstep.speeds import ORDINARY, WHEELCHAIR
from doorstep.walks import WHY_NOT, Walk
from hypothesis import given
from hypothesis import strategies as st

from doorstep import rows

M = 1 / 111_000.0  # about a metre, in degrees of latitude
LON, LAT = -2.6, 53.5


def street(*, steps=False):
    """Four crossings on one street, 400 m apart, and an island far to the north."""
    lon = [LON] * 4 + [LON, LON]
    lat = [LAT + 400 * M * n for n in range(4)] + [LAT + 3000 * M, LAT + 3300 * M]
    return Network.from_arrays(
        lon=lon,
        lat=lat,
        edge_u=[0, 1, 2, 4],
        edge_v=[1, 2, 3, 5],
        attributes={"steps": [0, int(steps), 0, 0]},
    )


def index(network, metres_north, **more):
    lats = [LAT + far * M for far in metres_north]
    return ReachIndex.build(network, [LON] * len(lats), lats, **more)


def near(walk, metres_north):
    found = walk.from_place(LON, LAT + metres_north * M)
    return dict(zip(found.venue.tolist(), found.minutes.tolist(), strict=True))


def test_minutes_by_pencil():
    walk = index(street(), [0, 800, 1190])
    found = near(walk, 100)
    assert found == pytest.approx({0: 1.25, 1: 8.75, 2: 13.6}, rel=0.01)
    assert isinstance(walk, Walk)
    assert not walk.from_place(LON, LAT).is_estimate


def test_a_venue_on_the_doors_own_path_is_walked_to_straight():
    assert near(index(street(), [150]), 250) == pytest.approx({0: 1.25}, rel=0.01)


def test_the_walk_to_the_path_counts():
    walk = index(street(), [200])
    found = walk.from_place(LON + 80 * M / np.cos(np.radians(LAT)), LAT + 200 * M)
    assert found.minutes[0] == pytest.approx(1.0, rel=0.02)


def test_nothing_beyond_the_limit_is_told():
    found = near(index(street(), [0, 1190], limit_minutes=10), 0)
    assert found == {0: pytest.approx(0, abs=1e-4)}


def test_steps_stop_a_wheelchair_and_nobody_else():
    venues = [1100]
    assert 0 in near(index(street(steps=True), venues), 0)
    assert near(index(street(steps=True), venues, profile=WHEELCHAIR), 0) == {}


@pytest.mark.parametrize(
    ("metres_north", "number"), [(3100, 4), (1900, 3), (9000, 2), (float("nan"), 1)]
)
def test_why_nothing_could_be_worked_out_is_said(metres_north, number):
    walk = index(street(), [0, 400])
    found = walk.from_place(LON, LAT + metres_north * M)
    assert found.unreachable_because == WHY_NOT[number]
    assert len(found.venue) == 0


def test_a_venue_in_the_sea_or_with_no_place_says_so():
    walk = index(street(), [0, 9000, float("nan")])
    assert walk.why_not_venue(0) is None
    assert walk.why_not_venue(1) == WHY_NOT[2]
    assert walk.why_not_venue(2) == WHY_NOT[1]


def test_no_venues_and_no_places_are_answers():
    empty = index(street(), [])
    assert near(empty, 0) == {}
    assert len(index(street(), [0]).from_places([], [])) == 0


def test_an_empty_network_is_refused():
    with pytest.raises(BadNetworkError, match="empty: it has no walkable way"):
        Network.from_arrays(lon=[], lat=[], edge_u=[], edge_v=[])


def test_an_island_says_that_no_path_leads_to_any_venue():
    found = index(street(), [0, 800]).from_place(LON, LAT + 3100 * M)
    assert found.unreachable_because is not None
    assert "do not join those that lead to any venue" in found.unreachable_because
    assert near(index(street(), [0, 3300]), 3100) == {1: pytest.approx(2.5, abs=0.1)}


def test_a_resident_outside_the_borough_is_told_so():
    found = index(street(), [0, 800]).from_place(LON + 1, LAT)
    assert found.unreachable_because is not None
    assert "outside the area whose paths we hold" in found.unreachable_because
    assert len(found.venue) == 0


def test_a_venue_opens_moves_and_closes_without_a_rebuild():
    walk = index(street(), [0])
    rows = walk.rows
    new = walk.add(LON, LAT + 800 * M)
    assert near(walk, 800) == pytest.approx({0: 10, 1: 0}, abs=0.1)
    walk.move(0, lon=LON, lat=LAT + 1200 * M)
    assert near(walk, 800) == pytest.approx({0: 5, 1: 0}, abs=0.1)
    walk.close(new)
    assert near(walk, 800) == pytest.approx({0: 5}, abs=0.1)
    assert walk.rows is rows
    assert walk.n_venues == 2
    with pytest.raises(NoSuchVenueError):
        walk.close(new)
    with pytest.raises(NoSuchVenueError):
        walk.move(7, lon=LON, lat=LAT)


def test_other_venues_on_the_same_paths_are_as_good_as_built_from_them():
    to, built = index(street(), [0]), index(street(), [800, 1190], limit_minutes=12)
    other = to.to([LON] * 2, [LAT + 800 * M, LAT + 1190 * M], limit_minutes=12)
    assert near(other, 100) == near(built, 100) != {}
    assert other.limit_minutes == 12
    assert near(to, 100).keys() == {0}


def test_what_is_saved_and_mapped_answers_the_same(tmp_path):
    walk = index(street(), [0, 800, 1190])
    walk.close(0)
    walk.add(LON, LAT + 500 * M)
    walk.save(tmp_path / "reach")
    mapped = ReachIndex.load(tmp_path / "reach")
    assert near(mapped, 100) == pytest.approx(near(walk, 100), rel=1e-5)
    assert mapped.n_venues == 4
    with pytest.raises(BadIndexError):
        ReachIndex.load(tmp_path / "nothing")


READER = """
import json, sys
from pathlib import Path
from doorstep.reach import ReachIndex
walk = ReachIndex.load(Path(sys.argv[1]))
found = walk.from_place(*map(float, sys.argv[2:4]))
files, copied_kb, here = set(), 0, ""
for line in Path("/proc/self/smaps").read_text().splitlines():
    words = line.split()
    if not words[0].endswith(":"):
        here = words[-1]
    elif here.startswith(sys.argv[1]):
        files.add(Path(here).name)
        copied_kb += int(words[1]) if words[0] == "Anonymous:" else 0
print(json.dumps({
    "venue": found.venue.tolist(),
    "minutes": found.minutes.tolist(),
    "files": sorted(files),
    "copied_kb": copied_kb,
}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the maps of a process")
def test_two_processes_share_one_index_and_copy_none_of_it(tmp_path):
    walk = index(street(), [0, 800, 1190])
    walk.save(tmp_path / "reach")
    reader = [sys.executable, "-c", READER, str(tmp_path / "reach"), str(LON), str(LAT)]
    source = str(Path(rows.__file__).parents[1])

    def read(_):
        ran = subprocess.run(
            reader, check=True, capture_output=True, env={"PYTHONPATH": source}
        )
        return json.loads(ran.stdout)

    with ThreadPoolExecutor(2) as both:
        told = list(both.map(read, range(2)))
    assert told[0] == told[1]
    assert told[0]["venue"] == walk.from_place(LON, LAT).venue.tolist()
    kept = {path.name for path in (tmp_path / "reach").glob("*.npy")}
    assert {"rows_venue.npy", "adjacency_minutes.npy", "grid_pieces.npy"} <= kept
    own = {name for name in kept if name.startswith(("venue_", "snapped_"))}
    assert told[0]["files"] == sorted(kept - own)  # where venues are, each its own
    assert told[0]["copied_kb"] == 0


def test_nothing_is_worked_out_when_an_index_is_read(tmp_path, monkeypatch):
    index(street(), [0, 800]).save(tmp_path / "reach")
    for name in ("adjacency", "from_arrays"):
        monkeypatch.delattr(Network, name)
    monkeypatch.delattr(Grid, "of")
    assert near(ReachIndex.load(tmp_path / "reach"), 0).keys() == {0, 1}


@st.composite
def towns(draw):
    """A small random town, its venues and a door, all within two kilometres."""
    size = draw(st.integers(2, 12))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    lon, lat = LON + rng.uniform(0, 0.02, size), LAT + rng.uniform(0, 0.015, size)
    ends = rng.integers(0, size, (draw(st.integers(1, 20)), 2))
    ends = ends[ends[:, 0] != ends[:, 1]]
    if not len(ends):
        ends = np.array([[0, 1]])
    network = Network.from_arrays(
        lon=lon, lat=lat, edge_u=ends[:, 0], edge_v=ends[:, 1]
    )
    spots = rng.uniform([LON, LAT], [LON + 0.02, LAT + 0.015], (4, 2))
    return network, spots[:3], spots[3], draw(st.sampled_from([5.0, 20.0, 60.0]))


def naive(network, walk, venue, door):
    """Give the minutes from a door to a venue by the simplest way there is."""
    adjacency, snapped = network.adjacency(ORDINARY), walk.ground.snapper.snap
    start, end = snapped([door[0]], [door[1]]), snapped([venue[0]], [venue[1]])
    if start.edge[0] < 0 or end.edge[0] < 0:
        return np.inf
    best = np.inf
    if start.edge[0] == end.edge[0]:
        best = abs(start.along[0] - end.along[0]) + start.access[0] + end.access[0]
    heap = [(start.starts[0, side], int(start.ends[0, side])) for side in (0, 1)]
    done = {}
    while heap:
        far, node = heapq.heappop(heap)
        if node in done:
            continue
        done[node] = far
        for k in range(adjacency.indptr[node], adjacency.indptr[node + 1]):
            heapq.heappush(
                heap, (far + adjacency.minutes[k], int(adjacency.neighbour[k]))
            )
    for side in (0, 1):
        far = done.get(int(end.ends[0, side]), np.inf) + end.starts[0, side]
        best = min(best, far)
    return best


@given(towns())
def test_it_is_dijkstra_to_within_rounding(town):
    network, venues, door, limit = town
    walk = ReachIndex.build(network, venues[:, 0], venues[:, 1], limit_minutes=limit)
    found = walk.from_place(*door)
    told = dict(zip(found.venue.tolist(), found.minutes.tolist(), strict=True))
    for number, venue in enumerate(venues):
        true = naive(network, walk, venue, door)
        if number in told:
            assert told[number] == pytest.approx(true, rel=1e-5, abs=1e-4)
        else:
            assert true > limit * (1 - 1e-5)
    to = walk.minutes_to(*venues[0], lons=[door[0]], lats=[door[1]])
    assert to[0] == pytest.approx(told.get(0, np.inf), rel=1e-5, abs=1e-4)


@given(towns(), st.booleans())
def test_a_door_asked_alone_is_answered_as_among_many(town, moves):
    network, venues, door, limit = town
    walk = ReachIndex.build(network, venues[:, 0], venues[:, 1], limit_minutes=limit)
    if moves:
        walk.move(0, lon=venues[1, 0], lat=venues[1, 1])
        walk.add(*venues[0])
        walk.close(2)
    nowhere = [np.nan, 0.0], [LON + 1, LAT], [LON, LAT + 2]
    doors = np.array([door, *venues, *nowhere])
    together = walk.from_places(doors[:, 0], doors[:, 1])
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda one: walk.from_place(*one), doors))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one.venue, other.venue)
        np.testing.assert_array_equal(one.minutes, other.minutes)
        assert one.unreachable_because == other.unreachable_because


@given(towns(), st.integers(1, 3))
def test_the_rows_are_the_same_with_little_room_and_many_threads(town, threads):
    network, venues, _, limit = town
    adjacency = network.adjacency(ORDINARY)
    snapped = Snapper(network, ORDINARY).snap(*venues.T)
    roomy = rows.rows_within(adjacency, snapped, limit_minutes=limit, threads=1)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(rows, "ROOM", 1)
        small.setattr(rows, "WAITING", 3)
        tight = rows.rows_within(
            adjacency, snapped, limit_minutes=limit, threads=threads
        )
    np.testing.assert_array_equal(tight.indptr, roomy.indptr)
    np.testing.assert_array_equal(tight.venue, roomy.venue)
    np.testing.assert_array_equal(tight.minutes, roomy.minutes)


@given(towns(), st.integers(0, 2))
def test_a_venue_added_later_is_as_good_as_one_built_in(town, moved):
    network, venues, door, limit = town
    built = ReachIndex.build(network, venues[:, 0], venues[:, 1], limit_minutes=limit)
    later = ReachIndex.build(
        network, venues[:2, 0], venues[:2, 1], limit_minutes=limit, threads=1
    )
    later.add(*venues[2])
    later.move(moved, lon=venues[moved, 0], lat=venues[moved, 1])
    one, other = built.from_place(*door), later.from_place(*door)
    np.testing.assert_array_equal(one.venue, other.venue)
    np.testing.assert_allclose(one.minutes, other.minutes, rtol=1e-5)


def test_a_straight_line_is_lengthened_as_measured_and_said_to_be_about():
    assert detour_metres([150, 1100, 5000]).tolist() == pytest.approx(
        [150 * 1.802, 1100 * 1.399, 5000 * 1.318]
    )
    walk = DetourWalk([LON, np.nan], [LAT, np.nan])
    assert isinstance(walk, Walk)
    found = walk.from_place(LON, LAT + 500 * M)
    assert found.is_estimate
    assert found.minutes[0] == pytest.approx(500 * 1.533 / 80, rel=0.01)
    assert found.words(0) == "about 10 minutes' walk"
    assert walk.why_not_venue(1) == WHY_NOT[1]
    new = walk.add(LON, LAT)
    walk.close(0)
    assert walk.from_place(LON, LAT).venue.tolist() == [new]
    walk.move(new, lon=LON, lat=LAT + 5000 * M)
    assert len(walk.from_place(LON, LAT).venue) == 0
    assert np.isinf(walk.minutes_to(LON, LAT, lons=[LON], lats=[LAT + 1]))[0]
    with pytest.raises(NoSuchVenueError):
        walk.close(0)
