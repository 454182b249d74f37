"""Spends a small sum at once: no approval, one line, seen by everyone.

The council's limit is the only gate. What it was for is told apart from for whom.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import days, permissions
from thedeal.deals.models import Promise, SmallSpend, SpentFor
from thedeal.lib import logins, wording
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Team
from thedeal.residents.models import Person

MOST_LETTERS = 80


@logins.atomic
def spend(
    person: Person,
    *,
    team: Team,
    pence: int,
    bought: str,
    by: Any,
    why: str = "",
    promise: Promise | None = None,
    spent_on: dt.date | None = None,
) -> SmallSpend:
    """Give the line: what was bought ("a kettle"), which never names the person.

    Raises UserFacingError above the council's limit, or where the line names them.
    """
    permissions.check_spends(by, person, team=team)
    limit = days.number("small_spend_limit_pence", authority_id=person.authority_id)
    _check_sum(pence, limit=limit)
    if promise is not None and promise.person_id != person.pk:
        raise UserFacingError("That promise is somebody else’s.")
    line = SmallSpend.objects.create(
        authority_id=person.authority_id,
        organisation_id=team.organisation_id,
        team=team,
        worker=by,
        pence=pence,
        limit_pence=limit,
        bought=_without_names(bought, person),
        spent_on=spent_on or timezone.localdate(),
    )
    SpentFor.objects.create(
        authority_id=person.authority_id,
        person=person,
        spend=line,
        promise=promise,
        why=why.strip(),
    )
    trail.record("deals.spent", by=by, subject=line, person_id=person.pk, pence=pence)
    return line


def _check_sum(pence: int, *, limit: int) -> None:
    if pence < 1:
        raise UserFacingError("Say how much it was.")
    if pence > limit:
        most = wording.pounds(limit / 100)
        raise UserFacingError(
            f"Up to {most} is yours to spend. For more, ask whoever leads your team."
        )


def _without_names(bought: str, person: Person) -> str:
    tidy = " ".join(bought.split())[:MOST_LETTERS]
    if not tidy:
        raise UserFacingError("Say what it was: a kettle, a bus pass.")
    words = set(tidy.casefold().replace("’", "'").replace("'s", "").split())
    named = {name.casefold() for name in f"{person.called} {person.full_name}".split()}
    if words & named:
        raise UserFacingError(
            "Everybody sees this line. Say what it was, not for whom."
        )
    return tidy
