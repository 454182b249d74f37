"""The states of a letter and the moves between them."""

from enum import StrEnum


class LetterState(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"  # to be sent once its time has come
    SENDING = "sending"  # handed to the carrier; the answer is not in yet
    SENT = "sent"
    HELD = "held"  # the person opted out, or their messages are stopped
    FAILED = "failed"  # the carrier said no for good
    UNSURE = "unsure"  # we stopped while sending: a person must say what happened


MOVES: dict[LetterState, frozenset[LetterState]] = {
    LetterState.WAITING: frozenset({LetterState.SENDING, LetterState.HELD}),
    LetterState.SENDING: frozenset(
        {
            LetterState.SENT,
            LetterState.WAITING,
            LetterState.FAILED,
            LetterState.UNSURE,
        }
    ),
    LetterState.UNSURE: frozenset({LetterState.SENT, LetterState.WAITING}),
    LetterState.SENT: frozenset(),
    LetterState.HELD: frozenset({LetterState.WAITING}),
    LetterState.FAILED: frozenset({LetterState.WAITING}),
}
