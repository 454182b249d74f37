"""The functions that policies ask: who is it, where do they work, whom may they see.

SECURITY DEFINER with a fixed search path: they read memberships as their owner,
whatever the asker may read. STABLE, so that a policy asks once a query. All of them
fail closed: with nobody named they give null or an empty array. ``app_people`` is
given its full meaning by the residents' room; here it is whom a checked one-tap
link speaks for.
"""

from typing import ClassVar

from django.db import migrations

HEAD = "language sql stable security definer set search_path = pg_catalog, public"
NOW = "ended_at is null and starts_on <= current_date and (until is null or until >= current_date)"

FUNCTIONS = {
    "app_user_id()": (
        "uuid",
        "select nullif(current_setting('app.user_id', true), '')::uuid",
    ),
    "app_authorities()": (
        "uuid[]",
        "select array(select distinct authority_id from partners_membership "
        f"where user_id = app_user_id() and is_staff and {NOW})",
    ),
    "app_organisations()": (
        "uuid[]",
        "select array(select distinct organisation_id from partners_membership "
        f"where user_id = app_user_id() and {NOW})",
    ),
    "app_people_organisations()": (
        "uuid[]",
        "select array(select distinct organisation_id from partners_membership "
        f"where user_id = app_user_id() and sees_people and {NOW})",
    ),
    "app_people()": (
        "uuid[]",
        "select array(select p from (select nullif(current_setting("
        "'app.person_id', true), '')::uuid as p) s where p is not null)",
    ),
    "app_invitation()": (
        "uuid",
        "select id from partners_invitation where digest = "
        "nullif(current_setting('app.invitation', true), '') "
        "and withdrawn_at is null and expires_at > now()",
    ),
    "app_may_join(organisation uuid, role text)": (
        "boolean",
        "select exists (select 1 from partners_invitation i "
        "where i.id = app_invitation() and i.organisation_id = $1 and i.role = $2 "
        "and i.accepted_at is null)",
    ),
}


def create() -> list[str]:
    """Give the SQL that makes the functions, in the order they lean on each other."""
    return [
        f"create or replace function {name} returns {gives} {HEAD} as $${body}$$"
        for name, (gives, body) in FUNCTIONS.items()
    ]


def drop() -> list[str]:
    """Give the SQL that takes them away again."""
    return [f"drop function if exists {name}" for name in reversed(FUNCTIONS)]


class Migration(migrations.Migration):
    """Adds the functions that policies ask."""

    dependencies: ClassVar = [("partners", "0001_first")]
    operations: ClassVar = [migrations.RunSQL(create(), drop())]
