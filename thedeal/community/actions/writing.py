"""Turns a listing's facts into rows, and cuts a version: the one way they get there.

No permission is asked here and nothing is told to the trail: ``listings`` does both.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.text import slugify

from thedeal.community import blurring, recurrence
from thedeal.community.actions import indexing, placing
from thedeal.community.facts import ActivityFacts, ContactFacts, GroupFacts, Spot
from thedeal.community.models import (
    Activity,
    Contact,
    Document,
    Group,
    ListingVersion,
    OpeningHours,
    Session,
    Source,
    Whereabouts,
)
from thedeal.community.selectors import stored
from thedeal.community.selectors.stored import ACTIVITY_FIELDS, GROUP_FIELDS
from thedeal.community.states import ListingState
from thedeal.lib.errors import UserFacingError
from thedeal.places.models import Venue

# what of an activity is no column of its own row, and is noted in its provenance too
KEPT_APART = ("spot", "access", "languages", "themes", "sessions", "hours")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where facts come from, and whether the group itself said so.

    ``how`` is one of "the group", "a worker", "the team", "a feed", "a calendar".
    """

    source: Source
    how: str
    document: Document | None = None
    by: Any = None
    at: dt.datetime | None = None
    checked_at: dt.datetime | None = None  # where it says when it was last checked

    def checked(self) -> dict[str, Any]:
        """Give what a new row says of its last check."""
        if self.checked_at is None:
            return {}
        return {"checked_at": self.checked_at, "checked_how": self.how}

    @property
    def moment(self) -> dt.datetime:
        """Give when it was said."""
        return self.at or timezone.now()

    @property
    def is_confirmed(self) -> bool:
        """Say whether the group said it, to us or to a worker."""
        return self.how in ("the group", "a worker")

    def note(self) -> dict[str, Any]:
        """Give what provenance keeps beside each field."""
        found: dict[str, Any] = {
            "source": self.source.key,
            "at": self.moment.isoformat(),
            "confirmed": self.is_confirmed,
        }
        if self.document is not None:
            found["document"] = str(self.document.pk)
        return found


def write_group(
    facts: GroupFacts, *, authority_id: UUID, origin: Origin, group: Group | None = None
) -> Group:
    """Write a group with all it does; activities that are left out have ended."""
    if not facts.name:
        raise UserFacingError("Give the group a name.")
    if facts.is_sensitive:
        facts = _without_places(facts)
    is_new = group is None
    row = group or _new_group(facts, authority_id, origin)
    before = {} if is_new else {a.id: a for a in stored.of(row).activities}
    row.other_names = list(facts.other_names)
    _set(row, facts, GROUP_FIELDS, origin)
    _note_contact(row, facts, origin)
    if facts.contact is not None:
        _show_contact(row, facts.contact)
    row.save(force_insert=is_new)
    if facts.contact is not None:
        _keep_contact(row, facts.contact, is_new=is_new)
    written = _write_activities(row, facts, origin, before, is_new=is_new)
    if is_new:
        _cut(row, stored.as_written(row, written), 1, origin=origin)
    else:
        cut_version(row, origin=origin)
    return row


def _new_group(facts: GroupFacts, authority_id: UUID, origin: Origin) -> Group:
    return Group(
        authority_id=authority_id,
        source=origin.source,
        source_ref=facts.source_ref,
        slug=free_slug(facts.name),
        **origin.checked(),
    )


def _without_places(facts: GroupFacts) -> GroupFacts:
    venues = _venues(facts)
    spots = [
        placing.placed(a.spot, venues.get(a.spot.venue_id)) for a in facts.activities
    ]
    return blurring.blurred(facts, [*spots, *(a.spot for a in facts.activities)])


def write_contact(group: Group, facts: GroupFacts) -> None:
    """Keep whom to ask, and copy to the group only what may be shown."""
    if facts.contact is None:
        return
    _keep_contact(group, facts.contact, is_new=False)
    _show_contact(group, facts.contact)
    group.save(update_fields=["contact_name", "contact_phone", "contact_email"])


def _keep_contact(group: Group, contact: ContactFacts, *, is_new: bool) -> None:
    said = {"authority_id": group.authority_id, **asdict(contact)}
    if is_new:
        Contact.objects.create(group=group, **said)
    else:
        Contact.objects.update_or_create(group=group, defaults=said)


