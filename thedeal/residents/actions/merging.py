"""Joins two records of one person into one, and parts them again.

Nothing is lost: what moved is listed, and parting moves just that back. Answers to
measures are never changed; they stay where they were given and are read from both.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.lib.records import Changes
from thedeal.residents import permissions
from thedeal.residents.about import name_key
from thedeal.residents.models import Alongside, Merge, OwnPage, Person, SharingChoice
from thedeal.residents.states import WhyEnded

FILLED = (
    "called",
    "full_name",
    "other_names",
    "pronouns",
    "born_on",
    "language",
    "phone",
    "email",
    "likes_contact_by",
    "how_to_reach",
    "when_to_reach",
    "postcode",
    "place_words",
    "latitude",
    "longitude",
    "neighbourhood_id",
    "helps",
    "is_under_18",
    "is_carer",
)
CLOSED, FILLS = "closed:", "filled"


@logins.atomic
def merge(kept: Person, gone: Person, *, reason: str, by: Any) -> Merge:
    """Give the merge: ``gone``'s rows are ``kept``'s from now on, blanks are filled.

    Raises UserFacingError where they cannot be one person, or no reason is given.
    """
    permissions.check_can_change(by, kept)
    permissions.check_can_change(by, gone)
    _check_can_be_one(kept, gone)
    if not reason.strip():
        raise UserFacingError("Say how you know that they are one person.")
    logins.speak_for(kept.pk)  # through to both until the last row has moved
    filled = _fill_blanks(kept, gone)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    moved: dict[str, list[str]] = {FILLS: filled}
    moved |= _close_what_clashes(kept, gone, by=by)
    moved |= _move_all(gone, kept)
    made = Merge.objects.create(
        authority_id=kept.authority_id,
        kept_person=kept,
        gone_person=gone,
        moved=moved,
        reason=reason.strip(),
        by=by,
    )
    _record("residents.merged", made, by=by)
    return made


@logins.atomic
def unmerge(made: Merge, *, by: Any) -> None:
    """Part two records again: what moved goes back, what was closed reopens."""
    kept, gone = made.kept_person, made.gone_person
    permissions.check_can_change(by, kept)
    if made.undone_at is not None or gone.merged_into_id != kept.pk:
        raise UserFacingError("These two records were parted already.")
    logins.speak_for(kept.pk)
    _move_back(made)
    _reopen(made)
    _empty_filled(kept, gone, names=made.moved[FILLS])
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    made.undone_at, made.undone_by = timezone.now(), by
    made.save(update_fields=["undone_at", "undone_by"])
    _record("residents.unmerged", made, by=by)


def movable() -> Iterator[tuple[type[models.Model], str]]:
    """Give each table whose rows are about a person and may change, with the column.

    Tables of the rooms above are among them. History and append-only rows stay.
    """
    for related in Person._meta.related_objects:
        model, field = related.related_model, related.field.name
        kept = getattr(model, "kept", None)
        if model in (Person, Merge) or kept is None:
            continue
        if kept.changes is not Changes.APPEND_ONLY and field in ("person", "other"):
            yield model, field


def _check_can_be_one(kept: Person, gone: Person) -> None:
    if kept.pk == gone.pk:
        raise UserFacingError("Those are one record already.")
    if kept.authority_id != gone.authority_id:
        raise UserFacingError("The other record is another council’s.")
    if any(p.merged_into_id or p.forgotten_at for p in (kept, gone)):
        raise UserFacingError("One of these records was closed before.")
    if kept.is_anonymous or gone.is_anonymous:
        raise UserFacingError(
            "One of these was anonymous. Let them give a name first, if they want to."
        )
    born = {p.born_on for p in (kept, gone) if p.born_on}
    if len(born) > 1:
        raise UserFacingError("They have two dates of birth. Put the wrong one right.")


def _fill_blanks(kept: Person, gone: Person) -> list[str]:
    names = [n for n in FILLED if _is_blank(kept, n) and not _is_blank(gone, n)]
    for name in names:
        setattr(kept, name, getattr(gone, name))
    if names:
        _save_filled(kept, names)
    return names


def _empty_filled(kept: Person, gone: Person, *, names: list[str]) -> None:
    back = [name for name in names if getattr(kept, name) == getattr(gone, name)]
    empty = Person()
    for name in back:
        setattr(kept, name, getattr(empty, name))
    if back:
        _save_filled(kept, back)


def _save_filled(kept: Person, names: list[str]) -> None:
    kept.sort_key = name_key(kept.called, kept.full_name, kept.other_names)
    kept.save(update_fields=[*names, "sort_key"])


def _is_blank(person: Person, name: str) -> bool:
    value = getattr(person, name)
    return value is None or value is False or value in ("", [])


def _close_what_clashes(kept: Person, gone: Person, *, by: Any) -> dict[str, list[str]]:
    """End the gone one's ties where the kept one has the same: one stands, not two."""
    now = timezone.now()
    teams = kept.alongside.filter(ended_at__isnull=True).values("team_id")
    ties = gone.alongside.filter(ended_at__isnull=True, team_id__in=teams)
    pages = gone.own_pages.filter(
        ended_at__isnull=True,
        user_id__in=kept.own_pages.filter(ended_at__isnull=True).values("user_id"),
    )
    closed = {
        CLOSED + Alongside._meta.label: _ids(ties),
        CLOSED + OwnPage._meta.label: _ids(pages),
        CLOSED + SharingChoice._meta.label: _choices_that_clash(kept, gone),
    }
    ended = {"ended_at": now, "ended_by": by}
    pages.update(**ended)
    ties.update(why_ended=WhyEnded.SAME_PERSON.value, **ended)
    SharingChoice.objects.filter(
        pk__in=closed[CLOSED + SharingChoice._meta.label]
    ).update(withdrawn_at=now, withdrawn_by=by)
    return closed


