"""Definitions: found by key, with their source; bad ones are refused."""

import datetime as dt

import pytest

from thedeal.lib import definitions, once

GOOD = """
entries:
  - id: one
    title: The one
    value: 1
    unit: thing
    source: {name: A book, date: 2020-01-01}
    status: verified
    review_by: 2026-01-01
    extra: kept
"""


def folder_with(tmp_path, text, name="a/b.yaml"):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    definitions.everything.cache_clear()
    return definitions.everything(tmp_path)


def test_an_entry_is_found_by_file_and_id(tmp_path):
    entry = folder_with(tmp_path, GOOD)["a/b.one"]
    assert entry.value == 1
    assert entry.source.name == "A book"
    assert entry.is_verified
    assert entry.more == {"extra": "kept"}


def test_a_review_date_that_passed_is_overdue(tmp_path):
    entry = folder_with(tmp_path, GOOD)["a/b.one"]
    assert entry.is_overdue(dt.date(2026, 1, 2))
    assert not entry.is_overdue(dt.date(2026, 1, 1))


def test_an_entry_without_an_id_is_refused(tmp_path):
    with pytest.raises(definitions.DefinitionError, match="has no id"):
        folder_with(tmp_path, "entries:\n  - title: nameless\n")


def test_the_same_id_twice_is_refused(tmp_path):
    twice = GOOD + GOOD.split("entries:\n")[1]
    with pytest.raises(definitions.DefinitionError, match="defined twice"):
        folder_with(tmp_path, twice)


def test_a_missing_key_names_its_neighbours():
    definitions.everything.cache_clear()
    with pytest.raises(definitions.DefinitionError, match=r"messages\.quiet_hours"):
        definitions.get("messages.missing")


def test_every_definition_says_where_it_is_from():
    definitions.everything.cache_clear()
    bare = [
        key
        for key, entry in definitions.everything().items()
        if not (entry.source and entry.reviewer and entry.review_by and entry.unit)
    ]
    assert bare == []


def test_what_a_file_says_of_each_holds_unless_an_entry_says_otherwise(tmp_path):
    shared = "each: {unit: words, reviewer: Somebody}\n" + GOOD
    entry = folder_with(tmp_path, shared)["a/b.one"]
    assert (entry.unit, entry.reviewer) == ("thing", "Somebody")


def test_a_councils_own_words_are_read_once_for_a_page(monkeypatch):
    asked = []

    def reader(authority_id):
        asked.append(authority_id)
        return {"words.product": "Our Deal"}

    monkeypatch.setattr(definitions, "_own_words", [reader])
    with once.reading_once():
        told = [definitions.words("words.product", authority_id=1) for _ in range(3)]
        assert definitions.words("words.product", authority_id=2) == "Our Deal"
    assert told == ["Our Deal"] * 3
    assert asked == [1, 2]
    assert definitions.words("words.product", authority_id=1) == "Our Deal"
    assert asked == [1, 2, 1]
