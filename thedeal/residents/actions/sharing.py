"""Keeps the person's own say on who may know what, for what; changed at once.

A no, or a yes taken back, ends what stood on it in the same moment. It must never be
asked for as the price of anything.
"""

from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Organisation
from thedeal.residents import endings, permissions
from thedeal.residents.models import Person, SharingChoice
from thedeal.residents.states import WhyEnded

Purpose = SharingChoice.Purpose


@logins.atomic
def choose(
    person: Person,
    *,
    organisation: Organisation,
    purpose: SharingChoice.Purpose,
    may: bool,
    by: Any,
    said: str = "",
) -> SharingChoice:
    """Give the choice that stands from now on; the one before it is withdrawn.

    ``said`` is what the person was told and answered, in their words.
    """
    permissions.check_own_or_beside(by, person)
    if organisation.authority_id != person.authority_id:
        raise UserFacingError("That organisation works with another council.")
    is_own = permissions.is_own(by, person)
    logins.speak_for(person.pk)  # a no may end, midway, what lets the writer see
    _withdraw_standing(person, organisation, purpose, by=by)
    choice = SharingChoice.objects.create(
        authority_id=person.authority_id,
        person=person,
        organisation=organisation,
        purpose=Purpose(purpose),
        may=may,
        said=said.strip()[:2000],
        told_by=None if is_own else by,
    )
    _record("residents.sharing_chosen", choice, by=by, may=may)
    if not may:
        _end_what_stood_on(choice, by=by)
    return choice


@logins.atomic
def withdraw(choice: SharingChoice, *, by: Any) -> SharingChoice:
    """Take a choice back; where it was a yes, what stood on it ends with it."""
    permissions.check_own_or_beside(by, choice.person)
    logins.speak_for(choice.person_id)
    if choice.withdrawn_at is None:
        _withdraw(choice, by=by)
        _record("residents.sharing_withdrawn", choice, by=by)
        if choice.may:
            _end_what_stood_on(choice, by=by)
    return choice


def _withdraw_standing(
    person: Person, organisation: Organisation, purpose: str, *, by: Any
) -> None:
    standing = person.sharing_choices.select_for_update().filter(
        organisation=organisation, purpose=purpose, withdrawn_at__isnull=True
    )
    for choice in standing:
        _withdraw(choice, by=by)


def _withdraw(choice: SharingChoice, *, by: Any) -> None:
    choice.withdrawn_at, choice.withdrawn_by = timezone.now(), by
    choice.save(update_fields=["withdrawn_at", "withdrawn_by"])
    queue.defer("deals.sharing_changed", person_id=str(choice.person_id))


def _end_what_stood_on(choice: SharingChoice, *, by: Any) -> None:
    """End what that organisation had by it: being alongside, or what a room above had."""
    for end in endings.ENDS:
        end(choice.person_id, choice.organisation_id, str(choice.purpose))
    if choice.purpose != Purpose.ALONGSIDE:
        return
    ties = choice.person.alongside.filter(
        organisation_id=choice.organisation_id, ended_at__isnull=True
    )
    for tie in ties:
        tie.ended_at, tie.ended_by = timezone.now(), by
        tie.why_ended = WhyEnded.ASKED.value
        tie.save(update_fields=["ended_at", "ended_by", "why_ended"])
        trail.record(
            "residents.alongside_ended",
            by=by,
            subject=tie,
            person_id=tie.person_id,
            why=WhyEnded.ASKED.value,
        )


def _record(action: str, choice: SharingChoice, *, by: Any, **detail: Any) -> None:
    trail.record(
        action,
        by=by,
        subject=choice,
        person_id=choice.person_id,
        purpose=str(choice.purpose),
        **detail,
    )
