"""Makes a plan, and takes what people say to it. Nothing is sent by any of this.

A new plan stands in the place of the one before: what nobody looked at lapses, what a
worker decided stays decided.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import days, permissions
from thedeal.deals.models import NewGroup, Plan, Proposal
from thedeal.deals.selectors import planning as reading
from thedeal.deals.selectors.planning import ForOne, ForSome, WorkedOut
from thedeal.deals.states import Begun, Proposed
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.places.models import Neighbourhood

LONGEST = 200


@logins.atomic
def make(
    authority_id: UUID,
    *,
    neighbourhood: Neighbourhood | None = None,
    worked_out: WorkedOut | None = None,
    by: Any = None,
) -> Plan:
    """Make the plan of a neighbourhood or the borough, and put it on the desks.

    ``worked_out`` where it was worked out just now already.
    """
    found = worked_out or reading.worked_out(authority_id, neighbourhood=neighbourhood)
    _lapse(authority_id, neighbourhood)
    plan = Plan.objects.create(
        authority_id=authority_id,
        neighbourhood_id=neighbourhood.pk if neighbourhood else None,
        made_by=by,
        people=found.people,
        placed=found.placed,
    )
    for one in found.introductions:
        _introduction(plan, one)
    for some in found.new_groups:
        _new_group(plan, some)
    trail.record("deals.planned", by=by, subject=plan)
    return plan


@logins.atomic
def take(proposal: Proposal, *, by: Any) -> Proposal:
    """Take a proposal of an activity: the worker goes on to ask, and to introduce."""
    permissions.check_beside(by, proposal.person)
    if proposal.activity_id is None:
        raise UserFacingError("Say whether they would like a group like that.")
    return _decide(proposal, Proposed.TAKEN, by=by)


@logins.atomic
def leave(proposal: Proposal, *, by: Any) -> Proposal:
    """Leave a proposal: it is not made again for this person."""
    permissions.check_beside(by, proposal.person)
    return _decide(proposal, Proposed.LEFT, by=by)


@logins.atomic
def they_said(proposal: Proposal, *, yes: bool, by: Any) -> Proposal:
    """Write down what somebody said of a group that could begin."""
    permissions.check_beside(by, proposal.person)
    if proposal.new_group_id is None:
        raise UserFacingError("Take it or leave it: there is such a group.")
    group = NewGroup.objects.select_for_update().get(pk=proposal.new_group_id)
    group.asked += 1
    group.said_yes += int(yes)
    if group.state == Begun.PROPOSED.value:
        group.state = Begun.ASKING.value
    group.save(update_fields=["asked", "said_yes", "state"])
    return _decide(proposal, Proposed.TAKEN if yes else Proposed.LEFT, by=by)


@logins.atomic
def came_of(group: NewGroup, *, started: bool, by: Any, why: str = "") -> NewGroup:
    """Write down what came of a group that should be there; nobody more is asked.

    Raises UserFacingError where it did not start and nothing says why.
    """
    permissions.check_can_say_what_came(by, group.authority_id)
    words = " ".join(why.split())[:LONGEST]
    if not started and not words:
        raise UserFacingError("Say why it did not start, so that the next one may.")
    if group.state not in (Begun.PROPOSED.value, Begun.ASKING.value):
        raise UserFacingError("What came of it is written down already.")
    state = Begun.STARTED if started else Begun.DID_NOT_START
    group.state, group.why = state.value, words
    group.decided_at, group.decided_by = timezone.now(), by
    group.save(update_fields=["state", "why", "decided_at", "decided_by"])
    trail.record("deals.new_group_came_of", by=by, subject=group, state=group.state)
    return group


def first_day(hour: int, *, today: dt.date, days_ahead: int) -> dt.date:
    """Give the first day of the week's hour that is so many days ahead or more."""
    soonest = today + dt.timedelta(days=days_ahead)
    return soonest + dt.timedelta(days=(hour // 24 - soonest.weekday()) % 7)


def _lapse(authority_id: UUID, neighbourhood: Neighbourhood | None) -> None:
    """Let go of what waits from plans before, of the same people."""
    waiting = Proposal.objects.filter(
        authority_id=authority_id, state=Proposed.WAITING.value
    ).exclude(new_group__state=Begun.ASKING.value)
    groups = NewGroup.objects.filter(
        authority_id=authority_id, state=Begun.PROPOSED.value
    )
    if neighbourhood is not None:
        waiting = waiting.filter(person__neighbourhood_id=neighbourhood.pk)
        groups = groups.filter(neighbourhood_id=neighbourhood.pk)
    waiting.update(state=Proposed.LAPSED.value)
    groups.update(state=Begun.LAPSED.value)


def _introduction(plan: Plan, one: ForOne) -> None:
    Proposal.objects.create(
        authority_id=plan.authority_id,
        person=one.person,
        plan=plan,
        activity_id=UUID(one.match.key),
        reasons="\n".join(one.match.reasons),
        cautions="\n".join(one.match.cautions),
    )


def _new_group(plan: Plan, some: ForSome) -> None:
    ahead = days.number("plan_days_ahead", authority_id=plan.authority_id)
    group = NewGroup.objects.create(
        authority_id=plan.authority_id,
        plan=plan,
        neighbourhood_id=some.venue.neighbourhood_id,
        venue=some.venue,
        place=some.venue.name,
        interest=some.interest,
        hour=some.hour,
        first_on=first_day(some.hour, today=timezone.localdate(), days_ahead=ahead),
        people=len(some.people),
    )
    for person in some.people:
        Proposal.objects.create(
            authority_id=plan.authority_id, person=person, plan=plan, new_group=group
        )


def _decide(proposal: Proposal, state: Proposed, *, by: Any) -> Proposal:
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state != Proposed.WAITING.value:
        raise UserFacingError(
            "This was decided already, or a newer plan took its place."
        )
    held.state = state.value
    held.decided_at, held.decided_by = timezone.now(), by
    held.save(update_fields=["state", "decided_at", "decided_by"])
    trail.record(
        "deals.proposal_decided",
        by=by,
        subject=held,
        person_id=held.person_id,
        state=held.state,
    )
    return held
