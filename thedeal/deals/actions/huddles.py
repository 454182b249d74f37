"""Puts somebody on the week's list of a neighbourhood's huddle, and takes them off.

Told to another organisation only by the person's own yes and an agreement between the
two; when either ends, so does their row.
"""

from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import permissions
from thedeal.deals.models import HuddleTopic
from thedeal.deals.selectors import huddles
from thedeal.lib import logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Team
from thedeal.residents import endings
from thedeal.residents.models import Person, SharingChoice
from thedeal.residents.selectors.gifts import one_name

LONGEST = 200


@logins.atomic
def put(person: Person, *, team: Team, about: str, by: Any) -> list[HuddleTopic]:
    """Put somebody on this week's list; give a row for each organisation that hears.

    Raises UserFacingError where nothing is said, or they are on it already.
    """
    permissions.check_beside_in(by, person, team=team)
    line = " ".join(about.split())[:LONGEST]
    if not line:
        raise UserFacingError("Say in one line what to talk about.")
    if huddles.standing().filter(person=person).exists():
        raise UserFacingError("They are on this week's list already.")
    giver = team.organisation
    rows = [
        HuddleTopic.objects.create(
            authority_id=person.authority_id,
            person=person,
            giver=giver,
            organisation=organisation,
            team=team,
            week_of=huddles.this_week(),
            called=one_name(person),
            about=line,
            put_by=by,
        )
        for organisation in [giver, *huddles.who_may_hear(person, giver=giver)]
    ]
    told = ", ".join(str(row.organisation) for row in rows[1:])
    trail.record(
        "deals.on_the_huddle", by=by, subject=rows[0], person_id=person.pk, told=told
    )
    return rows


@logins.atomic
def take_off(person: Person, *, by: Any) -> int:
    """Take somebody off every list of this week; give how many rows there were."""
    permissions.check_beside(by, person)
    rows = huddles.standing().filter(person=person)
    gone = rows.update(taken_off_at=timezone.now(), taken_off_by=by)
    trail.record("deals.off_the_huddle", by=by, subject=person, person_id=person.pk)
    return gone


def take_off_unshared(*, person_id: UUID | None = None) -> int:
    """Take off what another organisation may no longer hear; give how many."""
    rows = huddles.standing().exclude(organisation_id=huddles.THE_GIVER)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    return sum(queue.each(rows.select_related("person", "giver"), _still))


@endings.register
@logins.atomic
def end_with_the_yes(person_id: UUID, organisation_id: UUID, purpose: str) -> int:
    """Take somebody off an organisation's list as they say no; give how many rows."""
    if purpose != SharingChoice.Purpose.HUDDLE:
        return 0
    rows = huddles.standing().filter(
        person_id=person_id, organisation_id=organisation_id
    )
    told = rows.exclude(organisation_id=huddles.THE_GIVER)
    return told.update(taken_off_at=timezone.now())


@logins.atomic
def _still(row: HuddleTopic) -> int:
    may = {each.pk for each in huddles.who_may_hear(row.person, giver=row.giver)}
    if row.organisation_id in may:
        return 0
    row.taken_off_at = timezone.now()
    row.save(update_fields=["taken_off_at"])
    trail.record("deals.off_the_huddle", by=None, subject=row, person_id=row.person_id)
    return 1
