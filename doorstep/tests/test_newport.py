"""Newport: a real extract read, walked, and measured against straight lines."""

import csv
from pathlib import Path

import numpy as np
import pytest
from doorstep.detour import LONGER, STRAIGHT_M
from doorstep.flat_earth import metres_per_degree
from doorstep.reach import ReachIndex
from doorstep.streets import read_streets
from scipy import sparse
from scipy.sparse import csgraph

NEWPORT = Path(__file__).parents[1] / "data" / "newport"


@pytest.fixture(scope="module")
def streets():
    return read_streets(NEWPORT / "newport-small.osm.pbf")


def test_the_detour_is_the_median_that_was_measured():
    with (NEWPORT / "newport_detour_by_distance.csv").open(encoding="utf-8") as file:
        bands = list(csv.DictReader(file))
    middles = [(int(b["crow_from_m"]) + int(b["crow_to_m"])) / 2 for b in bands]
    assert middles == STRAIGHT_M.tolist()
    assert [float(b["p50"]) for b in bands] == LONGER.tolist()


def test_no_walk_along_the_streets_is_shorter_than_the_straight_line(streets):
    walk = ReachIndex.build(streets, streets.lon[:40], streets.lat[:40])
    east, north = metres_per_degree(streets.lat.mean())
    for lon, lat in zip(streets.lon, streets.lat, strict=True):
        found = walk.from_place(lon, lat)
        away = np.hypot(
            (streets.lon[found.venue] - lon) * east,
            (streets.lat[found.venue] - lat) * north,
        )
        assert (found.minutes * 80 > away * 0.99 - 1).all()


def test_real_streets_are_walked_as_scipy_walks_them(streets):
    walk = ReachIndex.build(streets, streets.lon[:40], streets.lat[:40])
    rows = walk.adjacency
    graph = sparse.csr_array(
        (rows.minutes.astype(float), rows.neighbour, rows.indptr),
        shape=(streets.n_nodes, streets.n_nodes),
    )
    true = csgraph.dijkstra(graph, indices=np.arange(40))
    found = walk.from_places(streets.lon, streets.lat)
    told = np.full(true.shape, np.inf)
    for node in range(len(found)):
        told[found[node].venue, node] = found[node].minutes
    near = true < 20 * (1 - 1e-5)
    assert near.sum() > 500
    np.testing.assert_allclose(told[near], true[near], rtol=1e-4, atol=0.02)
    assert np.isinf(told[true > 20.02]).all()
