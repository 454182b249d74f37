"""``./deal bench doorstep [NODES …]``: the reach index beside SciPy's own search.

Both make the same thing: at each crossing the venues within the limit, and the minutes
to each. On Newport's streets, then on many Newports side by side, from the same venues.
Each is timed five times, in turn; medians and their ratio are printed. Then one
person's answer, and what a catalogue weighs.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from doorstep.catalogue import Catalogue
from doorstep.listings import Listing
from doorstep.match import Asked, match, understand
from doorstep.meaning import DIMENSIONS, load_model
from doorstep.reach import ReachIndex
from doorstep.rows import rows_within
from doorstep.sessions import LONDON, Calendar
from doorstep.speeds import ORDINARY
from scipy import sparse
from scipy.sparse import csgraph

from bench.doorstep.towns import newports
from thedeal.lib.setup.telling import say

SEED, LIMIT_MINUTES, VENUES, ROUNDS = 160, 15.0, 400, 5


def seconds(do: Callable[[], object]) -> float:
    """Give how long something takes."""
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def against_scipy(n_nodes: int) -> None:
    """Print the medians of both, and their ratio."""
    network = newports(n_nodes)
    rng = np.random.default_rng(SEED + 1)
    nodes = rng.integers(0, network.n_nodes, VENUES)
    index = ReachIndex.build(network, network.lon[nodes[:2]], network.lat[nodes[:2]])
    adjacency = index.adjacency
    snapped = index.ground.snapper.snap(network.lon[nodes], network.lat[nodes])
    graph = sparse.csr_array(
        (adjacency.minutes.astype(float), adjacency.neighbour, adjacency.indptr),
        shape=(network.n_nodes, network.n_nodes),
    )
    few = nodes[: max(10, int(4_000_000 / network.n_nodes))]  # SciPy's table is dense

    def scipy() -> object:
        table = csgraph.dijkstra(graph, indices=few, limit=LIMIT_MINUTES)
        venue, node = np.nonzero(np.isfinite(table))
        order = np.argsort(node, kind="stable")
        return node[order], venue[order], table[venue, node][order]

    def ours(threads: int) -> object:
        return rows_within(
            adjacency, snapped, limit_minutes=LIMIT_MINUTES, threads=threads
        )

    times: dict[str, list[float]] = {"one": [], "two": [], "scipy": []}
    for _ in range(ROUNDS):
        for threads, name in ((1, "one"), (2, "two")):
            times[name].append(seconds(lambda n=threads: ours(n)) / VENUES)
        times["scipy"].append(seconds(scipy) / len(few))
    one, two, peer = (median(times[name]) * 1000 for name in ("one", "two", "scipy"))
    say(
        f"{network.n_nodes:>9,} nodes: {one:.2f} ms a venue on one core, {two:.2f} on "
        f"two; SciPy {peer:.2f}. {peer / one:.1f}× and {peer / two:.1f}× as fast."
    )


def one_answer(n_listings: int) -> None:
    """Print the time of one person's answer over so many activities."""
    rng = np.random.default_rng(SEED)
    now = dt.datetime(2026, 11, 23, 12, tzinfo=LONDON)
    listings = [
        Listing(key=str(n), activity=f"Choir {n % 97}", group=str(n), venue=n % 500)
        for n in range(n_listings)
    ]
    what = rng.normal(size=(n_listings, DIMENSIONS)).astype(np.float32)
    what /= np.linalg.norm(what, axis=1, keepdims=True)
    catalogue = Catalogue.of(listings, now=now, calendar=Calendar(), what=what)
    said = understand("I used to sing", load_model())
    minutes = rng.uniform(1, 40, 500).astype(np.float32)

    def ask() -> object:
        return match(
            catalogue, Asked(), said, minutes=minutes, is_estimate=True, now=now
        )

    ask()
    took = median(seconds(ask) for _ in range(30)) * 1000
    weighs = sum(column.nbytes for column in catalogue.columns.values()) / 1e6
    say(f"{n_listings:>9,} activities: {took:.2f} ms an answer, {weighs:.0f} MB")


def main() -> None:
    """Measure everything."""
    sizes = [int(word) for word in sys.argv[1:]] or [13_000, 100_000, 1_000_000]
    say(f"{VENUES} venues, {LIMIT_MINUTES:.0f} minutes, {ORDINARY.name} walker")
    for size in sizes:
        against_scipy(size)
    one_answer(10_000)
    say("Not measured: pandana, and PostGIS with pgRouting.")


if __name__ == "__main__":
    main()
