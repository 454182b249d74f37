"""What a conversation, a deal, an introduction and a door may be, and the moves.

Pure words and tables: nothing here reads a row. A council calls them what it likes by
its own words over ``words/deals``.
"""

from enum import StrEnum


class Stage(StrEnum):
    """Where a conversation is, after the Three Conversations; never a gate."""

    LISTEN = "listen"
    STAY_CLOSE = "stay close"
    GOOD_LIFE = "good life"


class WhyCut(StrEnum):
    """Why a version of what was written was cut."""

    PAUSE = "pause"
    SHARE = "share"
    FINISH = "finish"


class Next(StrEnum):
    """The next step that a person may choose; there is no choice of none at all."""

    TALK_AGAIN = "talk again"
    MAKE_A_DEAL = "make a deal"
    BE_INTRODUCED = "be introduced"
    TRY_MYSELF = "try it myself"
    LAWS_DOOR = "law's door"
    RING_WHEN_READY = "ring when ready"


class Side(StrEnum):
    """Whose promise it is."""

    OURS = "ours"
    YOURS = "yours"


class PromiseState(StrEnum):
    """How a promise went so far."""

    OPEN = "open"
    KEPT = "kept"
    LET_GO = "let go"


class DealState(StrEnum):
    """Where a deal is: being written, shown and waiting, agreed, or over."""

    WRITING = "writing"
    SHOWN = "shown"
    AGREED = "agreed"
    ENDED = "ended"


class HowAgreed(StrEnum):
    """How a person said yes to a deal."""

    ON_SCREEN = "on screen"
    BY_LINK = "by link"
    READ_ALOUD = "read aloud"


class Introduced(StrEnum):
    """Where an introduction is."""

    ASKED = "asked"
    CHASED_ONCE = "chased once"
    CHASED_TWICE = "chased twice"
    NO_ANSWER = "no answer"
    YES = "yes"
    FULL = "full"
    RING_ME = "ring me"
    WENT = "went"
    SETTLED = "settled"
    DID_NOT_GO = "did not go"
    CALLED_OFF = "called off"


I = Introduced  # noqa: E741 # short, for the table below
WAITING = frozenset({I.ASKED, I.CHASED_ONCE, I.CHASED_TWICE})
ANSWERS = frozenset({I.YES, I.FULL, I.RING_ME})
_AFTER_YES = frozenset({I.WENT, I.SETTLED, I.DID_NOT_GO, I.CALLED_OFF})
INTRODUCTION_MOVES: dict[Introduced, frozenset[Introduced]] = {
    I.ASKED: ANSWERS | {I.CHASED_ONCE, I.CALLED_OFF, I.WENT},
    I.CHASED_ONCE: ANSWERS | {I.CHASED_TWICE, I.CALLED_OFF, I.WENT},
    I.CHASED_TWICE: ANSWERS | {I.NO_ANSWER, I.CALLED_OFF, I.WENT},
    # a late answer is still an answer
    I.NO_ANSWER: ANSWERS | {I.CALLED_OFF, I.WENT},
    I.RING_ME: ANSWERS - {I.RING_ME} | _AFTER_YES,
    I.YES: _AFTER_YES,
    I.DID_NOT_GO: frozenset({I.WENT, I.YES, I.CALLED_OFF}),
    I.WENT: frozenset({I.SETTLED}),
    I.FULL: frozenset(),
    I.SETTLED: frozenset(),
    I.CALLED_OFF: frozenset(),
}


class Proposed(StrEnum):
    """What became of one proposal of a plan."""

    WAITING = "waiting"
    TAKEN = "taken"
    LEFT = "left"
    LAPSED = "lapsed"


class Begun(StrEnum):
    """What became of a group that should be there."""

    PROPOSED = "proposed"
    ASKING = "asking"
    STARTED = "started"
    DID_NOT_START = "did not start"
    LAPSED = "lapsed"


class Asked(StrEnum):
    """Where a follow-up is."""

    WAITING = "waiting"
    ASKED = "asked"
    ANSWERED = "answered"
    WORKER_TOLD = "worker told"
    STOPPED = "stopped"


class Door(StrEnum):
    """The doors that the law keeps open, whatever else is going on."""

    NEEDS = "needs assessment"
    CARER = "carer's assessment"
    ADVOCATE = "advocate"
    SAFEGUARDING = "safeguarding"


class DoorState(StrEnum):
    """How far a request through one of the law's doors has come."""

    ASKED = "asked"
    RECEIVED = "received"
    DONE = "done"
    REFUSED = "refused"


class DoorStep(StrEnum):
    """One thing that happened at one of the law's doors."""

    TOLD = "told"
    NOBODY_NAMED = "nobody named"
    RECEIPT = "receipt"
    CHASED = "chased"
    WORKER_TOLD = "worker told"
    REFUSED = "refused"
    ASKED_AGAIN = "asked again"
    DONE = "done"


class Moved(ValueError):  # a plain word, like the rest of the house
    """Something was asked for that cannot follow from where it is."""


def introduction_to(now: Introduced, then: Introduced) -> Introduced:
    """Give ``then`` where it may follow ``now``; raise Moved where it may not."""
    if then not in INTRODUCTION_MOVES[now]:
        raise Moved(f"{then.value} cannot follow {now.value}")
    return then


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Give the values of a kind as a model's choices."""
    return [(each.value, each.value) for each in kind]
