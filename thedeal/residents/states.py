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


class WhyEnded(StrEnum):
    """Why a team is no longer alongside somebody."""

    SETTLED = "settled"
    ASKED = "they asked us to stop"
    MOVED_AWAY = "moved away"
    DIED = "died"
    HANDED_OVER = "handed over"
    SAME_PERSON = "two records of one person"


# An ending after which it is right that nobody is alongside any more.
ENDINGS = frozenset(
    {WhyEnded.SETTLED, WhyEnded.ASKED, WhyEnded.MOVED_AWAY, WhyEnded.DIED}
)


class Entered(StrEnum):
    """What became of a try to open one's own page."""

    IN = "in"
    WRONG = "wrong"
    OVER = "over"
    # the contact is shared: say who you are
    WHICH = "which"
    # in doubt nothing opens: ring your worker
    RING = "ring"
