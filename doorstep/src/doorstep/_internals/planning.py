"""The compiled loop of planning: who near each hub shares an interest and an hour."""

from typing import Any

from doorstep._internals.compiled import compiled


@compiled
def count_sharers(
    indptr: Any, hub: Any, waiting: Any, free: Any, usable: Any, sharers: Any, step: int
) -> None:
    """Add each person to the counts of every hub, interest and hour they could share.

    With a step of -1 they are taken away again.
    """
    for person in range(indptr.shape[0] - 1):
        for interest in range(waiting.shape[1]):
            if not waiting[person, interest]:
                continue
            for row in range(indptr[person], indptr[person + 1]):
                for hour in range(free.shape[1]):
                    if free[person, hour] and usable[hub[row], hour]:
                        sharers[hub[row], interest, hour] += step
