"""Where an adult can be, and which moves between are possible in a year.

Lonely means often or always lonely. Supported by community means held up by people
and groups near home, with no paid package. The list is the model: what is not here
cannot happen in it.
"""

from enum import IntEnum

from thedeal.lib.errors import UserFacingError


class DemandError(UserFacingError):
    """The model cannot be run on this; the sentence says what to mend."""


class State(IntEnum):
    """A state's place along the last axis of every array of people."""

    WELL = 0
    LONELY = 1
    COMMUNITY = 2
    HOME_CARE = 3
    RESIDENTIAL = 4
    DIED = 5


TITLES = {
    State.WELL: "living well",
    State.LONELY: "lonely",
    State.COMMUNITY: "supported by community",
    State.HOME_CARE: "home care",
    State.RESIDENTIAL: "residential",
    State.DIED: "died",
}
MOVES = frozenset(
    {
        (State.WELL, State.LONELY),
        (State.WELL, State.COMMUNITY),
        (State.WELL, State.HOME_CARE),
        (State.WELL, State.RESIDENTIAL),
        (State.LONELY, State.WELL),
        (State.LONELY, State.COMMUNITY),
        (State.LONELY, State.HOME_CARE),
        (State.LONELY, State.RESIDENTIAL),
        (State.COMMUNITY, State.WELL),
        (State.COMMUNITY, State.LONELY),
        (State.COMMUNITY, State.HOME_CARE),
        (State.COMMUNITY, State.RESIDENTIAL),
        (State.HOME_CARE, State.COMMUNITY),
        (State.HOME_CARE, State.WELL),
        (State.HOME_CARE, State.RESIDENTIAL),
        (State.RESIDENTIAL, State.HOME_CARE),
    }
    | {(state, State.DIED) for state in State if state is not State.DIED}
)


def read_move(text: str) -> tuple[State, State]:
    """Read "home_care to residential"; raise DemandError if the model lacks it."""
    first, _, second = text.partition(" to ")
    names = {state.name.casefold(): state for state in State}
    if first not in names or second not in names:
        raise DemandError(f"{text!r} is not a move from one state to another.")
    move = names[first], names[second]
    if move not in MOVES:
        raise DemandError(f"The model has no move from {first} to {second}.")
    return move
