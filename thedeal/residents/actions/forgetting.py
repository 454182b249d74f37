"""Proposes what is due to be forgotten, and forgets it when a person has decided.

The clock only proposes. Forgetting destroys the person's key, so that every copy of
their words is noise, history and old backups too; what is left is a number. It must
never be done by whoever proposed it without a look, nor be undone.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.audit import keys
from thedeal.audit.actions import trail
from thedeal.lib import logins, queue, sealed
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters
from thedeal.residents import permissions, reach
from thedeal.residents.models import Forgetting, Person
from thedeal.residents.selectors import forgetting
from thedeal.residents.states import WhyEnded

Decision = Forgetting.Decision


@logins.atomic
def propose_due(*, authority_id: UUID, today: dt.date) -> int:
    """Propose every record that is due; give how many. The nightly job's work."""
    found = list(forgetting.due(authority_id=authority_id, today=today))
    for person, rule, due_on in found:
        made = Forgetting.objects.create(
            authority_id=authority_id, person=person, rule=rule, due_on=due_on
        )
        _record("residents.forgetting_proposed", made, by=None, rule=rule)
    return len(found)


@logins.atomic
def ask(person: Person, *, by: Any) -> Forgetting:
    """Ask that a record be erased, because the person does; give the proposal."""
    permissions.check_own_or_beside(by, person)
    standing = person.forgettings.filter(decision="").first()
    if standing is not None:
        return standing
    made = Forgetting.objects.create(
        authority_id=person.authority_id,
        person=person,
        rule=forgetting.ASKED,
        due_on=timezone.localdate(),
        proposed_by=by,
    )
    _record("residents.forgetting_asked", made, by=by)
    return made


@logins.atomic
def keep(
    proposal: Forgetting, *, why: str, look_again_on: dt.date, by: Any
) -> Forgetting:
    """Keep a record for now: by which law or hold, and when to look again."""
    permissions.check_keeps_records(by, proposal.authority_id)
    _check_open(proposal)
    if not why.strip():
        raise UserFacingError("Say which law or hold keeps it. Name nobody.")
    if look_again_on <= timezone.localdate():
        raise UserFacingError("Choose a later day to look at it again.")
    proposal.why, proposal.look_again_on = why.strip()[:200], look_again_on
    return _decide(proposal, Decision.KEEP, by=by)


@logins.atomic
def erase(proposal: Forgetting, *, by: Any) -> Forgetting:
    """Forget a person for ever; raise UserFacingError while we are alongside them.

    Where the person asked for it, being alongside ends with it.
    """
    permissions.check_keeps_records(by, proposal.authority_id)
    _check_open(proposal)
    person = proposal.person
    _end_being_alongside(person, was_asked=proposal.rule == forgetting.ASKED, by=by)
    _decide(proposal, Decision.ERASE, by=by)
    for pk in reach.record_ids(person):
        letters.forget(pk, by=by)
        _wipe(Person.objects.get(pk=pk), by=by)
        _wipe_plain(pk)
        keys.erase(pk)
        queue.defer("residents.forget_sign_in", person_id=str(pk))
    logins.on_commit(sealed.forget_keys)
    _record("residents.forgotten", proposal, by=by, rule=proposal.rule)
    return proposal


def _wipe(person: Person, *, by: Any) -> None:
    empty = Person()
    for name in forgetting.PLAIN_OF_A_PERSON:
        setattr(person, name, getattr(empty, name))
    person.is_carer = person.is_under_18 = False
    person.forgotten_at, person.forgotten_by = timezone.now(), by
    person.save()


def _wipe_plain(person_id: UUID) -> None:
    """Wipe what rows of every room say of the person in plain words."""
    for model, column in forgetting.about_a_person():
        if wiped := forgetting.plain_of(model):
            rows = model._default_manager.filter(**{column: person_id})
            rows.update(**dict.fromkeys(wiped, ""))


def _end_being_alongside(person: Person, *, was_asked: bool, by: Any) -> None:
    now = {"ended_at": timezone.now(), "ended_by": by}
    ties = person.alongside.filter(ended_at__isnull=True)
    if not was_asked and ties.exists():
        raise UserFacingError(
            "Somebody is alongside this person. Ask them; they end it, or say why not."
        )
    ties.update(why_ended=WhyEnded.ASKED.value, **now)
    person.own_pages.filter(ended_at__isnull=True).update(**now)


def _decide(proposal: Forgetting, decision: Decision, *, by: Any) -> Forgetting:
    proposal.decision = decision
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.save()
    if decision == Decision.KEEP:
        _record("residents.forgetting_kept", proposal, by=by, rule=proposal.rule)
    return proposal


def _check_open(proposal: Forgetting) -> None:
    if proposal.decision:
        raise UserFacingError("This was decided already. Open the list again.")


def _record(action: str, proposal: Forgetting, *, by: Any, **detail: Any) -> None:
    trail.record(
        action, by=by, subject=proposal, person_id=proposal.person_id, **detail
    )
