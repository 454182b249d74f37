"""Lets two people meet because both said yes; the first time at a venue.

It must never tell one of them where the other lives, nor how near to the minute, and
it ends at once where either says that it felt wrong.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.residents import permissions
from thedeal.residents.models import Offer, OfferChoice, Person
from thedeal.residents.selectors import gifts


@logins.atomic
def propose(offer: Offer, *, person: Person, by: Any) -> OfferChoice:
    """Give a new proposal that the offerer and a person meet; nobody is told yet.

    Raises UserFacingError where the offer does not stand, or one is under 18.
    """
    permissions.check_can_change(by, person)
    permissions.check_can_change(by, offer.person)
    _check_may_meet(offer, person)
    choice = OfferChoice.objects.create(
        authority_id=person.authority_id, offer=offer, person=person, proposed_by=by
    )
    _record("residents.meeting_proposed", choice, by=by)
    return choice


@logins.atomic
def offerer_answers(choice: OfferChoice, *, says: bool, by: Any) -> OfferChoice:
    """Write what the offerer said when they were asked; a no ends it."""
    permissions.check_own_or_beside(by, choice.offer.person)
    _check_open(choice)
    choice.offerer_says, choice.offerer_said_at = says, timezone.now()
    return _answered(choice, says=says, by=by, who="offerer")


@logins.atomic
def asker_answers(choice: OfferChoice, *, says: bool, by: Any) -> OfferChoice:
    """Write what the other person said when they were asked; a no ends it."""
    permissions.check_own_or_beside(by, choice.person)
    _check_open(choice)
    choice.asker_says, choice.asker_said_at = says, timezone.now()
    return _answered(choice, says=says, by=by, who="asker")


@logins.atomic
def arrange(
    choice: OfferChoice, *, venue_id: UUID, meets_at: dt.datetime, by: Any
) -> OfferChoice:
    """Set when they first meet, at a venue; only once both have said yes."""
    permissions.check_can_change(by, choice.person)
    _check_open(choice)
    if not (choice.offerer_says and choice.asker_says):
        raise UserFacingError("Ask them both first. They meet once both say yes.")
    choice.venue_id, choice.meets_at = venue_id, meets_at
    choice.save(update_fields=["venue_id", "meets_at"])
    _record("residents.meeting_arranged", choice, by=by)
    return choice


@logins.atomic
def felt_wrong(choice: OfferChoice, *, words: str, by: Any) -> OfferChoice:
    """End it because one of them said that it felt wrong; the other is not told why."""
    about = choice.person
    if not permissions.is_own(by, about) and not permissions.can_change(by, about):
        about = choice.offer.person
    permissions.check_own_or_beside(by, about)
    now = timezone.now()
    choice.felt_wrong, choice.felt_wrong_at = words.strip(), now
    choice.ended_at, choice.ended_by = now, by
    choice.save(update_fields=["felt_wrong", "felt_wrong_at", "ended_at", "ended_by"])
    _record("residents.meeting_felt_wrong", choice, by=by)
    return choice


def _check_may_meet(offer: Offer, person: Person) -> None:
    if offer.withdrawn_at is not None or offer.confirmed_at is None:
        raise UserFacingError("This offer does not stand. Ask them about it first.")
    if offer.person_id == person.pk:
        raise UserFacingError("That is their own offer.")
    if person.is_under_18 or offer.person.is_under_18:
        raise UserFacingError("Somebody under 18 is not introduced in this way.")
    if gifts.wants_no_meeting(person) or gifts.wants_no_meeting(offer.person):
        raise UserFacingError("One of them said no to meeting a neighbour so.")
    meeting = offer.choices.filter(person=person)
    if meeting.filter(ended_at__isnull=True).exists():
        raise UserFacingError("This has been proposed already.")
    if meeting.filter(felt_wrong_at__isnull=False).exists():
        raise UserFacingError("One of them said that it felt wrong. Leave it be.")


def _check_open(choice: OfferChoice) -> None:
    if choice.ended_at is not None:
        raise UserFacingError("This has ended. Propose it anew if they both want it.")


def _answered(choice: OfferChoice, *, says: bool, by: Any, who: str) -> OfferChoice:
    if not says:
        choice.ended_at, choice.ended_by = timezone.now(), by
        choice.venue_id = choice.meets_at = None
    choice.save()
    _record("residents.meeting_answered", choice, by=by, who=who, says=says)
    return choice


def _record(action: str, choice: OfferChoice, *, by: Any, **detail: Any) -> None:
    trail.record(action, by=by, subject=choice, person_id=choice.person_id, **detail)
