"""What was typed about one activity, question by question, as facts. Pure.

An answer that cannot be read raises UserFacingError with what to mend; a question that
was not asked changes nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from thedeal.community import cleaning
from thedeal.community.facts import CAPACITIES, ActivityFacts, Spot
from thedeal.community.languages import NAMES, code_of
from thedeal.lib import postcodes
from thedeal.lib.errors import UserFacingError


def for_whom(facts: ActivityFacts, typed: Mapping[str, str], at: str) -> dict[str, Any]:
    """Give ages and languages as typed; raises UserFacingError with what to mend."""
    found: dict[str, Any] = {}
    for name in ("min_age", "max_age"):
        written = typed.get(at + name, "").strip()
        if at + name in typed:
            found[name] = cleaning.age(written)
        if written and found[name] is None:
            raise UserFacingError("Write ages in years, like 18 or 65, or leave them.")
    if typed.get(f"{at}languages", "").strip():
        found["languages"] = tuple(_languages(typed[f"{at}languages"]))
    return found


def _languages(written: str) -> Iterator[str]:
    for part in re.split(r"[,;/]|\band\b", written):
        if part.strip():
            code = code_of(part)
            if code not in NAMES:
                raise UserFacingError(
                    f"We do not know the language {part.strip()[:30]}. Write its name "
                    "in English, with a comma between two."
                )
            yield code


def online(facts: ActivityFacts, typed: Mapping[str, str], at: str) -> dict[str, Any]:
    """Give where it is online, as typed: an address says that it is."""
    if f"{at}online_url" not in typed:
        return {}
    written = typed[f"{at}online_url"].strip()
    found = cleaning.web_address(written)
    if written and not found:
        raise UserFacingError("Give the whole address online, from https:// on.")
    has_place = bool(facts.spot.name or facts.spot.postcode)
    return {
        "online_url": found,
        "is_online": bool(found) or not has_place and facts.is_online,
    }


def room(facts: ActivityFacts, typed: Mapping[str, str], at: str) -> dict[str, Any]:
    """Give what was said of room; a new answer ends what the old one added to it."""
    said = typed.get(f"{at}capacity", facts.capacity)
    words = typed.get(f"{at}capacity_words", facts.capacity_words)
    is_new = said in CAPACITIES and said != facts.capacity
    if not is_new:
        return {"capacity_words": words}
    old = {"capacity_places": None, "capacity_until": None}
    is_left = words == facts.capacity_words
    return {"capacity": said, "capacity_words": "" if is_left else words, **old}


def spot(spot: Spot, typed: Mapping[str, str], at: str) -> Spot:
    """Give where it is, as typed: what is cleared is gone, the rest is a new place.

    A new name within the same postcode keeps the point, and not the venue we knew.
    """
    name = typed.get(f"{at}place", spot.name).strip()
    code = _postcode(typed.get(f"{at}postcode", spot.postcode))
    if (name, code) == (spot.name, spot.postcode):
        return spot
    if code == spot.postcode:
        return replace(spot, venue_id="", name=name, address="")
    return Spot(name=name, postcode=code)


def _postcode(typed: str) -> str:
    if not typed.strip():
        return ""
    found = postcodes.normalise(typed)
    if found is None:
        raise UserFacingError(
            f"{typed.strip()[:12]} is not a whole postcode. Write one like WN1 1YN, "
            "or leave it blank."
        )
    return found