def _choices_that_clash(kept: Person, gone: Person) -> list[str]:
    """Give the choices to withdraw: of two on one thing the no stands, else the kept's."""
    standing = {
        (c.organisation_id, c.purpose): c
        for c in kept.sharing_choices.filter(withdrawn_at__isnull=True)
    }
    found = []
    for choice in gone.sharing_choices.filter(withdrawn_at__isnull=True):
        theirs = standing.get((choice.organisation_id, choice.purpose))
        if theirs is not None:
            is_weaker = choice.may or not theirs.may
            found.append(str(choice.pk if is_weaker else theirs.pk))
    return found


def _move_all(gone: Person, kept: Person) -> dict[str, list[str]]:
    moved = {}
    for model, field in movable():
        rows = model._default_manager.filter(**{field: gone})
        if ids := _ids(rows):
            rows.update(**{field: kept})
            moved[f"{model._meta.label}.{field}"] = ids
    return moved


def _move_back(made: Merge) -> None:
    for model, field in movable():
        ids = made.moved.get(f"{model._meta.label}.{field}", [])
        model._default_manager.filter(pk__in=ids).update(**{field: made.gone_person})


def _reopen(made: Merge) -> None:
    again = {"ended_at": None, "ended_by": None}
    ties = made.moved[CLOSED + Alongside._meta.label]
    Alongside.objects.filter(pk__in=ties).update(why_ended="", **again)
    pages = made.moved[CLOSED + OwnPage._meta.label]
    OwnPage.objects.filter(pk__in=pages).update(**again)
    choices = made.moved[CLOSED + SharingChoice._meta.label]
    for choice in SharingChoice.objects.filter(pk__in=choices):
        if not _has_a_newer(choice):
            choice.withdrawn_at = choice.withdrawn_by = None
            choice.save(update_fields=["withdrawn_at", "withdrawn_by"])


def _has_a_newer(choice: SharingChoice) -> bool:
    newer = choice.person.sharing_choices.filter(
        organisation_id=choice.organisation_id,
        purpose=choice.purpose,
        withdrawn_at__isnull=True,
    )
    return newer.exists()


def _ids(rows: models.QuerySet[Any]) -> list[str]:
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


def _record(action: str, made: Merge, *, by: Any) -> None:
    """Write it in the trails of both."""
    for person_id in (made.kept_person_id, made.gone_person_id):
        trail.record(action, by=by, subject=made, person_id=person_id)
