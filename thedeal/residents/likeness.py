"""Whether a typed name may be a person's: misspelt, shortened, half remembered.

Pure arithmetic on names already made plain (``about.name_key``). It ranks; it never
decides that two people are one.
"""

from functools import cache

from thedeal.lib import definitions

SAME, SHORT_FOR, BEGINS, ONE_SLIP, TWO_SLIPS = 1.0, 0.95, 0.9, 0.8, 0.7
# shorter words than these have too many neighbours one or two slips away
LETTERS_FOR_ONE_SLIP, LETTERS_FOR_TWO_SLIPS = 4, 7


def likeness(typed: str, key: str) -> float:
    """Give how like a person's names what was typed is, 0 (not at all) to 1.

    Each typed word must be like some word of the names; the mean of each one's best.
    """
    words, names = typed.split(), key.split()
    best = [max((_alike(word, name) for name in names), default=0.0) for word in words]
    return sum(best) / len(best) if best and min(best) > 0 else 0.0


def stands_for(word: str) -> frozenset[str]:
    """Give the names that a name may stand for, itself among them ("bill": william)."""
    return _groups().get(word, frozenset()) | {word}


def ways_to_say(key: str, *, most: int = 12) -> list[str]:
    """Give a few ways of saying a name, the typed one first, by its short names."""
    words = key.split()
    ways = [key]
    for place, word in enumerate(words):
        for other in sorted(stands_for(word) - {word}):
            ways.append(" ".join([*words[:place], other, *words[place + 1 :]]))
    return ways[:most]


def slips(a: str, b: str, *, most: int = 2) -> int:
    """Give how many slips of the pen part two words; ``most`` + 1 for any more.

    Letters left out, put in, changed, or two neighbours the wrong way round (the
    optimal string alignment distance).
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    older: list[int] = []
    before = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        older, before = before, row
    return min(before[-1], most + 1)


def _alike(word: str, name: str) -> float:
    if word == name:
        return SAME
    if name in stands_for(word):
        return SHORT_FOR
    if name.startswith(word):
        return BEGINS
    shorter = min(len(word), len(name))
    if shorter < LETTERS_FOR_ONE_SLIP:
        return 0.0
    apart = slips(word, name)
    if apart == 1:
        return ONE_SLIP
    is_long = shorter >= LETTERS_FOR_TWO_SLIPS
    return TWO_SLIPS if apart == 2 and is_long else 0.0


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in definitions.get("nicknames.british").table:
        # a short name stands for each name that it is short for, and they for it;
        # two names that share a short one do not stand for each other
        for name in group:
            found[name] = found.get(name, frozenset()) | frozenset(group)
    return found
