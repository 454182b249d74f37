"""Points put on the nearest path, against looking at every piece of every path."""

import numpy as np
import pytest
from doorstep._internals import snapping
from doorstep._internals.snapping import FURTHEST_M, Snapper
from doorstep.network import Network
from doorstep.speeds import ORDINARY, WHEELCHAIR
from hypothesis import given
from hypothesis import strategies as st

LON, LAT = -2.6, 53.5


@st.composite
def paths(draw):
    """Some bending paths within two kilometres, a few of them steps."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    sizes = rng.integers(2, 6, draw(st.integers(1, 8)))
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    spread = draw(st.sampled_from([1e-4, 0.003, 0.02]))
    lon = LON + rng.uniform(0, spread, indptr[-1])
    lat = LAT + rng.uniform(0, spread, indptr[-1])
    ends = np.stack([indptr[:-1], indptr[1:] - 1], axis=1)
    steps = rng.integers(0, 2, len(sizes))
    return Network.from_arrays(
        lon=lon[ends].ravel(),
        lat=lat[ends].ravel(),
        edge_u=np.arange(0, 2 * len(sizes), 2),
        edge_v=np.arange(1, 2 * len(sizes), 2),
        lines=(indptr, lon, lat),
        attributes={"steps": steps},
    )


def naive(network, edges, x_m, y_m):
    """Give the metres from a point to the nearest path, by trying every piece."""
    best = np.inf
    for edge in edges:
        for p in range(network.line_indptr[edge], network.line_indptr[edge + 1] - 1):
            start = np.array([network.line_x_m[p], network.line_y_m[p]], np.float64)
            end = np.array([network.line_x_m[p + 1], network.line_y_m[p + 1]])
            way = end - start
            share = np.dot([x_m, y_m] - start, way) / max(np.dot(way, way), 1e-30)
            nearest = start + np.clip(share, 0, 1) * way
            best = min(best, float(np.hypot(*(nearest - [x_m, y_m]))))
    return best


@given(
    paths(),
    st.floats(-600, 2600),
    st.floats(-600, 2600),
    st.sampled_from([ORDINARY, WHEELCHAIR]),
    st.sampled_from([1, 3, 4096]),
)
def test_no_path_is_nearer(network, east, north, profile, cells_across):
    with pytest.MonkeyPatch.context() as wide:
        wide.setattr(snapping, "MOST_CELLS_ACROSS", cells_across)
        snapper = Snapper(network, profile)
    x_m = np.array([network.line_x_m.min() + east])
    y_m = np.array([network.line_y_m.min() + north])
    usable = np.flatnonzero(profile.passable(network))
    nearest = naive(network, usable, x_m[0], y_m[0])
    found = snapper.snap_metres(x_m, y_m)
    if nearest > FURTHEST_M:
        assert found.edge[0] == -1
        assert np.isinf(found.starts).all()
        return
    assert found.edge[0] in usable
    away = found.access[0] * profile.metres_per_minute
    assert away == pytest.approx(nearest, abs=1e-3)
    there = naive(network, [found.edge[0]], x_m[0], y_m[0])
    assert there == pytest.approx(nearest, abs=1e-3)
    whole = snapper.minutes[found.edge[0]]
    assert found.starts.sum() == pytest.approx(2 * found.access[0] + whole, rel=1e-5)
    assert 0 <= found.along[0] <= whole * (1 + 1e-6)


def test_a_place_in_the_middle_of_a_bend_by_pencil():
    degree_m = 111_000.0
    lat = [LAT, LAT + 100 / degree_m, LAT + 300 / degree_m]
    bend = Network.from_arrays(
        lon=[LON, LON],
        lat=[lat[0], lat[2]],
        edge_u=[0],
        edge_v=[1],
        lines=([0, 3], [LON] * 3, lat),
    )
    found = Snapper(bend, ORDINARY).snap([LON], [LAT + 150 / degree_m])
    assert found.along[0] == pytest.approx(150 / 80, rel=0.01)
    assert found.starts[0].tolist() == pytest.approx([150 / 80] * 2, rel=0.01)


@pytest.mark.parametrize("lon", [np.nan, np.inf, 1e300, 170.0])
def test_what_is_nowhere_near_lies_nowhere(lon):
    network = Network.from_arrays(
        lon=[LON, LON], lat=[LAT, LAT + 0.001], edge_u=[0], edge_v=[1]
    )
    found = Snapper(network, ORDINARY).snap([lon], [LAT])
    assert found.edge.tolist() == [-1]
    assert found.ends.tolist() == [[-1, -1]]


def test_where_nobody_can_walk_nothing_is_snapped_to():
    network = Network.from_arrays(
        lon=[LON, LON],
        lat=[LAT, LAT + 0.001],
        edge_u=[0],
        edge_v=[1],
        attributes={"steps": [1]},
    )
    assert Snapper(network, WHEELCHAIR).snap([LON], [LAT]).edge.tolist() == [-1]
