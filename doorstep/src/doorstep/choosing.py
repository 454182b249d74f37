"""The short, varied list out of everything that fits: never ten choirs.

The same listings give the same list in whatever order they stand.
"""

import numpy as np
import numpy.typing as npt

from doorstep._internals import picking, scoring
from doorstep.catalogue import Catalogue
from doorstep.weighing import Weighed

Int64s = npt.NDArray[np.int64]

AMONG = 80
"""How many of the best the varied list is chosen from."""

MOST_LOOSE = 3
"""How many there may be of what is not quite what was said."""

MOST_OF_A_KIND, MOST_OF_A_GROUP = 2, 2
LIKENESS, UNANSWERED = 0.1, 0.04
"""How much being like what stands above takes off, and what a wish of several that
nothing answers yet adds, in the unit of the weights."""


def chosen(catalogue: Catalogue, weighed: Weighed, *, how_many: int) -> list[int]:
    """Give the places of the list, in its order.

    What is to be asked about comes after what fits, and a few that nearly fit after both.
    """
    places: list[int] = []
    tiers = {scoring.SHOWN: how_many, scoring.LAST: how_many, scoring.LOOSE: MOST_LOOSE}
    for tier, most in tiers.items():
        wanted, among = min(most, how_many - len(places)), weighed.in_tier(tier)
        if wanted > 0 and len(among):
            best = _best(catalogue, weighed, among)
            places += _varied(catalogue, weighed, best, wanted)
    return places


def _best(catalogue: Catalogue, weighed: Weighed, among: Int64s) -> Int64s:
    """Give the best places in order; equals stand by their keys."""
    scores = weighed.found.scores[among]
    if len(among) > AMONG:
        worst = np.partition(scores, -AMONG)[-AMONG]
        among, scores = among[scores >= worst], scores[scores >= worst]
    listings = catalogue.listings
    keys = [x.key if (x := listings[row]) else "" for row in weighed.rows[among]]
    ranked = sorted(zip((-scores).tolist(), keys, among.tolist(), strict=True))
    return np.array([place for _, _, place in ranked[:AMONG]], np.int64)


def _varied(
    catalogue: Catalogue, weighed: Weighed, best: Int64s, wanted: int
) -> list[int]:
    columns, rows = catalogue.columns, weighed.rows[best]
    picked = picking.pick(
        weighed.found.scores[best],
        weighed.found.which[best],
        columns["kind"][rows],
        columns["group"][rows],
        columns["what"][rows],
        columns["what_scale"][rows],
        wanted,
        (MOST_OF_A_KIND, MOST_OF_A_GROUP),
        LIKENESS,
        UNANSWERED,
    )
    return [int(place) for place in best[picked]]
