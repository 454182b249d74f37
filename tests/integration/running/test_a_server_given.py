"""``DATABASE_URL``: the product on a PostgreSQL server that somebody else keeps.

The server is a second one of our own, spoken to only by its address, as a user who may
make databases and logins and is no superuser: what a council's own server would give.
"""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.factories.installation import Installation, fresh
from thedeal.lib import cluster
from thedeal.lib.cluster import connections, logins

pytestmark = [pytest.mark.slow, pytest.mark.live]
MAKER = "create role maker login createdb createrole bypassrls password 'made-up'"
POWERLESS = "create role powerless login password 'made-up'"


@pytest.fixture(scope="module", autouse=True)
def _nothing_given() -> Iterator[None]:
    """Forget the server that the tests themselves may have been given."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="module")
def server(_nothing_given: None) -> Iterator[dict[str, str]]:
    """Give how to reach a server with an empty database that ``maker`` owns."""
    with fresh() as elsewhere:
        started = cluster.Cluster(elsewhere.state)
        started.start()
        given = connections.connection(connections.TESTS, folders=started.folders)
        with psycopg.connect(**given | {"dbname": "postgres"}, autocommit=True) as boss:
            for statement in (MAKER, POWERLESS, "create database given owner maker"):
                boss.execute(statement)
        yield {"host": str(given["host"]), "port": str(given["port"])}
        started.stop()


@pytest.fixture
def house(server: dict[str, str]) -> Iterator[Installation]:
    """Give an installation that knows the server by its address alone."""
    address = make_conninfo(**server, user="maker", password="made-up", dbname="given")
    with fresh(DATABASE_URL=address) as made:
        yield made


def test_it_is_set_up_served_and_backed_up_on_a_server_of_somebody_else_s(
    house: Installation, server: dict[str, str]
):
    with house.serving() as served:
        served.wait_until_well()
        assert served.get("/")[0] == 200
        assert served.get("/desk/")[0] == 302
    assert served.ended_with == 0, served.said
    assert not (house.state / "data").exists(), "It made a database of its own."
    file = house.state.parent / "kept.deal"
    house.done("backup", str(file), "--verify")
    assert "Restored" in house.done("restore", str(file))
    assert "All is well." in house.done("doctor")
    # its logins are no more than they are on a server of ours
    boss = {**server, "user": "maker", "password": "made-up", "dbname": "given"}
    with psycopg.connect(**boss) as asked:
        rows = asked.execute(
            "select rolname, rolsuper or rolcreatedb or rolcreaterole, rolbypassrls"
            " from pg_roles where rolname like 'given\\_%' order by 1"
        ).fetchall()
    assert [name for name, *_ in rows] == sorted(f"given_{n}" for n in cluster.NAMED)
    assert [name for name, is_mighty, _ in rows if is_mighty] == []
    assert [name for name, _, passes in rows if passes] == ["given_backup"]


def test_a_user_who_may_make_no_logins_is_told_what_to_give_it(
    house: Installation, server: dict[str, str]
):
    address = make_conninfo(
        **server, user="powerless", password="made-up", dbname="postgres"
    )
    code, said = house.deal("migrate", DATABASE_URL=address)
    assert code == 1
    assert "may not make logins. Let it (CREATEROLE and BYPASSRLS)" in said
    assert "Traceback" not in said


def test_a_server_that_does_not_answer_is_said(house: Installation):
    code, said = house.deal("migrate", DATABASE_URL="postgresql://u:p@127.0.0.1:9/d")
    assert code == 1
    assert "The database does not answer" in said
    assert "Traceback" not in said


def test_a_server_that_is_too_old_is_said():
    class Old:
        """A connection to PostgreSQL 16."""

        class info:
            """What libpq knows of the server."""

            server_version = 160004

    with pytest.raises(cluster.ClusterError, match="16 server; The Deal needs 17"):
        logins._check_version(Old())
