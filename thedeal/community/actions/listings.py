"""Adds, changes, checks, pauses, ends, restores and withdraws listings.

Each is one transaction: who may, the change, a version where words changed, the
trail. Changes by an owner or an editor are live at once; a stranger's wait
(``suggestions``).
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community import permissions
from thedeal.community.actions import moving, unlisted, writing
from thedeal.community.actions.writing import Origin
from thedeal.community.facts import CAPACITIES, GroupFacts
from thedeal.community.models import Activity, Group, ListingVersion, Source
from thedeal.community.states import ListingState
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners import selectors as partners
from thedeal.partners.models import Authority

OWN = "own"
SAFEGUARDING = (
    *("needs_safeguarding", "safeguarding_seen_at", "safeguarding_seen_by_id"),
    "safeguarding_seen_for",
)
THE_GROUP, A_WORKER, THE_TEAM = "the group", "a worker", "the team"


def own_source(authority: Authority) -> Source:
    """Give the source of what we were told ourselves, made where it is missing."""
    source, _ = Source.objects.get_or_create(
        authority=authority,
        key=OWN,
        defaults={
            "name": f"Told to {authority.name}",
            "licence": "Open Government Licence v3.0",
            "licence_url": "https://www.nationalarchives.gov.uk/doc/"
            "open-government-licence/version/3/",
            "may_republish": True,
        },
    )
    return source


@logins.atomic
def add(
    *,
    authority: Authority,
    facts: GroupFacts,
    by: Any,
    how: str = THE_TEAM,
    origin: Origin | None = None,
    is_checked: bool = True,
) -> Group:
    """Give a new group's listing, live at once.

    Raises UserFacingError where the group asked never to be listed.
    """
    permissions.check_can_edit(by, authority=authority)
    unlisted.check_may_list(authority, facts)
    said = origin or Origin(source=own_source(authority), how=how, by=by)
    group = writing.write_group(facts, authority_id=authority.pk, origin=said)
    if is_checked:
        writing.note_check(group, origin=said)
    trail.record("community.added", by=by, subject=group, how=said.how)
    return group


@logins.atomic
def change(
    *,
    group: Group,
    facts: GroupFacts,
    by: Any,
    how: str,
    reason: str = "",
    origin: Origin | None = None,
    is_checked: bool = True,
) -> Group:
    """Change a listing to these facts; who changed it has also checked it.

    One that nobody could verify is shown again: somebody has just told us of it.
    """
    if how == A_WORKER:
        permissions.check_can_answer(by, group=group)
    else:
        permissions.check_can_change(by, group=group)
    _check_is_there(group)
    said = origin or Origin(source=own_source(group.authority), how=how, by=by)
    group = _locked(group)
    if is_checked and group.state == ListingState.UNVERIFIED:
        moving.move(group, ListingState.LIVE)
    writing.write_group(
        facts, authority_id=group.authority_id, origin=said, group=group
    )
    if is_checked:
        writing.note_check(group, origin=said)
    trail.record("community.changed", by=by, subject=group, how=how, reason=reason)
    return group


@logins.atomic
def check(*, group: Group, by: Any, how: str) -> None:
    """Note that a listing is still right; one that was dropped comes back."""
    permissions.check_can_answer(by, group=group)
    _check_is_there(group)
    said = Origin(source=own_source(group.authority), how=how, by=by)
    group = _locked(group)
    if group.state == ListingState.UNVERIFIED:
        moving.move(group, ListingState.LIVE)
    writing.note_check(group, origin=said)
    trail.record("community.checked", by=by, subject=group, how=how)


@logins.atomic
def pause(*, group: Group, by: Any, how: str, reason: str = "") -> None:
    """Say that a group rests for a while: it stays in view, and says so."""
    permissions.check_can_answer(by, group=group)
    moving.move(_locked(group), ListingState.PAUSED)
    trail.record("community.paused", by=by, subject=group, how=how, reason=reason)


@logins.atomic
def resume(*, group: Group, by: Any, how: str) -> None:
    """Say that a group that rested or had gone is there again."""
    permissions.check_can_answer(by, group=group)
    group = _locked(group)
    moving.move(group, ListingState.LIVE)
    said = Origin(source=own_source(group.authority), how=how, by=by)
    writing.note_check(group, origin=said)
    trail.record("community.resumed", by=by, subject=group, how=how)


@logins.atomic
def end(*, group: Group, by: Any, how: str, reason: str = "") -> None:
    """Say that a group has stopped; its listing is kept and no longer shown."""
    permissions.check_can_answer(by, group=group)
    moving.move(_locked(group), ListingState.ENDED)
    trail.record("community.ended", by=by, subject=group, how=how, reason=reason)


@logins.atomic
def say_room(
    *,
    activity: Activity,
    capacity: str,
    by: Any,
    how: str,
    places: int | None = None,
    words: str = "",
    until: dt.date | None = None,
) -> None:
    """Say whether there is room now: "full until March", "room for two".

    All that was said of room before gives way, its last day too.
    """
    permissions.check_can_answer(by, group=activity.group)
    if capacity not in CAPACITIES:
        raise UserFacingError("Say whether there is room: choose one of the answers.")
    activity.capacity, activity.capacity_places = capacity, places
    activity.capacity_words, activity.capacity_until = words[:120], until
    activity.capacity_at = timezone.now()
    activity.save(
        update_fields=[
            "capacity",
            "capacity_places",
            "capacity_words",
            "capacity_until",
            "capacity_at",
        ]
    )
    trail.record("community.room", by=by, subject=activity, capacity=capacity, how=how)


@logins.atomic
def restore(*, group: Group, number: int, by: Any, reason: str = "") -> Group:
    """Bring an earlier version of a listing back, as a new version."""
    permissions.check_can_change(by, group=group)
    kept = ListingVersion.objects.filter(group=group, number=number).first()
    if kept is None:
        raise UserFacingError(f"There is no version {number} of this listing.")
    facts = GroupFacts.read(kept.content)
    said = Origin(source=own_source(group.authority), how=THE_TEAM, by=by)
    group = _locked(group)
    _check_is_there(group)
    writing.write_group(
        facts, authority_id=group.authority_id, origin=said, group=group
    )
    trail.record(
        "community.restored", by=by, subject=group, number=number, reason=reason
    )
    return group


@logins.atomic
def withdraw(*, group: Group, by: Any, reason: str) -> None:
    """Take a listing away for ever: the group asked not to be listed.

    Those that were joined to it go with it: under no name does it come back.
    """
    permissions.check_can_answer(by, group=group)
    group = _locked(group)
    for one in (group, *Group.objects.filter(merged_into=group)):
        unlisted.remember(one, by=by)
        moving.move(one, ListingState.WITHDRAWN)
    trail.record("community.withdrawn", by=by, subject=group, reason=reason)


@logins.atomic
def drop(*, group: Group) -> None:
    """Drop a listing that nobody could verify; it is remembered, not shown."""
    moving.move(_locked(group), ListingState.UNVERIFIED)
    trail.record("community.dropped", by=None, subject=group)


@logins.atomic
def tell_answering(*, group: Group, answers_in_days: int | None) -> None:
    """Take what deals know of how soon a group answers an introduction."""
    Group.objects.filter(pk=group.pk).update(answers_in_days=answers_in_days)


@logins.atomic
def say_safeguarding(
    *, group: Group, needs: bool, is_seen: bool | None, by: Any
) -> None:
    """Say whether a group's safeguarding policy is to be seen, and whether it was.

    Whoever says that it was saw it today, for the organisation they work in; None
    leaves that as it is.
    """
    permissions.check_can_edit(by, authority=group.authority)
    _check_is_there(group)
    group = _locked(group)
    group.needs_safeguarding = needs
    if is_seen is False:
        group.safeguarding_seen_at = group.safeguarding_seen_by_id = None
        group.safeguarding_seen_for = ""
    elif is_seen:
        group.safeguarding_seen_at = timezone.now()
        group.safeguarding_seen_by_id = by and by.pk
        group.safeguarding_seen_for = _works_for(by, group.authority)
    group.save(update_fields=SAFEGUARDING)
    trail.record("community.safeguarding", by=by, subject=group, is_seen=is_seen)


def _works_for(by: Any, authority: Authority) -> str:
    """Give the name of whom somebody works for; the council's where it is none."""
    mine = partners.organisations_of(by) if by else ()
    return next((one.name for one in mine), authority.name)


def _locked(group: Group) -> Group:
    return (
        Group.objects.select_for_update(of=("self",))
        .select_related("authority", "organisation")
        .get(pk=group.pk)
    )


def _check_is_there(group: Group) -> None:
    if group.state in (ListingState.WITHDRAWN, ListingState.MERGED):
        raise UserFacingError("This listing is no longer kept.")
