"""Lets Django change a schema without drawing every model again after each step.

After each operation Django draws the model again, and all that are related to it,
however far: with a hundred tables that was three quarters of setting up. A model that is
new needs only itself drawn; a constraint, an index or a trigger needs no drawing, only
to be told. All else stays as Django does it. ``tests/walls/test_schema.py``
compares what comes of it with what Django makes alone; why, in ADR 0013.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger

# as Django and pgtrigger have them
ADD_MODEL = ProjectState.add_model
APPEND_OPTION = ProjectState._append_option  # type: ignore[attr-defined]  # private
ADD_TRIGGER = AddTrigger.state_forwards


@contextmanager
def sparing() -> Iterator[None]:
    """Draw only what is new, for as long as the work inside takes."""
    for owner, name, _, ours in CHANGED:
        setattr(owner, name, ours)
    try:
        yield
    finally:
        for owner, name, theirs, _ in CHANGED:
            setattr(owner, name, theirs)


def _draw_alone(state: ProjectState, model: ModelState) -> None:
    with _nothing_drawn(state) as apps:
        ADD_MODEL(state, model)
    if apps:
        apps.render_multiple([model])


def _tell_option(
    state: ProjectState, app_label: str, model_name: str, option: str, it: object
) -> None:
    with _nothing_drawn(state) as apps:
        APPEND_OPTION(state, app_label, model_name, option, it)
    _tell(state, apps, (app_label, model_name), option)


def _tell_trigger(adding: AddTrigger, app_label: str, state: ProjectState) -> None:
    with _nothing_drawn(state) as apps:
        ADD_TRIGGER(adding, app_label, state)
    _tell(state, apps, (app_label, adding.model_name), "triggers")


@contextmanager
def _nothing_drawn(state: ProjectState) -> Iterator[Any]:
    """Put aside what is drawn, so that Django changes its notes alone; give it."""
    apps = state.__dict__.pop("apps", None)
    try:
        yield apps
    finally:
        if apps:
            state.__dict__["apps"] = apps


def _tell(state: ProjectState, apps: Any, model: tuple[str, str], option: str) -> None:
    if apps:
        drawn = apps.get_model(*model)._meta
        drawn.original_attrs[option] = state.models[model].options[option]
        setattr(drawn, option, state.models[model].options[option])


CHANGED: tuple[tuple[type, str, Any, Any], ...] = (
    (ProjectState, "add_model", ADD_MODEL, _draw_alone),
    (ProjectState, "_append_option", APPEND_OPTION, _tell_option),
    (AddTrigger, "state_forwards", ADD_TRIGGER, _tell_trigger),
)
