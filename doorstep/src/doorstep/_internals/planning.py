"""The compiled loop of planning: who near each hub shares an interest and an hour."""

from typing import Any

from doorstep._internals.compiled import compiled


@compiled
def count_sharers(
    people: Any, wanted: Any, indptr: Any, hub: Any, free: Any, usable: Any,
    sharers: Any, step: int,
) -> None:  # fmt: skip
    """Add some people to the counts of every hub, interest and hour they could share.

    ``wanted`` holds the interests of each, in the order of ``people``. With a step of
    -1 they are taken away again.
    """
    for i in range(people.shape[0]):
        person = people[i]
        for interest in range(wanted.shape[1]):
            if not wanted[i, interest]:
                continue
            for row in range(indptr[person], indptr[person + 1]):
                for hour in range(free.shape[1]):
                    if free[person, hour] and usable[hub[row], hour]:
                        sharers[hub[row], interest, hour] += step
