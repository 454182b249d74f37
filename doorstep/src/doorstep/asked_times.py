"""The days that somebody's own wishes name: "company on a Tuesday", "at weekends".

They are a wish and no rule: what is on then stands a little higher, what is not says
so. Hours that somebody is free, asked for as such, are a rule (`doorstep.hours`).
"""

from collections.abc import Iterable

from doorstep.cues import cue
from doorstep.hours import FreeHours, free_hours

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|weekdays?"
_PART = r"mornings?|afternoons?|evenings?|nights?"
_ASKED = cue(
    rf"(?<!\bnot )(?<!\bnever )(?<!\bexcept )\b(?:on|at|of) (?:an? |the )?"
    rf"((?:{_DAY})(?: (?:{_PART}))?)\b"
)


def asked_times(wishes: Iterable[str]) -> FreeHours:
    """Give the hours of a week that some wishes name; none where none is named.

    >>> str(asked_times(["I'd love company on a Tuesday", "a walk"]))
    'Tue 00:00-24:00'
    >>> str(asked_times(["something on Sunday afternoons", "not on Mondays"]))
    'Sun 12:00-17:00'
    """
    named = [said for wish in wishes for said in _ASKED.findall(wish)]
    return free_hours(", ".join(named)) if named else FreeHours(())
