"""Gives app_people() its full meaning: whom may the asker see?

Oneself; whom a checked one-tap link speaks for; those whom one's teams are
alongside; and those who said that one's organisation may know. A guardian of the
whole authority goes by authority, not by a list of everybody.
"""

from typing import ClassVar

from django.db import migrations

HEAD = "language sql stable security definer set search_path = pg_catalog, public"
NOW = (
    "m.user_id = app_user_id() and m.sees_people and m.ended_at is null "
    "and m.starts_on <= current_date and (m.until is null or m.until >= current_date)"
)
PEOPLE = f"""
create or replace function app_people() returns uuid[] {HEAD} as $$
select array(
  select p from (select nullif(current_setting('app.person_id', true), '')::uuid p) s
   where p is not null
  union
  select o.person_id from residents_ownpage o
   where o.user_id = app_user_id() and o.ended_at is null
  union
  select a.person_id from residents_alongside a
   join partners_membership m on m.team_id = a.team_id
   where a.ended_at is null and {NOW}
  union
  select c.person_id from residents_sharingchoice c
   join partners_membership m on m.organisation_id = c.organisation_id
   where c.withdrawn_at is null and c.may and c.purpose = 'alongside' and {NOW}
)$$
"""
GUARDED = f"""
create or replace function app_guarded_authorities() returns uuid[] {HEAD} as $$
select array(
  select distinct m.authority_id from partners_membership m
   where m.role in ('caldicott_guardian', 'records_manager') and {NOW}
)$$
"""
# Another team may know them: yes or no, never who or which team.
KNOWN = f"""
create or replace function app_may_be_known(
  authority uuid, key text, at_postcode text
) returns boolean {HEAD} as $$
select authority = any(app_authorities()) and exists (
  select 1 from residents_person p
   where p.authority_id = $1 and p.merged_into_id is null and p.forgotten_at is null
     and p.sort_key % $2 and similarity(p.sort_key, $2) > 0.45
     and ($3 = '' or p.postcode = '' or p.postcode = $3)
     and not p.id = any(app_people())
)$$
"""
BEFORE = f"""
create or replace function app_people() returns uuid[] {HEAD} as $$
select array(select p from (select nullif(
  current_setting('app.person_id', true), '')::uuid as p) s where p is not null)$$
"""


class Migration(migrations.Migration):
    """Adds the functions that the residents' walls ask."""

    dependencies: ClassVar = [
        ("residents", "0001_first"),
        ("partners", "0002_who_asks"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(PEOPLE, BEFORE),
        migrations.RunSQL(
            GUARDED, "drop function if exists app_guarded_authorities()"
        ),
        migrations.RunSQL(
            KNOWN, "drop function if exists app_may_be_known(uuid, text, text)"
        ),
    ]
