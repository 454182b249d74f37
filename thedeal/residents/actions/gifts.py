"""What a person brings: strengths, wishes and offers, said, confirmed, withdrawn.

What was found in somebody's words is a proposal until it was confirmed with them. It
must never be used before that, nor after they took it back.
"""

from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.residents import permissions
from thedeal.residents.models import Offer, Person, Strength, Wish
from thedeal.residents.models.gifts import Said

MOST_WORDS = 2000
Gift = TypeVar("Gift", bound=Said)


@logins.atomic
def say_strength(
    person: Person,
    *,
    kind: Strength.Kind,
    words: str,
    by: Any,
    is_confirmed: bool = False,
    source_id: UUID | None = None,
) -> Strength:
    """Give a new strength: of the head, the hands or the heart.

    ``source_id`` is the conversation it was said in; ``is_confirmed`` where the
    person said it to us themself, and nothing proposed it.
    """
    said = Strength(kind=Strength.Kind(kind), source_id=source_id)
    return _say(said, person, words, by=by, is_confirmed=is_confirmed)


@logins.atomic
def say_wish(
    person: Person,
    *,
    kind: Wish.Kind,
    words: str,
    by: Any,
    is_confirmed: bool = False,
    source_id: UUID | None = None,
) -> Wish:
    """Give a new wish: wanted, not for me, never, a good day, or tried already."""
    said = Wish(kind=Wish.Kind(kind), source_id=source_id)
    return _say(said, person, words, by=by, is_confirmed=is_confirmed)


@logins.atomic
def say_offer(
    person: Person,
    *,
    kind: Offer.Kind,
    words: str,
    by: Any,
    hours: str = "",
    is_confirmed: bool = False,
    source_id: UUID | None = None,
) -> Offer:
    """Give a new offer: what the person would gladly do for, or with, somebody."""
    said = Offer(kind=Offer.Kind(kind), hours=hours.strip()[:200], source_id=source_id)
    return _say(said, person, words, by=by, is_confirmed=is_confirmed)


@logins.atomic
def confirm(said: Gift, *, by: Any, words: str = "") -> Gift:
    """Note that the person agrees that this is so, in better words if they have them.

    Raises UserFacingError where it was withdrawn. Confirming twice changes nothing.
    """
    person = _person_of(said)
    permissions.check_own_or_beside(by, person)
    if said.withdrawn_at is not None:
        raise UserFacingError("They took this back. Write it anew if they want it.")
    if said.confirmed_at is not None and not words.strip():
        return said
    if words.strip():
        said.words = _checked(words)
    said.confirmed_at, said.confirmed_by = timezone.now(), by
    said.save(update_fields=["words", "confirmed_at", "confirmed_by"])
    _record("residents.gift_confirmed", said, by=by)
    return said


@logins.atomic
def withdraw(said: Gift, *, by: Any) -> Gift:
    """Take back what was said or proposed; it is used for nothing from now on."""
    permissions.check_own_or_beside(by, _person_of(said))
    if said.withdrawn_at is None:
        said.withdrawn_at, said.withdrawn_by = timezone.now(), by
        said.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _record("residents.gift_withdrawn", said, by=by)
    return said


@logins.atomic
def move_to(said: Gift, person: Person, *, by: Any) -> Gift:
    """Give to its right person what was written under a wrong one.

    The words are locked with the right person's key from now on; both trails show it.
    """
    permissions.check_can_change(by, _person_of(said))
    permissions.check_can_change(by, person)
    _record("residents.gift_moved_away", said, by=by)
    said.person = person  # type: ignore[attr-defined] # each kind has its own
    said.save()
    _record("residents.gift_moved_here", said, by=by)
    return said


def _say(
    said: Gift, person: Person, words: str, *, by: Any, is_confirmed: bool
) -> Gift:
    permissions.check_own_or_beside(by, person)
    said.authority_id, said.words = person.authority_id, _checked(words)
    said.person = person  # type: ignore[attr-defined] # each kind has its own
    if is_confirmed:
        said.confirmed_at, said.confirmed_by = timezone.now(), by
    said.save()
    _record("residents.gift_said", said, by=by, is_confirmed=is_confirmed)
    return said


def _checked(words: str) -> str:
    tidy = words.strip()[:MOST_WORDS]
    if not tidy:
        raise UserFacingError("Write it down as they said it.")
    return tidy


def _person_of(said: Said) -> Person:
    person: Person = said.person  # type: ignore[attr-defined] # each kind has its own
    return person


def _record(action: str, said: Said, *, by: Any, **detail: Any) -> None:
    person = _person_of(said)
    trail.record(action, by=by, subject=said, person_id=person.pk, **detail)
