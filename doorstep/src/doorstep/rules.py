"""The rules of the match, as data: what the public page prints is what is done.

Nobody pays to stand higher, and there is no other rule than these. Every term has a
name and a weight; a weight is counted in meaning, so that 0.1 is as much as a tenth
of the way from "nothing to do with it" to "the same thing". A person's own "not for
me" changes one named term for that person alone; what mattered to them adds one.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Self

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How much each term counts. The defaults were set on half of the judged set."""

    meaning: float = 1.0
    words: float = 0.3
    giving: float = 0.3
    avoided: float = 0.5
    whom: float = 0.12
    walk: float = 0.08
    time: float = 0.03
    cost: float = 0.03
    room: float = 0.02
    fresh: float = 0.04
    answers: float = 0.02
    quiet: float = 0.0
    mattered: float = 0.15
    themes: float = 0.2

    def array(self) -> npt.NDArray[np.float32]:
        """Give the weights in the order of RULES."""
        return np.array([getattr(self, f.name) for f in fields(self)], np.float32)

    def after(self, *said: "NotForMe") -> Self:
        """Give the weights after somebody said why something was not for them."""
        changed = self
        for reason in said:
            name, factor, least = CHANGES[reason]
            weight = max(least, getattr(changed, name) * factor)
            changed = replace(changed, **{name: weight})
        return changed


class NotForMe(StrEnum):
    """Why somebody said that a listing was not for them."""

    TOO_FAR = "too far"
    TOO_LOUD = "too loud"
    TOO_DEAR = "too dear"
    NOT_MY_SORT = "not my sort"
    WRONG_TIME = "wrong time"


CHANGES: dict[NotForMe, tuple[str, float, float]] = {
    NotForMe.TOO_FAR: ("walk", 2.0, 0.08),
    NotForMe.TOO_LOUD: ("quiet", 2.0, 0.08),
    NotForMe.TOO_DEAR: ("cost", 2.0, 0.06),
    NotForMe.NOT_MY_SORT: ("avoided", 1.5, 0.5),
    NotForMe.WRONG_TIME: ("time", 2.0, 0.06),
}
"""What each reason changes: the term, by what it is multiplied, and its least."""


@dataclass(frozen=True)
class Rule:
    """One rule, by the name of its term, in a sentence."""

    name: str
    says: str


RULES: tuple[Rule, ...] = (
    Rule("meaning", "Nearer to what you said you want counts most."),
    Rule(
        "words",
        "The very words you used count as well, and most where you named one thing and a listing is called by it.",
    ),
    Rule("giving", "A group that asks for what you can give stands higher."),
    Rule(
        "avoided",
        "What is like something you said you can't be doing with stands lower.",
    ),
    Rule(
        "whom",
        "What is for some people stands lower, unless you said you are among them.",
    ),
    Rule("walk", "A shorter walk stands higher."),
    Rule(
        "time",
        "The more of it falls in your free hours, or on a day that you named, the higher.",
    ),
    Rule("cost", "The less it costs, the higher."),
    Rule("room", "A group that says it has room stands higher."),
    Rule("fresh", "The more lately somebody checked it, the higher."),
    Rule("answers", "A group that answers quickly stands higher."),
    Rule(
        "quiet", "Somewhere quiet stands higher, if you told us others were too loud."
    ),
    Rule("mattered", "What is like something that mattered to you stands higher."),
    Rule("themes", "What is about the very thing that you named stands higher."),
)
"""The terms that are added up, in their order."""

FIRM_RULES: tuple[Rule, ...] = (
    Rule("reach", "What is further than you said you can walk is left out."),
    Rule(
        "needs",
        "What is known not to meet a need of yours is left out; what nobody has told us comes last, with the number to ring.",
    ),
    Rule("hours", "What never falls in your free hours is left out."),
    Rule("ages", "What is for another age than the one you told is left out."),
    Rule(
        "tender",
        "Grief, abuse, addiction and the like are shown only if your own words raise them.",
    ),
    Rule(
        "circumstances",
        "What is for people in particular circumstances (children, deaf people, carers, women, one faith or country) is shown only if your own words say so; what a group only names in passing does not count.",
    ),
    Rule(
        "refused",
        "What you said you do not want is left out. What somebody else likes, or says you should do, is never taken for your wish.",
    ),
    Rule(
        "near_it",
        "What has little to do with your words is left out; what nearly fits comes after the rest, three of it at most, and says that it is not quite what you said.",
    ),
    Rule("full", "What is full comes last."),
    Rule(
        "variety",
        "No more than two of a kind or of a group, and little that is like what stands above it.",
    ),
    Rule(
        "neutral",
        "Nobody can pay to stand higher. The same question has the same answer.",
    ),
)
"""The rules that are not added up: they leave out, put last, or choose."""
