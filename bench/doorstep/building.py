"""The reach index beside SciPy's bounded Dijkstra, and beside pandana.

All give the same thing: at each crossing the venues within the limit, and the minutes
to each. SciPy is handed its graph and the crossings; its dense table is turned to rows,
and the search alone is told as well. Pandana prepares a network once and then looks for
points of interest from every crossing; both are told. One thread each, in seconds of a
processor; two threads beside one by the clock.
"""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from doorstep._internals.snapping import Snapped
from doorstep.network import Network
from doorstep.reach import ReachIndex
from doorstep.rows import Rows, rows_within
from scipy import sparse
from scipy.sparse import csgraph

from bench.doorstep.measuring import by_turns, timed
from bench.doorstep.towns import newports
from thedeal.lib.setup.telling import say

SEED, LIMIT_MINUTES, VENUES = 161, 15.0, 400
SCIPY_CELLS = 4_000_000
"""SciPy's table is dense: as many venues at a time as make so many cells."""

PANDANA = Path(__file__).parents[2] / ".deal/bench/pandana/bin/python"
PANDANA_MOST_NODES = 150_000


def build(n_nodes: int) -> None:
    """Print how long an index takes on so many crossings, by each of the three."""
    network = newports(n_nodes)
    nodes = np.random.default_rng(SEED).integers(0, network.n_nodes, VENUES)
    places = network.lon[nodes], network.lat[nodes]
    index = ReachIndex.build(network, *places, limit_minutes=LIMIT_MINUTES, threads=1)
    say(
        f"\n{network.n_nodes:,} crossings, {network.n_edges:,} paths; {VENUES} venues, "
        f"{LIMIT_MINUTES:.0f} minutes' walk: {len(index.rows.venue):,} pairs"
    )
    _beside_scipy(index, nodes)
    whole = timed(
        lambda: ReachIndex.build(
            network, *places, limit_minutes=LIMIT_MINUTES, threads=1
        )
    )
    say(f"  network, grid and index made from nothing: {whole:.2f} s")
    if network.n_nodes > PANDANA_MOST_NODES:
        say("  pandana: left out at this size; it prepares for minutes")
    else:
        _beside_pandana(index, nodes, whole)


def _beside_scipy(index: ReachIndex, nodes: np.ndarray) -> None:
    adjacency, snapped = index.adjacency, index.venues.snapped
    few = min(VENUES, max(10, SCIPY_CELLS // index.network.n_nodes))
    graph = sparse.csr_array(
        (adjacency.minutes.astype(float), adjacency.neighbour, adjacency.indptr),
        shape=(index.network.n_nodes, index.network.n_nodes),
    )

    def ours(venues: Snapped, threads: int) -> Rows:
        return rows_within(
            adjacency, venues, limit_minutes=LIMIT_MINUTES, threads=threads
        )

    def table() -> np.ndarray:
        return csgraph.dijkstra(graph, indices=nodes[:few], limit=LIMIT_MINUTES)

    def rows() -> tuple[np.ndarray, ...]:
        found = table()
        venue, node = np.nonzero(np.isfinite(found))
        order = np.argsort(node, kind="stable")
        return node[order], venue[order], found[venue, node][order]

    same = len(ours(snapped.at(slice(0, few)), 1).venue) - len(rows()[0])
    times = by_turns({"ours": lambda: ours(snapped, 1), "table": table, "rows": rows})
    cores = by_turns(
        {"one": lambda: ours(snapped, 1), "two": lambda: ours(snapped, 2)},
        clock=time.perf_counter,
    )
    # SciPy's turns are of fewer venues where its table would not fit: told for each
    fair = VENUES / few
    say(
        f"  ours, one core: {times.ms('ours', each=VENUES):.4f} ms a venue; on two "
        f"{cores.ratio('one', 'two'):.1f}x as fast by the clock\n"
        f"  SciPy, in rows: {times.ms('rows', each=few):.4f} ms a venue; ours is "
        f"{times.ratio('rows', 'ours') * fair:.1f}x as fast\n"
        f"  SciPy, its search alone: {times.ms('table', each=few):.4f} ms a venue; "
        f"ours, in rows, is {times.ratio('table', 'ours') * fair:.1f}x as fast\n"
        f"  pairs that only one of the two finds, of {few} venues: {abs(same)}"
    )


def _beside_pandana(index: ReachIndex, nodes: np.ndarray, whole: float) -> None:
    if not PANDANA.is_file():
        say("  pandana: not here. To compare with it: sh bench/doorstep/peers.sh")
        return
    told = _pandana(index.network, nodes, most=int(np.diff(index.rows.indptr).max()))
    theirs = told["prepared_s"] + told["asked_s"]
    say(
        f"  pandana {told['version']}: {told['prepared_s']:.2f} s to prepare, then "
        f"{told['asked_s'] * 1000 / VENUES:.4f} ms a venue ({told['pairs']:,} pairs); "
        f"ours, from nothing, is {theirs / whole:.1f}x as fast as both"
    )


def _pandana(network: Network, nodes: np.ndarray, *, most: int) -> dict[str, float]:
    """Run it in its own environment, from the same arrays; give what it measured."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "network.npz"
        np.savez(
            given,
            x=network.lon,
            y=network.lat,
            edge_u=network.edge_u,
            edge_v=network.edge_v,
            minutes=network.length_m / np.float32(80),
            venues=nodes,
            limit=LIMIT_MINUTES,
            most=most,
        )
        ran = subprocess.run(  # noqa: S603 - our own script and files
            [PANDANA, Path(__file__).with_name("pandana_peer.py"), given],
            check=True,
            capture_output=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
    found: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return found
