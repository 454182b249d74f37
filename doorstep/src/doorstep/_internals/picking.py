"""The loop that picks a short varied list out of the best: never ten choirs.

Numbers only; what they mean is in `doorstep.choosing`. Untyped to mypy for the same
reason as `scoring`.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from typing import Any

import numpy as np

from doorstep._internals.compiled import compiled
from doorstep._internals.scoring import dot


@compiled
def may_follow(place, others, kinds, groups, most):
    """Say whether a listing would be too many of its kind or its group."""
    same_kind, same_group = 0, 0
    for other in others:
        same_kind += kinds[place] >= 0 and kinds[other] == kinds[place]
        same_group += groups[place] >= 0 and groups[other] == groups[place]
    return same_kind < most[0] and same_group < most[1]


@compiled
def next_of(worth, repeats, which, kinds, groups, taken, most, likeness, unanswered):
    """Give the place of what is worth most after what was taken, -1 for nothing."""
    best, best_value = -1, -1e9
    for place in range(worth.shape[0]):
        value = worth[place] - likeness * repeats[place]
        if which[place] >= 0 and not (which[taken] == which[place]).any():
            value += unanswered
        is_better = value > best_value + 1e-9 and not (taken == place).any()
        if is_better and may_follow(place, taken, kinds, groups, most):
            best, best_value = place, value
    return best


@compiled
def pick(
    worth: Any, which: Any, kinds: Any, groups: Any, what: Any, what_scale: Any,
    how_many: int, most: tuple[int, int], likeness: float, unanswered: float,
) -> Any:  # fmt: skip
    """Give a short varied list out of the best, in the order it is told, by place.

    Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next is the
    one worth most after `likeness` times its likeness to what stands already is taken
    off; one that answers a wish nothing yet answers is worth `unanswered` more. `most`
    holds how many there may be of a kind and of a group.
    """
    taken = np.empty(min(how_many, worth.shape[0]), np.int64)
    repeats = np.zeros(worth.shape[0], np.float64)
    for count in range(taken.shape[0]):
        best = next_of(
            worth, repeats, which, kinds, groups, taken[:count], most, likeness,
            unanswered,
        )  # fmt: skip
        if best < 0:
            return taken[:count]
        taken[count] = best
        for place in range(worth.shape[0]):
            alike = dot(what[place], what[best]) * what_scale[best]
            repeats[place] = max(repeats[place], alike * what_scale[place])
    return taken
