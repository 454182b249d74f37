"""Groups small areas into compact neighbourhoods of even size. Pure arithmetic.

A first guess for a council that has drawn no neighbourhoods of its own: it knows
distance, headcount and ward edges, not where people feel they belong. A council
replaces the result by a CSV of two columns (docs/guides/loading-your-area.md).

The method is seeded region growing and then local search: areas on an edge move,
one at a time, to the neighbouring region where the cost falls most, while every
region stays in one piece. Cost is the sum over areas of
``people × (km to the region's middle)²``, plus ``split × people`` for each ward cut
in two (its smaller part), plus a steep charge for people outside the bounds. The
same input gives the same result: ties go to the lower code.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

OUTSIDE_CHARGE = 50.0  # cost for each person too many or too few
SPLIT_CHARGE = 10.0  # cost for each person in the smaller part of a cut ward
MOST_MOVES = 5_000


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One small area: its code, people, middle (metres) and ward."""

    code: str
    people: int
    x_m: float
    y_m: float
    ward: str = ""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Fewest and most people in a region."""

    fewest: int = 30_000
    most: int = 50_000


class CannotGroupError(ValueError):
    """The areas cannot be grouped as asked; the sentence says why."""


@dataclass
class _Search:
    """The state of a search: which region each unit is in, and running sums."""

    people: npt.NDArray[np.float64]
    at_km: npt.NDArray[np.float64]
    wards: npt.NDArray[np.int64]
    near: list[list[int]]
    bounds: Bounds
    region: npt.NDArray[np.int64]
    regions: int
    sizes: npt.NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        self.sizes = np.bincount(
            self.region, self.people, minlength=self.regions
        ).astype(np.float64)

    def cost(self) -> float:
        """Give the cost of the grouping as it stands."""
        return self.spread() + self.out_of_bounds() + self.split()

    def spread(self) -> float:
        """Give people times squared kilometres from their region's middle."""
        total = 0.0
        for region in range(self.regions):
            mine = self.region == region
            weight, at = self.people[mine], self.at_km[mine]
            middle = (weight[:, None] * at).sum(axis=0) / max(weight.sum(), 1.0)
            total += float((weight * ((at - middle) ** 2).sum(axis=1)).sum())
        return total

    def out_of_bounds(self) -> float:
        """Give the charge for people outside the bounds."""
        above = np.clip(self.sizes - self.bounds.most, 0, None).sum()
        below = np.clip(self.bounds.fewest - self.sizes, 0, None).sum()
        return OUTSIDE_CHARGE * float(above + below)

    def split(self) -> float:
        """Give the charge for wards cut into parts: all but the largest part."""
        table = np.zeros((self.wards.max() + 1, self.regions))
        np.add.at(table, (self.wards, self.region), self.people)
        return SPLIT_CHARGE * float((table.sum(axis=1) - table.max(axis=1)).sum())

    def move(self, unit: int, region: int) -> None:
        """Put one unit in another region."""
        self.sizes[self.region[unit]] -= self.people[unit]
        self.sizes[region] += self.people[unit]
        self.region[unit] = region

    def leaves_one_piece(self, unit: int) -> bool:
        """Say whether the unit's region holds together without it."""
        home = self.region[unit]
        rest = [n for n in self.near[unit] if self.region[n] == home]
        if not rest:
            return False  # it is the whole region, or an island
        seen, queue = {unit, rest[0]}, deque([rest[0]])
        while queue:
            for n in self.near[queue.popleft()]:
                if n not in seen and self.region[n] == home:
                    seen.add(n)
                    queue.append(n)
        return all(n in seen for n in rest)


