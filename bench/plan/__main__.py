"""``./deal bench plan``: sharing out introductions, and finding groups, at size.

Introductions are shared out beside SciPy's HiGHS, which is handed the same problem as a
linear programme, and beside whoever comes first being sent where they fit best. Both are
made up by a seed: people live in a square town, each with ten activities that fit, most
of them among the tenth of all that everybody would like.
"""

from dataclasses import dataclass

import numpy as np
from doorstep.cover import HOURS
from doorstep.plan import Introductions, introduce, propose
from doorstep.walks import Reaches
from scipy.optimize import linprog
from scipy.sparse import coo_array

from bench.doorstep.measuring import by_turns, exponent, timed
from thedeal.lib.setup.telling import say

SEED, OFFERED, ROOM = 7, 10, 3
SIZES = [1_000, 4_000, 16_000]
BEYOND = 64_000  # ours alone
TOWNS = [5_000, 20_000, 80_000]  # people, with a hub for every 400
INTERESTS, FREE_HOURS, NEAR_HUBS, PEOPLE_A_HUB = 29, 12, 6, 400


@dataclass(frozen=True)
class Offers:
    """Who might be introduced where, and how well it fits."""

    person: np.ndarray
    activity: np.ndarray
    fit: np.ndarray
    room: np.ndarray


def offers(people: int) -> Offers:
    """Give ten activities for each person, as many places in all as there are people."""
    rng = np.random.default_rng(SEED)
    activities = people // ROOM
    liked = rng.integers(0, max(OFFERED, activities // 10), (people, OFFERED))
    other = rng.integers(0, activities, (people, OFFERED))
    which = np.where(rng.random((people, OFFERED)) < 0.5, liked, other)
    pairs = np.unique(
        np.repeat(np.arange(people), OFFERED) * activities + which.ravel()
    )
    person, activity = np.divmod(pairs, activities)
    fit = rng.uniform(0.4, 1.6, len(pairs))
    return Offers(person, activity, fit, np.full(activities, ROOM))


def ours(given: Offers) -> Introductions:
    """Share out by the flow."""
    return introduce(given.person, given.activity, given.fit, room=given.room)


def highs(given: Offers) -> float:
    """Give the total fit by SciPy's HiGHS: each goes one place, each place holds so many."""
    rows, people = len(given.fit), int(given.person.max()) + 1
    at = np.concatenate([given.person, people + given.activity])
    columns = np.tile(np.arange(rows), 2)
    table = coo_array((np.ones(2 * rows), (at, columns))).tocsr()
    most = np.concatenate([np.ones(people), given.room])[: table.shape[0]]
    found = linprog(-given.fit, A_ub=table, b_ub=most, bounds=(0, 1), method="highs")
    return -float(found.fun)


def first_come(given: Offers) -> tuple[float, int]:
    """Give the total fit, and how many are placed, where nobody looks past themself."""
    left, total, placed = given.room.copy(), 0.0, 0
    order = np.lexsort((-given.fit, given.person))
    done = -1
    for row in order.tolist():
        person, activity = given.person[row], given.activity[row]
        if person != done and left[activity] > 0:
            left[activity] -= 1
            total, placed, done = total + float(given.fit[row]), placed + 1, person
    return total, placed


def share_out() -> None:
    """Print how long sharing out takes beside its peer, and what it is worth."""
    costs = []
    for people in SIZES:
        given = offers(people)
        times = by_turns(
            {"ours": lambda g=given: ours(g), "HiGHS": lambda g=given: highs(g)},
            turns=3,
        )
        costs.append(times.ms("ours"))
        found, best = ours(given), highs(given)
        total, placed = first_come(given)
        say(
            f"\n{people:,} people, {len(given.room):,} activities with room for {ROOM}:"
            f" {times.ms('ours'):,.0f} ms\n"
            f"  SciPy's HiGHS: {times.ms('HiGHS'):,.0f} ms; ours is "
            f"{times.ratio('HiGHS', 'ours'):.1f}x as fast, with "
            f"{found.total_fit / best:.4%} of its fit\n"
            f"  placed: {len(found.person) / people:.1%}; first come, first served: "
            f"{placed / people:.1%}, with {total / found.total_fit:.1%} of the fit"
        )
    given = offers(BEYOND)
    costs.append(timed(lambda: ours(given)) * 1000)
    say(f"\n{BEYOND:,} people: {costs[-1] / 1000:.1f} s of a processor")
    say(f"  grows with people to the power {exponent([*SIZES, BEYOND], costs):.2f}")


def find_groups() -> None:
    """Print how long it takes to find every group that should be there."""
    costs = []
    for people in TOWNS:
        reaches, interests, free, n_hubs = town(people)
        propose_all = lambda: list(  # noqa: E731 - timed as it stands
            propose(reaches, interests=interests, free=free, n_hubs=n_hubs)  # noqa: B023 - done at once
        )
        found = propose_all()
        costs.append(timed(propose_all))
        say(
            f"\n{people:,} people, {n_hubs:,} hubs, {INTERESTS} interests: "
            f"{len(found):,} groups of 6 to 12 in {costs[-1]:.1f} s of a processor"
        )
    say(f"  grows with people to the power {exponent(TOWNS, costs):.2f}")


def town(people: int) -> tuple[Reaches, np.ndarray, np.ndarray, int]:
    """Give a made-up town: who can walk to which hubs, likes what, and is free when."""
    rng, n_hubs = np.random.default_rng(SEED), people // PEOPLE_A_HUB
    first = rng.integers(0, n_hubs, people)
    near = np.sort((first[:, None] + np.arange(NEAR_HUBS)) % n_hubs, axis=1)
    reaches = Reaches(
        indptr=np.arange(people + 1, dtype=np.int64) * NEAR_HUBS,
        venue=near.ravel().astype(np.int32),
        minutes=rng.uniform(1, 10, people * NEAR_HUBS).astype(np.float32),
        why_not=np.zeros(people, np.int8),
        is_estimate=False,
    )
    interests = rng.random((people, INTERESTS)) < 1 / INTERESTS
    free = np.zeros((people, HOURS), np.bool_)
    daytime = [day * 24 + hour for day in range(7) for hour in range(9, 21)]
    hours = rng.choice(daytime, (people, FREE_HOURS))
    free[np.arange(people)[:, None], hours] = True
    return reaches, interests, free, n_hubs


def main() -> None:
    """Measure both parts."""
    share_out()
    find_groups()


if __name__ == "__main__":
    main()
