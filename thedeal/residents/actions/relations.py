"""Writes who matters to a person, who cares for whom, and who speaks for them.

Somebody who speaks for another does so with an authority and about something, both
written down. It must never make a record of somebody who is only mentioned.
"""

from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.residents import permissions
from thedeal.residents.models import Person, Relation

Kind = Relation.Kind
# how the same tie reads from the other's side; nobody speaks both ways
FROM_THEIR_SIDE = {
    Kind.FAMILY: Kind.FAMILY,
    Kind.FRIEND: Kind.FRIEND,
    Kind.HOUSEHOLD: Kind.HOUSEHOLD,
    Kind.CARES_FOR_ME: Kind.I_CARE_FOR,
    Kind.I_CARE_FOR: Kind.CARES_FOR_ME,
}


@logins.atomic
def say(
    person: Person,
    *,
    kind: Relation.Kind,
    words: str,
    by: Any,
    other: Person | None = None,
    authority_to_speak: str = "",
    speaks_about: str = "",
) -> Relation:
    """Give a new tie: ``words`` say who it is ("my daughter Anne, 01942 244991").

    ``other`` is that somebody's own record, where both know and the writer is
    alongside both; the tie is then on both. Raises UserFacingError where somebody
    speaks for the person and it is not said with what authority, and about what.
    """
    permissions.check_own_or_beside(by, person)
    relation = _unsaved(person, Kind(kind), words, by=by)
    relation.authority_to_speak = authority_to_speak.strip()
    relation.speaks_about = speaks_about.strip()
    _check_may_speak(relation)
    if other is not None:
        _tie(relation, other, by=by)
    relation.save()
    if kind == Kind.I_CARE_FOR:
        _is_a_carer(person)
    _record("residents.relation_said", relation, by=by)
    return relation


@logins.atomic
def end(relation: Relation, *, by: Any) -> None:
    """End a tie, on both sides where it is on both."""
    permissions.check_own_or_beside(by, relation.person)
    for each in [relation, *_mirrors(relation)]:
        if each.ended_at is None:
            each.ended_at, each.ended_by = timezone.now(), by
            each.save(update_fields=["ended_at", "ended_by"])
            _record("residents.relation_ended", each, by=by)


def _unsaved(person: Person, kind: Relation.Kind, words: str, *, by: Any) -> Relation:
    if not words.strip():
        raise UserFacingError("Say who it is, in the person’s own words.")
    return Relation(
        authority_id=person.authority_id,
        person=person,
        kind=kind,
        words=words.strip()[:2000],
        made_by=by,
    )


def _check_may_speak(relation: Relation) -> None:
    said = bool(relation.authority_to_speak and relation.speaks_about)
    if relation.kind == Kind.SPEAKS_FOR_ME and not said:
        raise UserFacingError(
            "Write with what authority they speak for this person, and about what."
        )


def _tie(relation: Relation, other: Person, *, by: Any) -> None:
    permissions.check_can_change(by, other)
    if other.pk == relation.person_id:
        raise UserFacingError("That is the person themself.")
    relation.other = other
    theirs = FROM_THEIR_SIDE.get(Kind(relation.kind))
    if theirs is None:
        return
    mirror = _unsaved(other, theirs, relation.person.name, by=by)
    mirror.other = relation.person
    mirror.save()
    if theirs == Kind.I_CARE_FOR:
        _is_a_carer(other)
    _record("residents.relation_said", mirror, by=by)


def _mirrors(relation: Relation) -> list[Relation]:
    theirs = FROM_THEIR_SIDE.get(Kind(relation.kind))
    if theirs is None or relation.other_id is None:
        return []
    return list(
        Relation.objects.filter(
            person_id=relation.other_id,
            other_id=relation.person_id,
            kind=theirs,
            ended_at__isnull=True,
        )
    )


def _is_a_carer(person: Person) -> None:
    if not person.is_carer:
        person.is_carer = True
        person.save(update_fields=["is_carer"])


def _record(action: str, relation: Relation, *, by: Any) -> None:
    trail.record(
        action,
        by=by,
        subject=relation,
        person_id=relation.person_id,
        relation=str(relation.kind),
    )
