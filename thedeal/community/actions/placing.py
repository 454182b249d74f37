"""Puts an activity at its place: what anyone may see of it, and the exact one apart."""

from collections.abc import Iterable
from uuid import UUID

from thedeal.community.facts import Spot
from thedeal.community.models import Activity, Whereabouts
from thedeal.lib import postcodes
from thedeal.places import selectors as places
from thedeal.places.models import Venue

BLURRED_DECIMALS = 2


def placed(spot: Spot, venue: Venue | None) -> Spot:
    """Give a spot with its point: the venue's, or else the postcode's."""
    if venue is not None:
        return Spot(
            venue_id=str(venue.pk),
            name=venue.name,
            address=venue.address,
            postcode=venue.postcode,
            lat=venue.lat,
            lon=venue.lon,
        )
    whole = postcodes.normalise(spot.postcode) or ""
    lat, lon = spot.lat, spot.lon
    if (lat is None or lon is None) and whole:
        lat, lon = places.position_of(whole) or (None, None)
    return Spot(name=spot.name, address=spot.address, postcode=whole, lat=lat, lon=lon)


def show_place(row: Activity, spot: Spot) -> None:
    """Set what may be shown of a place: blurred where the activity is sensitive."""
    lat, lon = (spot.lat, spot.lon) if spot.lat and spot.lon else (None, None)
    row.lat, row.lon = lat, lon
    row.venue_id = UUID(spot.venue_id) if spot.venue_id else None
    row.place_name, row.address = spot.name, spot.address
    row.postcode = spot.postcode
    if row.is_sensitive:
        row.venue_id, row.place_name, row.address = None, "", ""
        row.postcode = spot.postcode.split(" ")[0]
        row.lat = round(lat, BLURRED_DECIMALS) if lat else None
        row.lon = round(lon, BLURRED_DECIMALS) if lon else None


def find_neighbourhoods(found: Iterable[tuple[Activity, Spot]]) -> None:
    """Say in which neighbourhood each is, by its exact spot. One query for all."""
    pairs = list(found)
    placed_ones = [(row, s.lat, s.lon) for row, s in pairs if s.lat and s.lon]
    for row, _ in pairs:
        row.neighbourhood_id = None
    if placed_ones:
        ids = places.neighbourhood_ids_at((lat, lon) for _, lat, lon in placed_ones)
        for (row, _, _), inside in zip(placed_ones, ids, strict=True):
            row.neighbourhood_id = inside


def keep_exact(row: Activity, spot: Spot) -> Whereabouts:
    """Keep the exact place of a sensitive activity apart."""
    found, _ = Whereabouts.objects.update_or_create(
        activity=row,
        defaults={
            "authority_id": row.authority_id,
            "group_id": row.group_id,
            "venue_id": UUID(spot.venue_id) if spot.venue_id else None,
            "place_name": spot.name,
            "address": spot.address,
            "postcode": spot.postcode,
            "lat": spot.lat,
            "lon": spot.lon,
        },
    )
    return found
