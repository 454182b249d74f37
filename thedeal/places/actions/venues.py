"""Adds and closes venues by hand: a church hall that no open list has."""

import hashlib
from typing import Any
from uuid import uuid4

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins, postcodes
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority
from thedeal.places import permissions, selectors
from thedeal.places.models import Category, Load, Venue


@logins.atomic
def add(
    *,
    authority: Authority,
    name: str,
    category: str,
    by: Any,
    postcode: str = "",
    lat: float | None = None,
    lon: float | None = None,
    address: str = "",
    detail: str = "",
    week: dict[str, Any] | None = None,
    hours_text: str = "",
    uprn: str = "",
    key: str = "",
) -> Venue:
    """Give a new venue, placed by its point or else by its postcode.

    ``key`` lets a caller that loads from elsewhere find it again; giving the key of
    a venue that is there gives that one. Raises UserFacingError where it cannot be
    placed, or is no kind of place.
    """
    permissions.check_can_change_places(by, authority=authority)
    known = Venue.objects.filter(key=key).first() if key else None
    if known:
        return known
    if category not in Category.values or not name.strip():
        raise UserFacingError(
            "Give the place a name, and say what kind of place it is."
        )
    text = postcodes.normalise(postcode) or ""
    at = _placed(text, lat, lon)
    venue = Venue.objects.create(
        authority=authority,
        key=key or f"{authority.slug}:own:{uuid4()}",
        name=name.strip()[:200],
        category=category,
        detail=detail[:200],
        address=address[:300],
        postcode=text,
        lat=at[0],
        lon=at[1],
        neighbourhood_id=selectors.neighbourhood_id_at(*at),
        week=week,
        hours_text=hours_text[:300],
        uprn=uprn[:12],
    )
    _new_version(venue, authority=authority, by=by)
    trail.record("places.venue_added", by=by, subject=venue)
    return venue


@logins.atomic
def close(venue: Venue, *, by: Any, reason: str) -> None:
    """Say that a venue has closed for good; it stays, so that links to it hold."""
    if venue.authority is None:
        raise UserFacingError("This place is another council's to close.")
    permissions.check_can_change_places(by, authority=venue.authority)
    venue.closed_on = timezone.localdate()
    venue.save(update_fields=["closed_on"])
    _new_version(venue, authority=venue.authority, by=by)
    trail.record("places.venue_closed", by=by, subject=venue, reason=reason)


def _placed(postcode: str, lat: float | None, lon: float | None) -> tuple[float, float]:
    if lat is not None and lon is not None:
        return lat, lon
    place = selectors.position_of(postcode) if postcode else None
    if place is None:
        raise UserFacingError("Give a postcode that we know, so that we can place it.")
    return place


def _new_version(venue: Venue, *, authority: Authority, by: Any) -> None:
    """Note the change as a load of one venue, so that every process sees it."""
    Load.objects.create(
        authority=authority,
        record="by hand",
        digest=hashlib.sha256(venue.key.encode()).hexdigest(),
        report=[],
        by_id=getattr(by, "pk", None),
    )
