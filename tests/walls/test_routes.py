"""Every address × every one of the standing cast, asked of the running product.

``access.yaml`` is the table. An address has a row of its own, or a rule by the start of
its name; one with neither fails here.
"""

from typing import Any

import pytest

from tests.factories.live import House
from tests.walls import routes
from tests.walls.writing import write_rows

ACCESS = routes.ACCESS
ROUTES = routes.everything()
OUTSIDERS = {"stranger", "other_authority"}
# the demo's own page of every letter, for whoever sits at the machine
SHOWS_ALL = {"demo:letters"}
HOW = (
    "{name} has no row in tests/walls/access.yaml and no rule covers it. Say there who "
    "may see it: add a rule for its beginning, or write its row with "
    "./deal test tests/walls/test_routes.py --write-access"
)


def _rule(name: str) -> dict[str, list[int]] | None:
    rules: dict[str, dict[str, list[int]]] = ACCESS["rules"]
    return next((r for start, r in rules.items() if name.startswith(start)), None)


def _allowed(name: str, who: str, *, names_ours: bool) -> list[int]:
    """Give the answers that this person may get."""
    row = ACCESS["addresses"].get(name)
    if row is not None:
        return [row.get(who, row["others"])]
    rule = _rule(name)
    assert rule, HOW.format(name=name)
    if who == "nobody":
        return rule["nobody"]
    if who in OUTSIDERS and names_ours:
        return rule["outsider"]
    return rule["others"]


def test_every_address_has_a_row_or_a_rule():
    bare = [
        HOW.format(name=route.name)
        for route in ROUTES
        if route.name not in ACCESS["addresses"] and not _rule(route.name)
    ]
    assert bare == []


def _foreign_mark(who: str, ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """Give the word that this person must never be shown."""
    return str((ours if who in {"nobody", *OUTSIDERS} else theirs)["mark"])


def _is_about_a_row(route: routes.Route) -> bool:
    """Say whether an argument of the address is the id of a row, not a plain word."""
    return any("." in of for of in ACCESS["arguments"].get(route.name, {}).values())


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if _is_about_a_row(r)], ids=lambda r: r.name
)
def test_nobody_of_ours_is_let_at_a_row_of_another_council(
    live: House,
    planted_elsewhere: dict[str, Any],
    sessions: dict[str, str],
    route: routes.Route,
):
    address, names_a_row = routes.address(route, planted_elsewhere)
    said = {
        who: live.get(address, session=sessions[who])
        for who in ("worker", "administrator", "finance_officer", "caldicott_guardian")
    }
    assert names_a_row
    for who, answer in said.items():
        assert answer.status in {302, 403, 404, 405}, (who, address)
        assert planted_elsewhere["mark"] not in answer.text


@pytest.mark.parametrize("route", ROUTES, ids=lambda each: each.name)
def test_everybody_is_answered_as_the_table_says(
    live: House,
    planted: dict[str, Any],
    sessions: dict[str, str],
    planted_elsewhere: dict[str, Any],
    route: routes.Route,
    pytestconfig: pytest.Config,
):
    address, names_ours = routes.address(route, planted)
    said, told = {}, []
    for who in ACCESS["cast"]:
        if who == "nobody" or not _ends_a_session(route.name):
            answer = live.get(address, session=sessions.get(who))
            said[who] = answer.status
            mark = _foreign_mark(who, planted, planted_elsewhere)
            if mark in answer.text and route.name not in SHOWS_ALL:
                told.append(who)
    assert [who for who, status in said.items() if status >= 500] == [], live.log()
    assert told == [], "They are shown words of a council that is not theirs."
    if pytestconfig.getoption("--write-access"):
        if not _is_for_everybody(route.name):
            write_rows(routes.TABLE, {route.name: said}, known={r.name for r in ROUTES})
        return
    wrong = {
        who: f"{status}, not {allowed}"
        for who, status in said.items()
        if status not in (allowed := _allowed(route.name, who, names_ours=names_ours))
    }
    assert wrong == {}, f"{route.name} ({address}): see tests/walls/access.yaml"


def _is_for_everybody(name: str) -> bool:
    """Whether the rule for an address lets everybody see it, so that no row is needed."""
    rule = _rule(name) or {"nobody": []}
    return ":" in name and 200 in rule["nobody"]


def _ends_a_session(name: str) -> bool:
    return name in {"account_logout"}
