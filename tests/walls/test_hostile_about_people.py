"""Bad input on pages about one thing: nonsense in every field, and all or nothing.

Sent by those of the other council who may do most there, about the rows planted for it,
so that nothing of ours is changed. What is not taken must have written nothing.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.forms import BaseForm
from psycopg import sql

from tests.factories.live import Answer, House
from tests.walls import routes
from tests.walls.test_hostile import CSRF, FORM, TEN_MB, TOKEN, Forms
from thedeal.lib.running.manage import ROOT

SENDERS = ("other_authority", "officer")
LINE = "----a-line----"
FILES = {"Content-Type": f"multipart/form-data; boundary={LINE}"}
HOSTILE = (
    "\x00",
    "\u202e\ufeff𝕏🫖\ud800" * 10,
    "9" * 40,
    "2026-02-31T25:61",
    "{{ 7 * 7 }}<script>alert(1)</script>" + "x" * 3000,
)
READ_BY_NAME = re.compile(r'POST(?:\.get|\.getlist)?[(\[]"(\w+)"')
ABOUT_SOMETHING = [
    route for route in routes.everything() if route.name in routes.ACCESS["arguments"]
]


@pytest.fixture(scope="session")
def live(live: House) -> House:
    """Ask from a place of our own, so that nobody else is told "too often"."""
    return replace(live, asks_from="127.0.0.8") if sys.platform == "linux" else live


@pytest.fixture(scope="session")
def theirs(
    live: House, sessions: dict[str, str], planted_elsewhere: dict[str, Any]
) -> dict[str, Any]:
    """Give the rows planted there; who works where is somebody's whom nobody misses."""
    with live.connect("all") as everything:
        found = everything.execute(
            "select m.id, m.team_id, m.user_id from partners_membership m"
            " join accounts_user u on u.id = m.user_id"
            " where u.email = 'passer@ribbleside.example'"
        ).fetchone()
    assert found, sessions
    membership, team, user = map(str, found)
    made = planted_elsewhere["made"] | {
        "partners.Membership": {"pk": membership},
        "partners.Team": {"pk": team},
    }
    return planted_elsewhere | {"made": made, "user": user}


@pytest.fixture(autouse=True)
def beside(live: House, theirs: dict[str, Any]) -> None:
    """Keep their worker beside the person planted there, whatever was sent before.

    Without it their pages are shut, and nothing is asked of them.
    """
    tie, person = (
        theirs["made"][model]["pk"]
        for model in ("residents.Alongside", "residents.Person")
    )
    with live.connect("all") as everything:
        everything.execute(
            "update residents_alongside set ended_at = null, person_id = %s"
            " where id = %s",
            [person, tie],
        )
        everything.execute(
            "update partners_membership set team_id = t.team_id"
            " from residents_alongside t, accounts_user u"
            " where t.id = %s and u.id = user_id and u.email like 'lewis@%%'",
            [tie],
        )


@pytest.fixture(scope="session")
def names() -> set[str]:
    """Give the name of every field that any form of the product reads."""
    found = {name for form in _forms(BaseForm) for name in form.base_fields}
    for source in (ROOT / "thedeal").rglob("*.py"):
        found |= set(READ_BY_NAME.findall(source.read_text(encoding="utf-8")))
    return found


def _forms(above: type) -> Iterator[Any]:
    for each in above.__subclasses__():
        if each.__module__.startswith("thedeal.") and hasattr(each, "base_fields"):
            yield each
        yield from _forms(each)


@pytest.mark.parametrize("route", ABOUT_SOMETHING, ids=lambda each: each.name)
def test_nonsense_about_something_is_taken_whole_or_not_at_all(
    live: House,
    sessions: dict[str, str],
    theirs: dict[str, Any],
    names: set[str],
    route: routes.Route,
):
    path, _is_theirs = routes.address(route, theirs)
    who, page = _first_let_in(live, path, sessions)
    if not who:
        pytest.skip("Nobody of the other council may open it.")
    held = _rows(live, theirs)
    for headers, body in _bodies(names | _shown(page)):
        answer = live.ask(
            "POST", path, session=sessions[who], body=body, headers=CSRF | headers
        )
        assert answer.status < 500, f"{who} sent {body[:60]!r}: {live.log()[-3000:]}"
        now = _rows(live, theirs)
        assert answer.status < 400 or now == held, f"{who} sent {body[:60]!r}"
        held = now


def test_ten_megabytes_are_refused_in_every_room(
    live: House, sessions: dict[str, str], theirs: dict[str, Any]
):
    rooms = {route.name.partition(":")[0]: route for route in routes.everything()}
    body = b"words=" + b"x" * TEN_MB
    taken = {}
    for room, route in rooms.items():
        path, _is_theirs = routes.address(route, theirs)
        session = sessions["officer"]
        answer = live.ask("POST", path, session=session, body=body, headers=FORM)
        if not 400 <= answer.status < 500:
            taken[room] = (path, answer.status)
    assert taken == {}


def _first_let_in(
    live: House, path: str, sessions: dict[str, str]
) -> tuple[str, Answer]:
    """Give who may open an address, and what they see; "" where nobody may."""
    for who in SENDERS:
        answer = live.get(path, session=sessions[who])
        if answer.status not in {403, 404}:
            return who, answer
    return "", answer


def _shown(page: Answer) -> set[str]:
    """Give the names of the fields that a page shows, in any of its forms."""
    reader = Forms()
    reader.feed(page.text)
    return {name for _action, names in reader.found for name in names}


def _bodies(names: set[str]) -> Iterator[tuple[dict[str, str], bytes]]:
    """Give forms full of nonsense: each value in every field, then a file in each."""
    for value in HOSTILE:
        pairs = [*dict.fromkeys(names, value).items(), ("csrfmiddlewaretoken", TOKEN)]
        yield FORM, urlencode(pairs, errors="surrogatepass").encode()
    yield FILES, _files(names)


def _files(names: set[str]) -> bytes:
    part = (
        f'--{LINE}\r\nContent-Disposition: form-data; name="{{name}}"{{file}}'
        "\r\n\r\n{body}\r\n"
    )
    token = part.format(name="csrfmiddlewaretoken", file="", body=TOKEN)
    odd = '; filename="../../\u202ea.svg"\r\nContent-Type: image/svg+xml'
    files = (part.format(name=each, file=odd, body="<svg/>\x00") for each in names)
    return (token + "".join(files) + f"--{LINE}--\r\n").encode()


def _rows(live: House, planted: dict[str, Any]) -> list[Any]:
    """Give a sum of all that is held about the planted person, table by table.

    Not of the trail, which says that somebody looked, whatever became of it.
    """
    person = planted["made"]["residents.Person"]["pk"]
    with live.connect("all") as everything:
        tables = everything.execute(
            "select table_name from information_schema.columns where"
            " column_name = 'person_id' and table_schema = 'public'"
            " and table_name not like 'audit%' order by 1"
        ).fetchall()
        sums = (
            sql.SQL(
                "select {said}, count(*), sum(hashtextextended(t::text, 0))"
                " from {table} t where person_id = {person}"
            ).format(said=name, table=sql.Identifier(name), person=person)
            for (name,) in tables
        )
        return everything.execute(sql.SQL(" union all ").join(sums)).fetchall()
