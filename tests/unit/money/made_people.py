"""Made-up people with a known truth planted in them."""

import numpy as np

from thedeal.money.evaluation.people import People, people

REPEAT_CORRELATION = 0.6  # of two readings of people who did not change
MEAN, SD = 6.5, 2.0


def made(*, effect, count=400, seed=1, choosing=1.2) -> People:
    """Give people of whom the low and the old take part more often, and gain effect.

    Nothing drifts by itself, yet those who take part drift up: they were met low.
    """
    rng = np.random.default_rng(seed)
    lasting = rng.normal(size=count) * SD * REPEAT_CORRELATION**0.5
    passing = SD * (1 - REPEAT_CORRELATION) ** 0.5
    age = rng.normal(75, 8, size=count)
    before = MEAN + lasting + rng.normal(size=count) * passing
    pull = -choosing * (before - MEAN) / SD + 0.5 * (age - 75) / 8 - 1.2
    took_part = rng.random(count) < 1 / (1 + np.exp(-pull))
    after = MEAN + lasting + rng.normal(size=count) * passing + effect * took_part
    return people(
        keys=[f"{i:05d}" for i in range(count)],
        took_part=took_part,
        before=before,
        after=after,
        traits={"age": age},
        same=[("older" if a > 80 else "younger",) for a in age],
    )
