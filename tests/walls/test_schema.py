"""What ``./deal`` sets up is, piece by piece, what Django's own migrating makes.

The running product was set up in the sparing way (thedeal/lib/running/sparing.py); the
tests' own database by Django alone.
"""

import pytest
from django.db import connection

from tests.factories.live import House

PIECES = {
    "columns": """
        select table_name, column_name, data_type, character_maximum_length,
               is_nullable, column_default, is_generated, generation_expression
        from information_schema.columns where table_schema = 'public'""",
    "constraints": """
        select conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'public'::regnamespace
        and conrelid <> 0""",
    "indexes": """
        select tablename, indexname, indexdef from pg_indexes
        where schemaname = 'public'""",
    "triggers": """
        select tgrelid::regclass::text, tgname, pg_get_triggerdef(pg_trigger.oid), prosrc
        from pg_trigger join pg_proc on pg_proc.oid = tgfoid
        where not tgisinternal""",
}
# what is not of migrations
APART = ("thedeal_house", "thedeal_cache")


@pytest.mark.parametrize("pieces", PIECES)
def test_setting_up_sparingly_makes_what_django_makes(
    live: House, db: None, pieces: str
) -> None:
    with connection.cursor() as cursor, live.connect("all") as product:
        cursor.execute(PIECES[pieces])
        by_django = _without_others(cursor.fetchall())
        by_us = _without_others(product.execute(PIECES[pieces]).fetchall())
    assert by_django
    assert by_us ^ by_django == set()


def _without_others(rows: list[tuple[object, ...]]) -> set[tuple[object, ...]]:
    return {row for row in rows if row[0] not in APART}