def _show_contact(group: Group, contact: ContactFacts) -> None:
    shows_any = contact.show in ("number", "email")
    group.contact_name = contact.name if shows_any else ""
    group.contact_phone = contact.phone if contact.show == "number" else ""
    group.contact_email = contact.email if contact.show == "email" else ""


def cut_version(group: Group, *, origin: Origin, reason: str = "") -> ListingVersion:
    """Keep the listing as it stands now, whole."""
    last = group.versions.aggregate(last=Max("number"))["last"] or 0
    return _cut(group, stored.of(group), last + 1, origin=origin, reason=reason)


def _cut(
    group: Group, facts: GroupFacts, number: int, *, origin: Origin, reason: str = ""
) -> ListingVersion:
    return ListingVersion.objects.create(
        authority_id=group.authority_id,
        group=group,
        number=number,
        content=facts.stored(),
        how=origin.how,
        reason=reason[:300],
        by_id=getattr(origin.by, "pk", None),
    )


def free_slug(name: str) -> str:
    """Give an address part that no group has."""
    plain = slugify(name)[:60].strip("-") or "group"
    taken = set(
        Group.objects.filter(slug__startswith=plain).values_list("slug", flat=True)
    )
    return _untaken(plain, taken)


def _untaken(plain: str, taken: set[str]) -> str:
    number = 1
    while (found := plain if number == 1 else f"{plain}-{number}") in taken:
        number += 1
    return found


def _set(row: Any, facts: Any, names: Iterable[str], origin: Origin) -> None:
    """Set the fields that differ, and note where each is from."""
    note = origin.note()
    provenance = dict(row.provenance or {})
    for name in names:
        value = getattr(facts, name)
        if row._state.adding or getattr(row, name) != value:
            setattr(row, name, value)
            provenance[name] = note
    row.provenance = provenance


def _note_contact(row: Group, facts: GroupFacts, origin: Origin) -> None:
    """Note who said whom to ask, where that differs."""
    if facts.contact is None:
        return
    known = {} if row._state.adding else stored.contact_of(row)
    if known != asdict(facts.contact):
        row.provenance = {**row.provenance, "contact": origin.note()}


def _note_kept_apart(
    row: Activity, facts: ActivityFacts, before: ActivityFacts | None, origin: Origin
) -> None:
    """Note who said where and when it is, and the like, where that differs."""
    note = origin.note()
    for name in KEPT_APART:
        if before is None or getattr(before, name) != getattr(facts, name):
            row.provenance[name] = note


def _write_activities(
    group: Group,
    facts: GroupFacts,
    origin: Origin,
    was: Mapping[str, ActivityFacts],
    *,
    is_new: bool,
) -> list[stored.Held]:
    before = {} if is_new else {str(a.pk): a for a in group.activities.all()}
    by_ref = {a.source_ref: a for a in before.values() if a.source_ref}
    slugs = _slugs(group, facts)
    venues = _venues(facts)
    rows = []
    for given in facts.activities:
        row = before.get(given.id) or by_ref.get(given.source_ref)
        row = row or Activity(
            authority_id=group.authority_id,
            group=group,
            source=origin.source,
            source_ref=given.source_ref,
            slug=slugs.pop(0),
            **origin.checked(),
        )
        _note_kept_apart(row, given, was.get(str(row.pk)), origin)
        rows.append((row, given, _set_activity(row, given, group, origin, venues)))
    placing.find_neighbourhoods((row, spot) for row, _, spot in rows)
    written = _save_activities(rows)
    kept = [row.pk for row, _, _ in rows]
    if before:
        _end_others(group, kept)
    indexing.refresh(kept)
    return written


