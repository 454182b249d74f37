"""Gives app_money_authorities(): where the asker keeps or checks the council's money."""

from typing import ClassVar

from django.db import migrations

HEAD = "language sql stable security definer set search_path = pg_catalog, public"
AUTHORITIES = f"""
create or replace function app_money_authorities() returns uuid[] {HEAD} as $$
select array(
  select distinct m.authority_id from partners_membership m
   where m.role in ('finance_officer', 'commissioner', 'director', 'auditor')
     and m.user_id = app_user_id() and m.ended_at is null
     and m.starts_on <= current_date and (m.until is null or m.until >= current_date)
)$$
"""


class Migration(migrations.Migration):
    """Adds the function that money's walls ask."""

    dependencies: ClassVar = [
        ("money", "0001_first"),
        ("partners", "0002_who_asks"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            AUTHORITIES, "drop function if exists app_money_authorities()"
        ),
    ]
