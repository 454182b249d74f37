"""Values of feeds made fit, each fault counted: emails, addresses, phones, ages. Pure.

The faults are those of real council feeds; ``cleaning`` does the mending.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from thedeal.community import cleaning
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import text_of

TAG = re.compile(r"<\s*/?\s*[a-zA-Z][^>]*>")
SCRIPT = re.compile(r"<\s*script|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
PLACEHOLDER_SITES = cleaning.NOT_ADDRESSES
UK_LAT, UK_LON = (49.8, 60.9), (-8.7, 1.8)


def description(given: Any, oddities: Oddities, where: str) -> str:
    """Give plain words for what may be HTML."""
    words = "" if given is None else str(given)
    if cleaning.PICTURE.search(words) or "<img" in words.lower():
        oddities.note("picture in words", where)
    if SCRIPT.search(words):
        oddities.note("script", where)
    if TAG.search(words):
        oddities.note("html", where)
    plain = cleaning.text(words)
    if plain.endswith(cleaning.CUT_HERE):
        oddities.note("long description", where)
    return plain


def email(given: Mapping[str, Any], oddities: Oddities, where: str) -> str:
    """Give the email address of an object, or ""."""
    if "email" not in given:
        return ""
    words = text_of(given, "email")
    if not words.strip():
        oddities.note("blank value", where)
        return ""
    found = cleaning.email(words)
    if not found:
        stands_in = cleaning.NO_EMAIL.search(words.strip())
        oddities.note("email stand-in" if stands_in else "email odd", where)
    elif words != words.strip().strip("\u00a0"):
        oddities.note("email with blanks", where)
    return found


def web_address(given: Any, oddities: Oddities, where: str) -> str:
    """Give a web address, or "" for words and stand-ins."""
    words = "" if given is None else str(given)
    if not words.strip():
        return ""
    found = cleaning.web_address(words)
    if not found:
        oddities.note("web address odd", where)
    elif "://" not in words:
        oddities.note("web address without scheme", where)
    return found


def phone(given: Mapping[str, Any], oddities: Oddities, where: str) -> str:
    """Give a phone number as it is written, its label beside it where it has one."""
    words = text_of(given, "number").strip(" \"'")
    if not words:
        return ""
    number, label = cleaning.phone(words)
    if not number:
        oddities.note("phone odd", where)
        return ""
    if label:
        oddities.note("phone with label", where)
        return f"{label}: {number}"
    return number


def ages(
    given: Mapping[str, Any], oddities: Oddities, where: str
) -> dict[str, int | None]:
    """Give the youngest and the oldest age; -1 and the like mean nobody said."""
    found: dict[str, int | None] = {}
    for ours, theirs in (("min_age", "minimum_age"), ("max_age", "maximum_age")):
        said = given.get(theirs)
        found[ours] = cleaning.age(said)
        if said not in (None, "") and found[ours] is None:
            oddities.note("age unknown", where)
    youngest, oldest = found["min_age"], found["max_age"]
    if youngest is not None and oldest is not None and youngest > oldest:
        oddities.note("ages turned about", where)
    return found


def point(
    given: Mapping[str, Any], oddities: Oddities, where: str
) -> tuple[float | None, float | None]:
    """Give latitude and longitude in degrees, both or neither, in the UK only."""
    if given.get("latitude") in (None, "") or given.get("longitude") in (None, ""):
        return None, None
    try:
        lat, lon = float(given["latitude"]), float(given["longitude"])
    except (TypeError, ValueError):
        lat, lon = 0.0, 0.0
    if UK_LAT[0] <= lat <= UK_LAT[1] and UK_LON[0] <= lon <= UK_LON[1]:
        return lat, lon
    oddities.note("place outside the UK", where)
    return None, None


def term(given: Any, oddities: Oddities, where: str) -> str:
    """Give a term's last part: "Parents>Grandparents " is "Grandparents"."""
    words = "" if given is None else str(given)
    if words != words.strip():
        oddities.note("stray blanks", where)
    if ">" in words:
        oddities.note("path", where)
    return words.split(">")[-1].strip()


def note_id(given: str, oddities: Oddities, where: str) -> None:
    """Count an id that is no UUID, or is only shaped like one."""
    try:
        found = UUID(given)
    except ValueError:
        oddities.note("id not a uuid", where)
        return
    if found.variant != "specified in RFC 4122" or not 1 <= (found.version or 0) <= 8:
        oddities.note("id not rfc 4122", where)