def _save_activities(
    rows: list[tuple[Activity, ActivityFacts, Spot]],
) -> list[stored.Held]:
    """Save activities with their places and times: those that are new in one go."""
    new = [row for row, _, _ in rows if row._state.adding]
    old = [row for row, _, _ in rows if not row._state.adding]
    for row in old:
        row.save()
    Activity.objects.bulk_create(new)
    open_now = [row for row in old if not row.is_sensitive]
    Whereabouts.objects.filter(activity__in=open_now).delete()
    Session.objects.filter(activity__in=old).delete()
    OpeningHours.objects.filter(activity__in=old).delete()
    held = [_held(row, given, spot) for row, given, spot in rows]
    Session.objects.bulk_create(time for one in held for time in one.sessions)
    OpeningHours.objects.bulk_create(hours for one in held for hours in one.hours)
    return held


def _held(row: Activity, facts: ActivityFacts, spot: Spot) -> stored.Held:
    return stored.Held(
        row=row,
        exact=placing.keep_exact(row, spot) if row.is_sensitive else None,
        sessions=list(_sessions(row, facts)),
        hours=list(_hours(row, facts)),
    )


def _end_others(group: Group, kept: list[UUID]) -> None:
    gone = group.activities.exclude(pk__in=kept)
    gone.filter(state__in=[ListingState.LIVE, ListingState.PAUSED]).update(
        state=ListingState.ENDED
    )


def _slugs(group: Group, facts: GroupFacts) -> list[str]:
    """Give a free address part for each activity, in order."""
    plain = [
        f"{slugify(a.name)[:50].strip('-') or 'activity'}-{group.slug}"[:110]
        for a in facts.activities
    ]
    alike = Q(*(Q(slug__startswith=one) for one in set(plain)), _connector=Q.OR)
    rows = Activity.objects.filter(alike) if plain else Activity.objects.none()
    taken = set(rows.values_list("slug", flat=True))
    found = []
    for one in plain:
        slug = _untaken(one, taken)
        taken.add(slug)
        found.append(slug)
    return found


def _venues(facts: GroupFacts) -> dict[str, Venue]:
    ids = {a.spot.venue_id for a in facts.activities if a.spot.venue_id}
    rows = Venue.objects.filter(pk__in=ids).select_related("access")
    return {str(v.pk): v for v in rows}


def _set_activity(
    row: Activity,
    facts: ActivityFacts,
    group: Group,
    origin: Origin,
    venues: Mapping[str, Venue],
) -> Spot:
    """Set what is said of an activity; give the exact spot where it is."""
    _set(row, facts, ACTIVITY_FIELDS, origin)
    row.languages, row.themes = list(facts.languages), list(facts.themes)
    venue = venues.get(facts.spot.venue_id)
    known = getattr(venue, "access", None) if not facts.is_online else None
    row.access = {**(known.facts if known else {}), **facts.access}
    row.is_sensitive = group.is_sensitive
    spot = placing.placed(facts.spot, venue)
    placing.show_place(row, spot)
    if row.state == ListingState.ENDED:
        row.state = ListingState.LIVE
    if facts.capacity != "unknown":
        row.capacity_at = origin.moment
    return spot


def _sessions(row: Activity, facts: ActivityFacts) -> Iterator[Session]:
    for t in facts.sessions:
        yield Session(
            pk=uuid4(),
            activity=row,
            starts_on=t.starts_on,
            at=t.at,
            minutes=t.minutes,
            rule=t.rule,
            left_out=list(t.left_out),
            added=list(t.added),
            is_term_time=t.is_term_time,
            on_bank_holidays=t.on_bank_holidays,
            weekdays=recurrence.weekdays(t.rule, starts_on=t.starts_on),
            calendar_uid=t.calendar_uid,
            note=t.note,
        )


def _hours(row: Activity, facts: ActivityFacts) -> Iterator[OpeningHours]:
    for h in facts.hours:
        yield OpeningHours(
            activity=row,
            weekday=h.weekday,
            opens=h.opens,
            closes=h.closes,
            is_term_time=h.is_term_time,
        )


def note_check(group: Group, *, origin: Origin) -> None:
    """Note that a group's listing was checked, with all that it does."""
    fields = {
        "checked_at": origin.moment,
        "checked_how": origin.how,
        "checked_by_id": getattr(origin.by, "pk", None),
        "demoted_at": None,
    }
    Group.objects.filter(pk=group.pk).update(**fields)
    back = [ListingState.LIVE, ListingState.PAUSED]
    group.activities.filter(state__in=back).update(**fields)
    group.refresh_from_db()
