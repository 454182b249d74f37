"""Joins an export's packages to a person by their number in the case system.

A worker sees no package that is nobody's yet, and finance sees no person: so whoever
is beside the person says the number, and a job joins what stands under it, now and
after each export. Ended, it takes the imported packages off again.
"""

from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.money.actions.packages import check_may_write
from thedeal.money.models import CaseNumber, Change, Package


@logins.atomic
def join(person: Any, *, number: str, by: Any) -> CaseNumber:
    """Say that a number is this person's; raise UserFacingError where it is taken."""
    check_may_write(by, person.authority, person=person)
    said = " ".join(number.split())
    if not said:
        raise UserFacingError("Write the number as the case system has it.")
    try:
        with logins.transaction_now():
            joined = CaseNumber.objects.create(
                authority=person.authority, person=person, number=said, by=by
            )
    except IntegrityError as error:
        raise UserFacingError(
            "That number is joined to somebody already. Look at it again, or ask "
            "whoever is alongside them to end it."
        ) from error
    trail.record("money.number_joined", by=by, subject=joined, person_id=person.pk)
    queue.defer("money.join_packages", number=str(joined.pk))
    return joined


@logins.atomic
def part(joined: CaseNumber, *, by: Any) -> None:
    """Say that a number is not this person's after all."""
    check_may_write(by, joined.authority, person=joined.person)
    joined.ended_at, joined.ended_by = timezone.now(), by
    joined.save(update_fields=["ended_at", "ended_by"])
    trail.record(
        "money.number_parted", by=by, subject=joined, person_id=joined.person_id
    )
    queue.defer("money.join_packages", number=str(joined.pk))


@logins.atomic
def settle(joined: CaseNumber) -> int:
    """Put packages under a number with its person, or take them off; give how many.

    By a job. What was entered beside the person stays with them whatever the number.
    """
    under = Package.objects.filter(
        authority_id=joined.authority_id, person_reference=joined.number
    )
    if joined.ended_at is None:
        found = under.filter(person__isnull=True)
        person_id = joined.person_id
    else:
        found = under.filter(person=joined.person, taken_from__isnull=False)
        person_id = None
    keys = list(found.values_list("pk", flat=True))
    Change.objects.filter(before_id__in=keys).update(person_id=person_id)
    return Package.objects.filter(pk__in=keys).update(person_id=person_id)


def settle_all(authority_id: UUID) -> int:
    """Put what an export brought with the people whose numbers are known."""
    known = CaseNumber.objects.filter(authority_id=authority_id, ended_at__isnull=True)
    return sum(settle(joined) for joined in known)
