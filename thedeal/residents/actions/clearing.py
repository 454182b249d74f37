"""Deletes rows whose time is over: proposed by the clock, decided by a person, proven.

A few kinds that hold nobody's words (``decided_by: clock``) go by themselves each
night. The worker does the deleting, for no page may: its login alone can, and only
where a model says that a clock ends its rows. What is left is a number.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.audit.models import Entry
from thedeal.lib import keeping, logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.residents import permissions
from thedeal.residents.models import Clearing
from thedeal.residents.selectors import clearing

Decision = Clearing.Decision


@logins.atomic
def by_the_clock(*, today: dt.date) -> int:
    """Delete what no person need look at; give how many rows went. Each night's work.

    Of the other kinds that is what belongs to no authority: a code to sign in.
    """
    gone = {
        rule: keeping.delete(rule, until=today)
        for rule in keeping.rules(decided_by=keeping.BY_THE_CLOCK)
    }
    for rule in clearing.with_nobodys():
        gone[rule] = keeping.delete(rule, until=today, authority_id=None)
    for rule, many in gone.items():
        if many:
            trail.record(
                "residents.cleared",
                by=None,
                kind=Entry.Kind.RUN,
                rule=rule,
                deleted=many,
            )
    return sum(gone.values())


@logins.atomic
def propose_due(*, authority_id: UUID, today: dt.date) -> int:
    """Propose each kind with rows over their time; give how many kinds."""
    found = list(clearing.due(authority_id=authority_id, today=today))
    for rule, many in found:
        made = Clearing.objects.create(
            authority_id=authority_id, rule=rule, until=today, found=many
        )
        _record("residents.clearing_proposed", made, by=None)
    return len(found)


@logins.atomic
def approve(proposal: Clearing, *, by: Any) -> Clearing:
    """Have the rows deleted that were over their time when it was proposed."""
    _decide(proposal, Decision.DELETE, by=by)
    queue.defer("residents.clear", clearing_id=str(proposal.pk))
    _record("residents.clearing_approved", proposal, by=by)
    return proposal


@logins.atomic
def keep(proposal: Clearing, *, why: str, look_again_on: dt.date, by: Any) -> Clearing:
    """Keep a kind for now: by which law or hold, and when to look again."""
    if not why.strip():
        raise UserFacingError("Say which law or hold keeps it. Name nobody.")
    if look_again_on <= timezone.localdate():
        raise UserFacingError("Choose a later day to look at it again.")
    proposal.why, proposal.look_again_on = why.strip()[:200], look_again_on
    _decide(proposal, Decision.KEEP, by=by)
    _record("residents.clearing_kept", proposal, by=by)
    return proposal


@logins.atomic
def clear(proposal_id: UUID) -> int:
    """Do what was approved, count once more, and give how many went; safe to run twice."""
    proposal = Clearing.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    if proposal.decision != Decision.DELETE or proposal.done_at is not None:
        return 0
    what: dict[str, Any] = {
        "until": proposal.until,
        "authority_id": proposal.authority_id,
    }
    proposal.deleted = keeping.delete(proposal.rule, **what)
    proposal.left = keeping.count(proposal.rule, **what)
    proposal.done_at = timezone.now()
    proposal.save(update_fields=["deleted", "left", "done_at"])
    _record("residents.cleared", proposal, by=None, deleted=proposal.deleted)
    return proposal.deleted


def _decide(proposal: Clearing, decision: Decision, *, by: Any) -> None:
    permissions.check_keeps_records(by, proposal.authority_id)
    if proposal.decision:
        raise UserFacingError("This was decided already. Open the list again.")
    proposal.decision = decision
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.save()


def _record(action: str, proposal: Clearing, *, by: Any, **detail: Any) -> None:
    trail.record(action, by=by, subject=proposal, rule=proposal.rule, **detail)
