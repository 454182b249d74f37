"""Starts a person's record, changes it, and stops everything when life says so.

Whoever starts a record is alongside the person from that moment, so that nobody is
ever in the house without an owner. It must never ask for more than the person said.
"""

import datetime as dt
from typing import Any, Unpack
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters
from thedeal.partners.models import Team
from thedeal.places import selectors as places
from thedeal.residents import permissions, reach
from thedeal.residents.about import About, name_key, tidied
from thedeal.residents.models import Alongside, Person
from thedeal.residents.states import MOVES, STOPS_MESSAGES, Whereabouts

NAMES = ("called", "full_name", "other_names")
NOT_WHEN_ANONYMOUS = ("full_name", "other_names", "phone", "email", "born_on")


@logins.atomic
def meet(
    *, team: Team, by: Any, is_anonymous: bool = False, **about: Unpack[About]
) -> Person:
    """Give a new person, with ``by`` and their team alongside from now on.

    Everything about them may be left out. An anonymous person has no full name, no
    number and no address; raises UserFacingError where one was given, or where
    something is written as it cannot be.
    """
    permissions.check_in_team(by, team)
    person = Person(authority=team.authority, made_by=by, is_anonymous=is_anonymous)
    _write(person, about)
    person.last_contact_on = timezone.localdate()
    person.save()
    _begin(person, team=team, by=by)
    _record("residents.met", person, by=by, is_anonymous=is_anonymous)
    return person


@logins.atomic
def open_page(person_id: UUID, *, by: Any, reason: str = "") -> Person:
    """Give a person in reach, and note the look where they can read it.

    Raises Person.DoesNotExist (a 404) for somebody out of reach. Looking at one's
    own page is not noted.
    """
    person = reach.person(by, person_id)
    if not permissions.is_own(by, person):
        _note_look(person, by=by, reason=reason)
    return person


@logins.atomic
def change(person: Person, *, by: Any, **about: Unpack[About]) -> Person:
    """Change what is given of a person and nothing else; give them back.

    The person themself may, and so may whoever is alongside. Raises UserFacingError
    where something is written as it cannot be.
    """
    permissions.check_own_or_beside(by, person)
    changed = _write(person, about)
    if changed:
        person.save(update_fields=[*changed, *FOLLOWING])
        _record("residents.changed", person, by=by, fields=sorted(about))
    return person


@logins.atomic
def give_a_name(person: Person, *, by: Any, **about: Unpack[About]) -> Person:
    """Let a person who was anonymous be somebody by name, because they said so."""
    permissions.check_own_or_beside(by, person)
    person.is_anonymous = False
    _write(person, about)
    person.save()
    _record("residents.named", person, by=by, fields=sorted(about))
    return person


@logins.atomic
def stop_everything(person: Person, *, reason: Whereabouts, by: Any) -> int:
    """Stop every message at once: they died, moved away or are in hospital.

    Gives how many waiting messages were stopped; none is written after, because
    every writer asks ``person.may_be_written_to``.
    """
    permissions.check_can_change(by, person)
    if reason not in STOPS_MESSAGES:
        raise UserFacingError("Say why: died, moved away, or in hospital.")
    _move(person, reason, by=by)
    why = f"the person: {reason.value}"
    ids = reach.record_ids(person)
    return sum(letters.stop_for(pk, by=by, reason=why) for pk in ids)


@logins.atomic
def is_back(person: Person, *, by: Any) -> None:
    """Say that a person is here after all; stopped messages stay stopped."""
    permissions.check_can_change(by, person)
    _move(person, Whereabouts.HERE, by=by)


@logins.atomic
def in_touch(person: Person, *, on: dt.date) -> None:
    """Note a day on which we were in touch; how long we keep them is counted on it.

    Called by the actions of whatever was done together, which asked who may.
    """
    if person.last_contact_on is None or on > person.last_contact_on:
        person.last_contact_on = on
        person.save(update_fields=["last_contact_on"])


def _note_look(person: Person, *, by: Any, reason: str) -> None:
    works = reach.working_beside(by, person)
    by.acting_as = works.role if works else ""
    trail.looked(
        person,
        by=by,
        person_id=person.pk,
        reason=reason,
        authority_id=person.authority_id,
        organisation_id=works.organisation_id if works else None,
    )


# what follows from the rest, and is saved with any of it
FOLLOWING = ("sort_key", "is_under_18", "latitude", "longitude", "neighbourhood_id")


def _write(person: Person, about: About) -> list[str]:
    _check_stands(person)
    fields = tidied(about, today=timezone.localdate())
    given = [name for name in NOT_WHEN_ANONYMOUS if fields.get(name)]
    if person.is_anonymous and given:
        raise UserFacingError(
            "This conversation is anonymous. Leave out the full name, the date of "
            "birth and how to ring or write; or say that they gave their name."
        )
    for name, value in fields.items():
        setattr(person, name, value)
    person.sort_key = name_key(*(getattr(person, name) for name in NAMES))
    if "postcode" in fields:
        _place(person)
    return list(fields)


def _place(person: Person) -> None:
    found = places.find_postcode(person.postcode) if person.postcode else None
    person.latitude = found.lat if found else None
    person.longitude = found.lon if found else None
    place = found.neighbourhood if found else None
    person.neighbourhood_id = place.pk if place else None


def _begin(person: Person, *, team: Team, by: Any) -> None:
    Alongside.objects.create(
        authority_id=team.authority_id,
        organisation_id=team.organisation_id,
        team=team,
        worker=by,
        person=person,
        started_by=by,
    )


def _move(person: Person, to: Whereabouts, *, by: Any) -> None:
    _check_stands(person)
    if to not in MOVES[Whereabouts(person.whereabouts)]:
        raise UserFacingError("That is what we have written already.")
    person.whereabouts = to
    person.whereabouts_at, person.whereabouts_by = timezone.now(), by
    person.save(update_fields=["whereabouts", "whereabouts_at", "whereabouts_by"])
    _record("residents.whereabouts", person, by=by, whereabouts=to.value)


def _check_stands(person: Person) -> None:
    if person.forgotten_at or person.merged_into_id:
        raise UserFacingError("This record was closed. Open the one that stands.")


def _record(action: str, person: Person, *, by: Any, **detail: Any) -> None:
    trail.record(action, by=by, subject=person, person_id=person.pk, **detail)
