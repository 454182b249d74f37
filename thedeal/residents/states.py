"""Where somebody is in life, as far as messages are concerned, and the moves."""

from enum import StrEnum


class Whereabouts(StrEnum):
    """Whether we may write, and why not."""

    HERE = "here"
    IN_HOSPITAL = "in hospital"
    MOVED_AWAY = "moved away"
    DIED = "died"


# Everything but HERE stops every message at once.
STOPS_MESSAGES = frozenset(set(Whereabouts) - {Whereabouts.HERE})

MOVES: dict[Whereabouts, frozenset[Whereabouts]] = {
    Whereabouts.HERE: STOPS_MESSAGES,
    Whereabouts.IN_HOSPITAL: frozenset(set(Whereabouts) - {Whereabouts.IN_HOSPITAL}),
    Whereabouts.MOVED_AWAY: frozenset(set(Whereabouts) - {Whereabouts.MOVED_AWAY}),
    # a mistake here hurts: it can be put right, and the trail shows both
    Whereabouts.DIED: frozenset({Whereabouts.HERE}),
}
