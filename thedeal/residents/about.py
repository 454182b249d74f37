"""What may be said about a person when we meet them: tidied, and almost all optional.

Pure: it knows how a name, a number or a postcode is written, never whose it is. It
must never refuse for something left out.
"""

import datetime as dt
from typing import Any, TypedDict

import phonenumbers

from thedeal.accounts import names
from thedeal.lib import definitions, postcodes
from thedeal.lib.errors import UserFacingError

MOST = {
    "called": 80,
    "full_name": 160,
    "other_names": 160,
    "pronouns": 40,
    "language": 40,
    "place_words": 160,
}
HELPS = "words/helps."
GROWN_UP = 18


class About(TypedDict, total=False):
    """What a worker may write of a person; leave out what was not said."""

    called: str
    full_name: str
    other_names: str
    pronouns: str
    born_on: dt.date | None
    is_under_18: bool
    is_carer: bool
    language: str
    phone: str
    email: str
    likes_contact_by: str
    how_to_reach: str
    when_to_reach: str
    free_when: str
    postcode: str
    place_words: str
    helps: list[str]


def tidied(about: About, *, today: dt.date) -> dict[str, Any]:
    """Give each field as it is kept; raise UserFacingError for what cannot be right."""
    found: dict[str, Any] = dict(about)
    for name, most in MOST.items():
        if name in found:
            found[name] = names.tidy(str(found[name]))[:most]
    for name, tidy in TIDIED.items():
        if name in found:
            found[name] = tidy(found[name])
    born_on = found.get("born_on")
    if born_on is not None:
        found["is_under_18"] = age_on(today, born_on=born_on) < GROWN_UP
    return found


def age_on(day: dt.date, *, born_on: dt.date) -> int:
    """Give whole years of age on a day; raise UserFacingError before birth."""
    if born_on > day:
        raise UserFacingError("That date of birth is in the future.")
    had = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had else 1)


def name_key(*parts: str) -> str:
    """Give the words of somebody's names, each once, as they are searched."""
    words = names.sort_key(" ".join(parts)).replace("'", "").replace("’", "")
    return " ".join(dict.fromkeys(words.replace("-", " ").split()))[:420]


def helps_words() -> dict[str, str]:
    """Give what may help somebody take part, by key, as they would say it."""
    return {
        entry.key.removeprefix(HELPS): str(entry.value)
        for entry in definitions.within(HELPS)
    }


def contact_key(typed: str) -> str:
    """Give an email address or a phone number as we keep it, whichever was typed.

    Raises UserFacingError where it is neither.
    """
    found = _email(typed) if "@" in typed else _phone(typed)
    if not found:
        raise UserFacingError("Write your email address or your mobile number.")
    return found


def _phone(typed: str) -> str:
    words = names.tidy(typed)
    if not words:
        return ""
    try:
        number = phonenumbers.parse(words, "GB")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise UserFacingError(
            "That is not a whole phone number. Check it, or leave it out."
        )
    is_ours = number.country_code == phonenumbers.country_code_for_region("GB")
    forms = phonenumbers.PhoneNumberFormat
    shown = phonenumbers.format_number(
        number, forms.NATIONAL if is_ours else forms.INTERNATIONAL
    )
    return str(shown)[:30]


def _email(typed: str) -> str:
    address = names.tidy_email(typed)
    at, _, host = address.partition("@")
    if address and (not at or "." not in host or " " in address or len(address) > 254):
        raise UserFacingError(
            "That is not a whole email address. Check it, or leave it out."
        )
    return address


def _postcode(typed: str) -> str:
    if not typed.strip():
        return ""
    text = postcodes.normalise(typed)
    if text is None:
        raise UserFacingError(
            "That is not a whole postcode. Check it, or say in words where they live."
        )
    return text


def _helps(keys: list[str]) -> list[str]:
    known = helps_words()
    if unknown := [key for key in keys if key not in known]:
        raise UserFacingError(f"We do not know “{unknown[0]}” as something that helps.")
    return [key for key in known if key in keys]


TIDIED: dict[str, Any] = {
    "phone": _phone,
    "email": _email,
    "postcode": _postcode,
    "helps": _helps,
    "how_to_reach": str.strip,
    "when_to_reach": str.strip,
    "free_when": str.strip,
}
