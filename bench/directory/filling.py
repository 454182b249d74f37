"""Fills a demo's directory up to a number of activities, by SQL, from its own listings.

Each new listing has the words, times, cost and access of one that the demo tells of,
at a postcode of the borough taken in turn: words and themes keep the shares they have.
What was filled in before is left. ``python -m bench.directory.filling 100000``.
"""

import sys

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 # after Django's set-up
from django.db.models import Model  # noqa: E402 # as above

from thedeal.community.models import (  # noqa: E402 # as above
    Activity,
    Group,
    OpeningHours,
    Session,
)

MARK = "bench:"  # how a copy's reference at its source begins
COPY = "md5({}::text || %(copy)s)::uuid"
SPOTS = """
create temporary table spot as
select row_number() over (order by md5(text)) - 1 as number, text, lat, lon,
       neighbourhood_id
from places_postcode
where neighbourhood_id is not null and terminated_on is null and lat is not null
"""
OWN = "source_ref not like %(mark)s"


def fill(wanted: int) -> None:
    """Copy the demo's listings until there are so many activities."""
    own = Activity.objects.exclude(source_ref__startswith=MARK).filter(state="live")
    have, there = Activity.objects.count(), own.count()
    first = 1 + (have - there) // there
    with connection.cursor() as cursor:
        cursor.execute(SPOTS)
    for copy in range(first, first + max(0, -(-(wanted - have) // there))):
        _copy(copy)
    with connection.cursor() as cursor:
        cursor.execute("analyze")


@transaction.atomic
def _copy(copy: int) -> None:
    ids = {"id": COPY.format("t.id")}
    mark = f"'{MARK}' || %(copy)s || ':' || t.id"
    listing = {
        **ids,
        "source_ref": mark,
        "slug": "'b' || %(copy)s || '-' || left(t.slug, 60)",
    }
    spot = {
        "group_id": COPY.format("t.group_id"),
        "venue_id": "null",
        "lat": "case when t.lat is not null then spot.lat end",
        "lon": "case when t.lat is not null then spot.lon end",
        "postcode": "case when t.is_sensitive then t.postcode else spot.text end",
        "neighbourhood_id": "spot.neighbourhood_id",
    }
    live = f"t.{OWN} and t.state = 'live'"
    taken = """join spot on spot.number = mod(
        abs(hashtext(t.id::text || %(copy)s)), (select count(*) from spot))"""
    _insert(Group, listing | {"organisation_id": "null"}, copy, where=live)
    _insert(Activity, listing | spot, copy, join=taken, where=live)
    of_one = ids | {"activity_id": COPY.format("t.activity_id")}
    own = f"join community_activity a on a.id = t.activity_id and a.{OWN}"
    for model in (Session, OpeningHours):
        _insert(model, of_one, copy, join=own, where="a.state = 'live'")


def _insert(
    model: type[Model],
    changed: dict[str, str],
    copy: int,
    *,
    join: str = "",
    where: str,
) -> None:
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields]
    values = [changed.get(name, f't."{name}"') for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{table}" ({columns}) select {", ".join(values)} '  # noqa: S608 - names of our own models
            f'from "{table}" t {join} where {where}',
            {"copy": str(copy), "mark": f"{MARK}%"},
        )


if __name__ == "__main__":
    fill(int(sys.argv[1]))
