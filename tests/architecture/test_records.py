"""What every table says of itself: privacy, keeping, walls, and who may touch it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models

from tests.architecture.sources import pardoned
from thedeal.lib import definitions, walls
from thedeal.lib.holding import Changes, Kept, Privacy
from thedeal.lib.records import Record

INHERITED = {"id", "created_at"}
HISTORY = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context"}


def _is_ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("thedeal.")


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


OURS = [each for each in walls.stored_models() if _is_ours(each)]
TABLES = [each for each in OURS if not _is_history(each)]
HISTORIES = [each for each in OURS if _is_history(each)]


def _privacy(model: Any) -> dict[str, Privacy]:
    found: dict[str, Privacy] = getattr(model, "privacy", {})
    return found


def _class_of(model: type[models.Model], field: Any) -> Privacy | None:
    classes = _privacy(model)
    return classes.get(field.name) or classes.get(field.attname)


def _open_to_the_public(model: type[models.Model]) -> Iterator[Any]:
    """Give the fields that the public login can read."""
    grants = walls.grants_of(model)
    named = set(grants.public_columns.split())
    for field in model._meta.concrete_fields if "r" in grants.public else ():
        if not named or field.column in named:
            yield field


def by_label(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", TABLES, ids=by_label)
def test_a_table_says_how_private_each_field_is(model: type[models.Model]):
    fields = model._meta.concrete_fields
    bare = [
        f.name
        for f in fields
        if not _class_of(model, f) and f.name not in INHERITED and not f.primary_key
    ]
    assert bare == [], f"Class these in {model._meta.label}.privacy (lib.records)."
    names = {name for f in fields for name in (f.name, f.attname)}
    assert set(_privacy(model)) - names == set(), "Classed, but not there."


@pytest.mark.parametrize("model", TABLES, ids=by_label)
def test_a_table_says_how_long_its_rows_stay(model: type[models.Model]):
    kept: Kept | None = getattr(model, "kept", None)
    assert kept, f"Say in {model._meta.label}.kept what ends its rows (lib.records)."
    rules = definitions.everything()
    assert kept.rule in rules or f"retention.{kept.rule}" in rules


@pytest.mark.parametrize("model", TABLES, ids=by_label)
def test_a_table_with_sensitive_fields_stands_behind_a_wall(
    model: type[models.Model],
):
    if Privacy.SENSITIVE in _privacy(model).values():
        assert walls.wall_of(model), "Sensitive fields need a Wall (lib.records)."


@pytest.mark.parametrize("model", OURS, ids=by_label)
def test_the_public_login_reads_open_fields_only(model: type[models.Model]):
    about = getattr(model, "pgh_tracked_model", model)
    private = [
        field.name
        for field in _open_to_the_public(model)
        if _class_of(about, field) not in {Privacy.OPEN, None}
        and not field.name.endswith("_digest")  # says nothing to who has not the text
    ]
    assert private == [], "Name the public columns in Grants (lib.records)."


@pytest.mark.parametrize("model", HISTORIES, ids=by_label)
def test_history_keeps_no_keys_and_no_locked_words(model: type[models.Model]):
    tracked: Any = model.pgh_tracked_model  # type: ignore[attr-defined]
    classes = _privacy(tracked)
    told = [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in HISTORY
        and (
            classes.get(field.name) is Privacy.HIDDEN
            or isinstance(tracked._meta.get_field(field.name), models.BinaryField)
        )
    ]
    assert told == [], "Leave these out of the event model (pghistory exclude)."


@pytest.mark.parametrize("model", OURS, ids=by_label)
def test_rows_that_are_only_added_are_never_changed_by_a_login(
    model: type[models.Model],
):
    kept: Kept | None = getattr(model, "kept", None)
    if _is_history(model) or (kept and kept.changes is Changes.APPEND_ONLY):
        grants = walls.grants_of(model)
        about = getattr(model, "pgh_tracked_model", model)
        # no login changes a row; the worker deletes one where its own time is over
        ends = {"d"} if walls.ends_by_itself(about) else set()
        assert set(grants.public + grants.staff) <= {"r", "a"}
        assert set(grants.worker) <= {"r", "a"} | ends


def test_every_table_has_an_id_that_cannot_be_counted_through():
    counted = {m._meta.label for m in TABLES if not issubclass(m, Record)}
    # audit numbers its rows so that a gap shows; a user's id is opaque too
    assert counted - {"accounts.User"} - pardoned("counted ids") == set()


def test_every_table_of_a_library_says_how_it_is_held():
    brought = [m for m in walls.stored_models() if not _is_ours(m)]
    bare = [
        m._meta.label
        for m in brought
        if m._meta.label_lower not in walls.DECLARED
        and m._meta.db_table not in walls.UNMODELLED
        and m._meta.app_label not in {"contenttypes", "pghistory", "procrastinate"}
    ]
    assert bare == [], "Say so in an apps.py: walls.declare(label, …)."
