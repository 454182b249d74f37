"""How long a session may last, by what the person can reach.

Staff: 30 minutes without a touch, 12 hours in all. Everybody else sees only what is
their own: two hours without a touch (a library's computer), 12 hours in all.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Stay:
    """The longest pause and the longest stay of one session."""

    idle_seconds: int
    most_seconds: int

    def is_over(self, *, started: float, seen: float, now: float) -> bool:
        """Say whether a session is over (times in seconds since 1970)."""
        return now - seen > self.idle_seconds or now - started > self.most_seconds


STAFF = Stay(idle_seconds=30 * 60, most_seconds=12 * 60 * 60)
OTHERS = Stay(idle_seconds=2 * 60 * 60, most_seconds=12 * 60 * 60)
PROOF_SECONDS = 30 * 60
TOUCH_SECONDS = 60


def of(*, is_staff: bool) -> Stay:
    """Give the stay that a person has."""
    return STAFF if is_staff else OTHERS
