"""The database's own walls for a person who looks at their page: theirs, and no more.

Asked by SQL as the login of the site, for the person of the demo who has a page: every
walled row that names a person must name them, whatever the pages above would say.
"""

from typing import Any

import pytest
from psycopg import sql

from tests.factories.live import House
from thedeal.lib import walls

ABOUT_A_PERSON = sorted(
    (model._meta.db_table, model._meta.label)
    for model in walls.stored_models()
    if model.__module__.startswith("thedeal.")
    and not hasattr(model, "pgh_tracked_model")
    and walls.wall_of(model)
    and any(field.column == "person_id" for field in model._meta.concrete_fields)
    and model._meta.app_label in {"residents", "deals", "money"}
)
HERS = """
select o.person_id from residents_ownpage o join accounts_user u on u.id = o.user_id
where u.email = 'joan@home.example' and o.ended_at is null
"""
SAFETY = """
insert into deals_lawdoor (id, created_at, authority_id, person_id, door, who_asked,
  words, state, chases, refusal)
select gen_random_uuid(), now(), p.authority_id, p.id, 'safeguarding', '', '', 'asked',
  0, '' from residents_person p where p.id = %s
"""


@pytest.fixture
def joan(live: House, users: dict[str, str]) -> dict[str, Any]:
    """Give who Joan is as a user and as a person, with a concern for her safety."""
    with live.connect("all") as everything:
        (person_id,) = everything.execute(HERS).fetchone()
        everything.execute(SAFETY, [person_id])
    return {"user": users["joan"], "person": person_id}


def test_a_person_reads_their_own_rows_and_nobody_else_s(
    live: House, planted: dict[str, Any], joan: dict[str, Any]
):
    seen = {}
    with live.connect("staff") as staff, staff.transaction():
        staff.execute("select set_config('app.user_id', %s, true)", [joan["user"]])
        for table, label in ABOUT_A_PERSON:
            query = sql.SQL("select distinct person_id from {}").format(
                sql.Identifier(table)
            )
            seen[label] = {pk for (pk,) in staff.execute(query)}
        everybody = {pk for (pk,) in staff.execute("select id from residents_person")}
    assert everybody == {joan["person"]}
    assert {x: who for x, who in seen.items() if who - {joan["person"]}} == {}
    assert seen["deals.Promise"] == seen["deals.Conversation"] == {joan["person"]}


def test_the_walls_themselves_hold_back_a_concern_for_safety(
    live: House, joan: dict[str, Any]
):
    counted = "select count(*) from deals_lawdoor where door = 'safeguarding'"
    with live.connect("all") as everything:
        (there,) = everything.execute(counted).fetchone()
    with live.connect("staff") as staff, staff.transaction():
        staff.execute("select set_config('app.user_id', %s, true)", [joan["user"]])
        (shown,) = staff.execute(counted).fetchone()
    assert there >= 1
    assert shown == 0
