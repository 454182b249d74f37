"""Everybody's list at once: 330,000 people, every activity, two processes.

People live at crossings of two Newports side by side and ask what residents say in the
judged set. Then the same for fewer people and for fewer venues, from which the power is
fitted with which the cost grows; it is counted in seconds of a processor.
"""

import multiprocessing
import resource
import time
from collections.abc import Sequence

import numpy as np
from doorstep.asking import Asked
from doorstep.catalogue import Catalogue
from doorstep.everyone import lists_for_everyone
from doorstep.reach import ReachIndex

from bench.doorstep.answering import statements
from bench.doorstep.directory import NOW, directory
from bench.doorstep.measuring import exponent
from bench.doorstep.towns import newports
from thedeal.lib.setup.telling import say

SEED, PEOPLE, LISTINGS, VENUES, NODES = 5, 330_000, 10_000, 2_500, 27_000
PROCESSES = 2
FEWER = (8, 4, 2, 1)
GIGABYTE = 1_000_000  # of the kilobytes that the system counts memory in

Job = tuple[Catalogue, ReachIndex, np.ndarray]
_jobs: list[Job] = []


def everyone() -> None:
    """Print how long the whole borough takes, its memory, and how it grows."""
    catalogue = directory(LISTINGS, n_venues=VENUES)
    wall, cost, given = _run(catalogue, VENUES, PEOPLE)
    rss = _most_memory()
    say(
        f"\n{PEOPLE:,} people, {LISTINGS:,} activities at {VENUES:,} places: "
        f"{wall / 60:.1f} minutes by the clock in {PROCESSES} processes, {cost:.0f} "
        f"seconds of a processor ({cost / PEOPLE * 1e6:.0f} us a person); "
        f"{given / PEOPLE:.1f} activities each; at most {rss:.1f} GB in all"
    )
    people = [PEOPLE // part for part in FEWER]
    costs = [_run(catalogue, VENUES, count)[1] for count in people[:-1]]
    costs.append(cost)
    say(f"  grows with people to the power {exponent(people, costs):.2f}")
    venues = [VENUES // part for part in FEWER]
    costs = [
        _run(directory(4 * count, n_venues=count), count, people[0])[1]
        for count in venues
    ]
    say(
        f"  grows with venues, four activities at each, to the power "
        f"{exponent(venues, costs):.2f}"
    )


def _run(catalogue: Catalogue, n_venues: int, people: int) -> tuple[float, float, int]:
    """Give the seconds by the clock, those of processors, and the lists' length."""
    network, rng = newports(NODES), np.random.default_rng(SEED)
    begun, used = time.perf_counter(), time.process_time()
    at = rng.integers(0, network.n_nodes, n_venues)
    walk = ReachIndex.build(network, network.lon[at], network.lat[at])
    homes = rng.integers(0, network.n_nodes, people)
    _jobs[:] = [(catalogue, walk, part) for part in np.array_split(homes, PROCESSES)]
    used = time.process_time() - used
    forked = multiprocessing.get_context("fork")  # the arrays are shared, not copied
    with forked.Pool(PROCESSES) as pool:
        done = pool.map(_lists, range(PROCESSES))
    wall = time.perf_counter() - begun
    return wall, used + sum(cost for cost, _ in done), sum(n for _, n in done)


def _lists(job: int) -> tuple[float, int]:
    """Do one process's share; give its seconds of a processor and the lists' length."""
    catalogue, walk, homes = _jobs[job]
    used, said = time.process_time(), statements()
    questions: Sequence = [(Asked(how_many=10), each) for each in said]
    network = walk.network
    lists = lists_for_everyone(
        catalogue,
        walk,
        lons=network.lon[homes],
        lats=network.lat[homes],
        questions=questions,
        question=np.arange(len(homes)) % len(said),
        today=NOW.date(),
    )
    return time.process_time() - used, int((lists.row >= 0).sum())


def _most_memory() -> float:
    """Give the most that this process and its largest two held together, in GB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + PROCESSES * child) / GIGABYTE
