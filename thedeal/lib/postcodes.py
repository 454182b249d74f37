"""Postcodes as people type them: tidied, recognised, and mended where nearly right.

The form is Royal Mail's (BS 7666, as given in the Office for National Statistics'
postcode directory guide). This knows how a postcode is written, never whether it
exists: ``places`` knows that. A typed postcode may be a person's: nothing here
logs or keeps it.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

OUTWARD = r"[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]?"
INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
WHOLE = re.compile(rf"({OUTWARD})({INWARD})")
OUTWARD_ONLY = re.compile(OUTWARD)
INSIDE = re.compile(rf"(?<![A-Z0-9])({OUTWARD})\s?({INWARD})(?![A-Z0-9])")
LONGEST_TYPED = 200

# "a" a letter, "9" a digit: the six shapes of the first half
SHAPES = ("a9", "a99", "aa9", "aa99", "a9a", "aa9a")
AS_DIGIT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "E": "3"}
AS_DIGIT |= {"A": "4", "S": "5", "G": "6", "T": "7", "B": "8"}
AS_LETTER = {"0": "OQD", "1": "IL", "2": "Z", "3": "E", "4": "A", "5": "S"}
AS_LETTER |= {"6": "G", "7": "T", "8": "B"}


def normalise(typed: str) -> str | None:
    """Give "WN1 1AA" for any way of typing it, or None where it is not one."""
    found = WHOLE.fullmatch(compact(typed))
    return f"{found[1]} {found[2]}" if found else None


def compact(typed: str) -> str:
    """Give the letters and digits alone, in capitals ("wn1-1aa." is "WN11AA")."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    return re.sub(r"[^A-Z0-9]", "", plain)


def inside(typed: str) -> str | None:
    """Give the last whole postcode within a longer text such as an address."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    found = INSIDE.findall(plain)
    return f"{found[-1][0]} {found[-1][1]}" if found else None


def is_first_half(typed: str) -> bool:
    """Say whether this is only the first half of a postcode, such as "WN7"."""
    return OUTWARD_ONLY.fullmatch(compact(typed)) is not None


def near_matches(typed: str) -> list[str]:
    """Give well-formed postcodes that this may have been meant as, likeliest first.

    First letters and digits that look alike (O and 0, I and 1, S and 5, B and 8),
    then two characters changed about, then the last one doubled or dropped. At
    most 60: the caller keeps those that exist.
    """
    text = compact(typed)
    found: dict[str, None] = {}
    for guess in _guesses(text):
        whole = normalise(guess)
        if whole and whole.replace(" ", "") != text:
            found[whole] = None
        if len(found) >= 60:
            break
    return list(found)


def _guesses(text: str) -> Iterator[str]:
    if not 4 <= len(text) <= 9:
        return
    yield from _alike(text)
    for at in range(len(text) - 1):
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    for at, letter in enumerate(text):
        for other in AS_LETTER.get(letter, AS_DIGIT.get(letter, "")):
            yield text[:at] + other + text[at + 1 :]
    for at in range(len(text)):
        yield text[:at] + text[at + 1 :]


def _alike(text: str) -> Iterator[str]:
    for shape in SHAPES:
        whole = shape + "9aa"
        if len(whole) == len(text):
            yield from map("".join, product(*map(_meant, text, whole)))


def _meant(letter: str, kind: str) -> str:
    """Give what one typed character can stand for in its place."""
    if kind == "9":
        return letter if letter.isdigit() else AS_DIGIT.get(letter, "")
    return letter if letter.isalpha() else AS_LETTER.get(letter, "")
