"""Says where an authority wants each of the law's doors answered: the council's own say.

Until it has, a request is taken in and told to whoever must ring; naming nobody never
shuts a door.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from thedeal.audit.actions import trail
from thedeal.deals import days, permissions
from thedeal.deals.models import DoorPlace
from thedeal.deals.states import Door
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority

LONGEST_HOURS = 72


@logins.atomic
def name(
    authority: Authority,
    *,
    door: Door,
    by: Any,
    name: str,
    email: str,
    phone: str,
    out_of_hours_phone: str = "",
    out_of_hours_words: str = "",
    receipt_hours: int | None = None,
) -> DoorPlace:
    """Name who answers one of the doors, in place of whoever did before.

    ``receipt_hours`` is how soon they say that they have it; the council's usual where
    left out. Raises UserFacingError where they could not be reached.
    """
    permissions.check_names_places(by, authority.pk)
    _check(name, email, phone)
    place, _ = DoorPlace.objects.update_or_create(
        authority=authority,
        door=door.value,
        defaults={
            "name": name.strip(),
            "email": email.strip(),
            "phone": phone.strip(),
            "out_of_hours_phone": out_of_hours_phone.strip(),
            "out_of_hours_words": out_of_hours_words.strip(),
            "receipt_hours": _hours(receipt_hours, authority),
            "set_by": by,
        },
    )
    trail.record("deals.door_place_named", by=by, subject=place, door=door.value)
    return place


def _hours(given: int | None, authority: Authority) -> int:
    hours = given or days.number("door_receipt_hours", authority_id=authority.pk)
    if not 1 <= hours <= LONGEST_HOURS:
        raise UserFacingError(f"Say how soon, from 1 to {LONGEST_HOURS} hours.")
    return hours


def _check(name: str, email: str, phone: str) -> None:
    if not (name.strip() and email.strip() and phone.strip()):
        raise UserFacingError("Give a name, an email address and a phone number.")
    try:
        validate_email(email.strip())
    except ValidationError:
        raise UserFacingError("That is not a whole email address.") from None
