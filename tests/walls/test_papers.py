"""No word of one council on the other's papers, or in a letter to its people."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from pypdf import PdfReader

from tests.factories.live import House
from tests.walls import routes


def _is_paper(route: routes.Route) -> bool:
    try:
        return reverse(route.name, kwargs=route.arguments).endswith(".pdf")
    except NoReverseMatch:
        return False


PAPERS = [route for route in routes.everything() if _is_paper(route)]
OUTSIDERS = {"nobody", "stranger", "other_authority"}


def _words(pdf: bytes) -> str:
    reader = PdfReader(BytesIO(pdf))
    said = [page.extract_text() for page in reader.pages]
    return "\n".join([*said, json.dumps(dict(reader.metadata or {}), default=str)])


@pytest.mark.parametrize("route", PAPERS, ids=lambda each: each.name)
def test_a_paper_says_nothing_of_the_other_council(
    live: House,
    sessions: dict[str, str],
    planted: dict[str, Any],
    planted_elsewhere: dict[str, Any],
    route: routes.Route,
):
    read = {}
    for who in routes.ACCESS["cast"]:
        ours, theirs = planted, planted_elsewhere
        asked = [routes.address(route, each)[0] for each in (ours, theirs)]
        for path in dict.fromkeys(asked):
            answer = live.get(path, session=sessions.get(who))
            if answer.body.startswith(b"%PDF"):
                read[who, path] = _words(answer.body)
    assert read, "Nobody may open it, so nothing was looked at."
    for (who, path), words in read.items():
        assert "made-up people" in words.lower(), path
        assert planted_elsewhere["mark"] not in words or who in OUTSIDERS, (who, path)
        assert planted["mark"] not in words or who not in OUTSIDERS, (who, path)
    if route.name == "desk:deal_paper":  # so that a mark on paper can be seen at all
        assert any(planted["mark"] in words for words in read.values())


def test_a_letter_says_nothing_of_the_other_council(
    live: House, planted: dict[str, Any], planted_elsewhere: dict[str, Any]
):
    with live.connect("all") as everything:
        councils = dict(
            everything.execute("select slug, id::text from partners_authority")
        )
    letters = json.loads(live.module("tests.walls.letter_rows", login="worker"))
    foreign = {
        councils["makerfield"]: planted_elsewhere["mark"],
        councils["ribbleside"]: planted["mark"],
        "": "",
    }
    told = [each for each in letters if _is_told(each, foreign[each["council"]])]
    assert told == []
    assert {each["council"] for each in letters} >= set(councils.values())
    assert (
        sum(each["kind"] not in {"planted-kind", "sown-kind"} for each in letters) > 5
    )


def _is_told(letter: dict[str, str], mark: str) -> bool:
    return bool(mark) and mark in f"{letter['to']} {letter['says']}"