def group(
    units: Sequence[Unit],
    *,
    touching: Mapping[str, Sequence[str]],
    seeds: Sequence[str],
    bounds: Bounds | None = None,
) -> dict[str, int]:
    """Give the region (0 …, in the order of ``seeds``) of each unit's code.

    ``touching`` gives for each code the codes that share an edge with it; ``seeds``
    are the codes that the regions grow from. Raises CannotGroupError where units
    are cut off from every seed, or the bounds cannot be met.
    """
    bounds = bounds or Bounds()
    ordered = sorted(units, key=lambda unit: unit.code)
    at = {unit.code: i for i, unit in enumerate(ordered)}
    near = [sorted(at[c] for c in touching[u.code] if c in at) for u in ordered]
    search = _Search(
        people=np.array([u.people for u in ordered], dtype=float),
        at_km=np.array([(u.x_m / 1000, u.y_m / 1000) for u in ordered]),
        wards=_numbered([u.ward for u in ordered]),
        near=near,
        bounds=bounds,
        region=_grown(ordered, near, [at[code] for code in seeds]),
        regions=len(seeds),
    )
    _improve(search)
    if search.out_of_bounds() > 0:
        raise CannotGroupError(
            f"No grouping into {len(seeds)} was found with {bounds.fewest:,} to "
            f"{bounds.most:,} people in each: change the number or the bounds."
        )
    return {u.code: int(search.region[i]) for i, u in enumerate(ordered)}


def spread_seeds(units: Sequence[Unit], *, count: int) -> list[str]:
    """Give codes far apart to grow from: the middle one, then farthest-first."""
    ordered = sorted(units, key=lambda unit: unit.code)
    at = np.array([(u.x_m, u.y_m) for u in ordered])
    chosen = [int(np.argmin(((at - at.mean(axis=0)) ** 2).sum(axis=1)))]
    while len(chosen) < min(count, len(ordered)):
        gaps = np.min([((at - at[c]) ** 2).sum(axis=1) for c in chosen], axis=0)
        chosen.append(int(np.argmax(gaps)))
    return [ordered[i].code for i in chosen]


def _numbered(names: Sequence[str]) -> npt.NDArray[np.int64]:
    known = {name: i for i, name in enumerate(sorted(set(names)))}
    return np.array([known[name] for name in names], dtype=np.int64)


def _grown(
    units: Sequence[Unit], near: list[list[int]], seeds: Sequence[int]
) -> npt.NDArray[np.int64]:
    """Grow all regions together, the smallest next, each taking its nearest."""
    if not seeds or len(set(seeds)) != len(seeds):
        raise CannotGroupError("Give at least one seed, and none of them twice.")
    region = np.full(len(units), -1, dtype=np.int64)
    sizes = [0] * len(seeds)
    for r, unit in enumerate(seeds):
        region[unit], sizes[r] = r, units[unit].people
    left = len(units) - len(seeds)
    while left:
        r, unit = _next(units, near, seeds, region, sizes)
        region[unit] = r
        sizes[r] += units[unit].people
        left -= 1
    return region


def _next(
    units: Sequence[Unit],
    near: list[list[int]],
    seeds: Sequence[int],
    region: npt.NDArray[np.int64],
    sizes: list[int],
) -> tuple[int, int]:
    """Give the smallest region that can grow and the free unit nearest its seed."""
    for r in sorted(range(len(seeds)), key=lambda r: (sizes[r], r)):
        seed = units[seeds[r]]
        free = {
            n for i in np.flatnonzero(region == r) for n in near[i] if region[n] < 0
        }
        if free:
            return r, min(map(int, free), key=lambda n: (_apart(units[n], seed), n))
    cut_off = [units[int(i)].code for i in np.flatnonzero(region < 0)]
    raise CannotGroupError(f"Cut off from every seed: {', '.join(cut_off[:5])}.")


def _apart(a: Unit, b: Unit) -> float:
    return (a.x_m - b.x_m) ** 2 + (a.y_m - b.y_m) ** 2


def _improve(search: _Search) -> None:
    """Make the best single move until none makes the cost fall."""
    cost = search.cost()
    for _ in range(MOST_MOVES):
        best = _best_move(search, cost)
        if best is None:
            return
        cost, unit, region = best
        search.move(unit, region)


def _best_move(search: _Search, cost: float) -> tuple[float, int, int] | None:
    best: tuple[float, int, int] | None = None
    for unit in range(len(search.near)):
        home = int(search.region[unit])
        others = sorted({int(search.region[n]) for n in search.near[unit]} - {home})
        if not others or not search.leaves_one_piece(unit):
            continue
        for region in others:
            search.move(unit, region)
            now = search.cost()
            search.move(unit, home)
            if now < (best[0] if best else cost) - 1e-6:
                best = (now, unit, region)
    return best
