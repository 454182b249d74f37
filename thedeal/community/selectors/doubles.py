"""Listings as the search for doubles takes them, the pairs found, and one pair."""

from collections.abc import Iterable
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from thedeal.community import differences, meanings
from thedeal.community.duplicates import Listed
from thedeal.community.models import Activity, Contact, Group
from thedeal.community.models.doubles import Double, Joining
from thedeal.community.selectors import matchable, stored
from thedeal.community.states import SHOWN, ListingState

# what may be somebody's double: also what nobody could verify, which is remembered
LOOKED_AT = (*SHOWN, ListingState.UNVERIFIED)


def listed(authority_id: UUID) -> list[Listed]:
    """Give a council's listings with what tells them apart. Four queries.

    Places are as anyone may read them, so that a sensitive one gives its outward
    code alone.
    """
    groups = Group.objects.filter(authority_id=authority_id, state__in=LOOKED_AT)
    rows = list(groups.only("id", "name", "website").order_by("id"))
    contacts = Contact.objects.filter(authority_id=authority_id)
    phones = dict(contacts.values_list("group_id", "phone"))
    does: dict[UUID, list[Activity]] = {}
    activities = Activity.objects.filter(group__in=rows, state__in=LOOKED_AT)
    for one in activities.only("id", "group_id", "postcode", "lat", "lon"):
        does.setdefault(one.group_id, []).append(one)
    vectors = _vectors()
    return [
        _listed(row, does.get(row.pk, []), phones.get(row.pk, ""), vectors)
        for row in rows
    ]


def _listed(
    group: Group,
    does: Iterable[Activity],
    phone: str,
    vectors: dict[str, meanings.Float32s],
) -> Listed:
    placed = next((a for a in does if a.lat is not None), None)
    known = [vectors[str(a.pk)] for a in does if str(a.pk) in vectors]
    mean = np.mean(known, axis=0) if known else None
    return Listed(
        key=str(group.pk),
        name=group.name,
        postcodes=tuple(sorted({a.postcode for a in does if a.postcode})),
        lat=placed.lat if placed else None,
        lon=placed.lon if placed else None,
        phone=phone,
        site=group.website,
        meaning=tuple(map(float, mean)) if mean is not None else None,
    )


def _vectors() -> dict[str, meanings.Float32s]:
    """Give what each activity means, by its id, where a job has read it."""
    rows = matchable.listings()
    what, _ = meanings.vectors_of(rows)
    if what is None:
        return {}
    pairs = zip(rows, what, strict=True)
    return {row.key: vector for row, vector in pairs if vector.any()}


def waiting(authority_id: UUID) -> QuerySet[Double]:
    """Give the pairs that nobody has judged, the likeliest first."""
    return Double.objects.filter(
        authority_id=authority_id,
        answer=Double.Answer.WAITING,
        one__state__in=LOOKED_AT,
        other__state__in=LOOKED_AT,
    ).select_related("one", "other")


def candidates(group: Group, typed: str) -> QuerySet[Group]:
    """Give the listings of the same directory whose name has these words in it."""
    rows = Group.objects.filter(authority_id=group.authority_id, state__in=LOOKED_AT)
    for word in typed.split():
        rows = rows.filter(name__icontains=word)
    return rows.exclude(pk=group.pk).order_by("name", "id")


def joinings(group: Group) -> QuerySet[Joining]:
    """Give the listings that were joined to this one and not parted again."""
    return Joining.objects.filter(stays=group, parted_at__isnull=True).select_related(
        "goes"
    )


def beside(one: Group, other: Group) -> list[tuple[str, str, str]]:
    """Give two listings side by side: (what, the one says, the other says)."""
    said = [_all_said(group) for group in (one, other)]
    return [
        (what, said[0][what], said[1][what])
        for what in said[0]
        if said[0][what] or said[1][what]
    ]


def _all_said(group: Group) -> dict[str, str]:
    given, contact = stored.of(group).stored(), stored.contact_of(group)
    found = {label: say(given) for label, say in differences.GROUP.items()}
    asks = differences.ASK.items()
    return found | {f"To ask: {label.lower()}": say(contact) for label, say in asks}
