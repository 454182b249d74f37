"""The database's own walls, asked by SQL as each real login: nothing of ours between.

One row of every walled table is planted for one council. Whoever is not of it reads
none of them, changes none and takes none away, whatever the pages above would say.
"""

from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.factories.live import DATABASE, House
from tests.factories.planting import KEPT_OUT
from thedeal.lib import walls

WALLED = sorted(
    model._meta.label
    for model in walls.stored_models()
    if model.__module__.startswith("thedeal.")
    and not hasattr(model, "pgh_tracked_model")
    and walls.wall_of(model)
)
# nobody signed in, somebody who belongs nowhere, and another council's worker
OUTSIDERS = ("", "wilma", "lewis")
LOGINS = ("owner", "staff", "public", "worker", "backup")


def _ask_as(connection: Any, user_id: str) -> None:
    connection.execute("select set_config('app.user_id', %s, true)", [user_id])


def _row(planted: dict[str, Any], label: str) -> dict[str, str]:
    if label in KEPT_OUT and label not in planted["made"]:
        pytest.skip(f"{label} is kept out of planting: see factories/planting.py")
    found: dict[str, str] = planted["made"][label]
    return found


def _count(connection: Any, row: dict[str, str]) -> int:
    query = sql.SQL("select count(*) from {} where {} = %s").format(
        sql.Identifier(row["table"]), sql.Identifier(row["column"])
    )
    return int(connection.execute(query, [row["pk"]]).fetchone()[0])


def test_every_model_is_planted_with_words_that_nobody_says(planted: dict[str, Any]):
    assert planted["failed"] == {}, "Say in factories/planting.py what a row needs."
    bare = {k: row["unmarked"] for k, row in planted["made"].items() if row["unmarked"]}
    assert bare == {}, "A leak of these words would not be seen."


@pytest.mark.parametrize("label", WALLED)
def test_nobody_from_outside_reads_a_row(
    live: House, planted: dict[str, Any], users: dict[str, str], label: str
):
    row = _row(planted, label)
    with live.connect("all") as everything:
        assert _count(everything, row) == 1
    for who in OUTSIDERS:
        with live.connect("staff") as staff, staff.transaction():
            _ask_as(staff, users.get(who, ""))
            try:
                found = _count(staff, row)
            except psycopg.errors.InsufficientPrivilege:
                found = 0
        assert found == 0, f"{who or 'nobody'} reads a row of {label}"


@pytest.mark.parametrize("label", WALLED)
def test_the_public_site_reads_no_row_behind_a_wall(
    live: House, planted: dict[str, Any], label: str
):
    row = _row(planted, label)
    with (
        live.connect("public") as public,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        _count(public, row)


@pytest.mark.parametrize("label", WALLED)
@pytest.mark.parametrize("verb", ["update {} set {pk} = {pk}", "delete from {}"])
def test_nobody_from_outside_changes_a_row(
    live: House, planted: dict[str, Any], users: dict[str, str], label: str, verb: str
):
    row = _row(planted, label)
    column = sql.Identifier(row["column"])
    change = sql.SQL(verb + " where {pk} = %s").format(
        sql.Identifier(row["table"]), pk=column
    )
    for who in OUTSIDERS:
        with live.connect("staff") as staff:
            try:
                with staff.transaction():
                    _ask_as(staff, users.get(who, ""))
                    changed = staff.execute(change, [row["pk"]]).rowcount
            except psycopg.errors.InsufficientPrivilege:
                changed = 0
        assert changed == 0, f"{who or 'nobody'} changes a row of {label}"


def test_a_council_s_own_worker_does_read_what_is_the_council_s(
    live: House, planted: dict[str, Any], users: dict[str, str]
):
    row = _row(planted, "letters.Letter")
    with live.connect("staff") as staff, staff.transaction():
        _ask_as(staff, users["amina"])
        assert _count(staff, row) == 1


def test_who_asks_is_forgotten_with_the_transaction(live: House, users: dict[str, str]):
    with live.connect("staff") as staff:
        with staff.transaction():
            _ask_as(staff, users["amina"])
            assert staff.execute("select app_user_id()").fetchone() is not None
        for name in ("app.user_id", "app.person_id", "app.invitation"):
            told = staff.execute("select current_setting(%s, true)", [name]).fetchone()
            assert not (told and told[0])


def test_every_wall_that_is_declared_stands_and_holds_its_owner_too(live: House):
    with live.connect("all") as everything:
        rows = everything.execute(
            "select relname, relrowsecurity, relforcerowsecurity from pg_class"
            " where relkind in ('r', 'p')"
        ).fetchall()
    stands = {name: has and forced for name, has, forced in rows}
    declared = [m._meta.db_table for m in walls.stored_models() if walls.wall_of(m)]
    assert [table for table in declared if not stands.get(table)] == []


def test_no_login_is_another_or_may_become_one(live: House):
    with live.connect("all") as everything:
        powers = everything.execute(
            "select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls"
            " from pg_roles where rolname like %s order by 1",
            [f"{DATABASE}\\_%"],
        ).fetchall()
        members = everything.execute(
            "select count(*) from pg_auth_members m join pg_roles r on r.oid = m.member"
            " where r.rolname like %s",
            [f"{DATABASE}\\_%"],
        ).fetchone()
    assert {name for name, *_ in powers} == {f"{DATABASE}_{each}" for each in LOGINS}
    assert [name for name, *could, _ in powers if any(could)] == []
    assert [name for name, *_, passes in powers if passes] == [f"{DATABASE}_backup"]
    assert members == (0,)


@pytest.mark.parametrize("login", ["staff", "public", "worker", "backup"])
def test_no_login_of_the_product_may_empty_a_table_or_make_one(live: House, login: str):
    with live.connect(login) as connection:
        may = connection.execute(
            "select count(*) from pg_tables where schemaname = 'public'"
            " and has_table_privilege(format('%I.%I', schemaname, tablename), 'TRUNCATE')"
        ).fetchone()
        assert may == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table public.mine (id int)")


def test_the_backup_login_writes_nothing(live: House):
    with live.connect("backup") as connection:
        may = connection.execute(
            "select count(*) from pg_tables where schemaname = 'public' and"
            " has_table_privilege(format('%I.%I', schemaname, tablename),"
            " 'INSERT, UPDATE, DELETE')"
        ).fetchone()
    assert may == (0,)


@pytest.mark.parametrize("login", ["staff", "worker", "public"])
def test_the_trail_cannot_be_changed_by_a_login_of_the_product(live: House, login: str):
    with live.connect(login) as connection:
        for verb in ("update audit_entry set reason = ''", "delete from audit_entry"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(verb)
