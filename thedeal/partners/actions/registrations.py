"""Enters a council's own registration for a measure whose owners ask for one.

A locked measure asks nothing until its registration and every statement that came with
it are here; both are the council's, and neither is shipped with the product.
"""

from collections.abc import Mapping
from typing import Any

from thedeal.accounts.roles import Permission
from thedeal.audit.actions import trail
from thedeal.lib import definitions, logins
from thedeal.lib.definitions import Entry
from thedeal.lib.errors import UserFacingError
from thedeal.partners import permissions
from thedeal.partners.models import Authority, Kind, Words
from thedeal.partners.selectors import REGISTRATIONS, registrations_of

INSTRUMENTS = "measures/instruments."
LONGEST = 120


@logins.atomic
def enter(
    *,
    authority: Authority,
    instrument: str,
    registration: str,
    items: Mapping[str, str],
    by: Any,
) -> None:
    """Unlock a measure with the registration, and the words of each of its items.

    Raises UserFacingError where either is missing, or the measure is not locked.
    """
    _check_may(authority, by)
    entry = _locked(instrument)
    number = " ".join(registration.split())[:LONGEST]
    if not number:
        raise UserFacingError("Enter the number or name of your registration.")
    for question in entry.value["questions"]:
        text = " ".join(items.get(question["id"], "").split())
        if not text:
            raise UserFacingError("Enter every statement, just as it came to you.")
        Words.objects.update_or_create(
            authority=authority,
            key=f"{entry.key}.{question['id']}",
            defaults={"text": text, "changed_by": by},
        )
    _set(authority, instrument, number)
    trail.record(
        "partners.measure_registered", by=by, subject=authority, instrument=instrument
    )


@logins.atomic
def end(*, authority: Authority, instrument: str, by: Any) -> None:
    """Lock a measure again; what people answered stays theirs."""
    _check_may(authority, by)
    entry = _locked(instrument)
    authority.words.filter(key__startswith=f"{entry.key}.").delete()
    _set(authority, instrument, "")
    trail.record(
        "partners.measure_locked", by=by, subject=authority, instrument=instrument
    )


def _set(authority: Authority, instrument: str, number: str) -> None:
    locked = Authority.objects.select_for_update().get(pk=authority.pk)
    entered = {**registrations_of(locked), instrument: number}
    stands = {name: text for name, text in entered.items() if text}
    authority.settings = {**locked.settings, REGISTRATIONS: stands}
    authority.save(update_fields=["settings"])


def _locked(instrument: str) -> Entry:
    try:
        entry = definitions.get(f"{INSTRUMENTS}{instrument}")
    except definitions.DefinitionError:
        raise UserFacingError("There is no such measure.") from None
    if not entry.value["locked"]:
        raise UserFacingError("This measure needs no registration.")
    return entry


def _check_may(authority: Authority, by: Any) -> None:
    council = authority.organisations.get(kind=Kind.COUNCIL)
    permissions.check(by, Permission.CHANGE_WORDS, council)
