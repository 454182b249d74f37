"""Which rows a clock ends, from what each model and definitions/retention.yaml say.

A model whose rows end by themselves names in ``kept`` the day from which its rule
counts (``since``). Rows that are about a person and end with that person's record name
none: residents forget those. Deleting takes a row's history with it. It imports no app
and decides nothing: ``residents.actions.clearing`` does.
"""

import datetime as dt
from collections.abc import Iterator
from types import EllipsisType
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, TruncDate

from thedeal.lib import definitions, walls
from thedeal.lib.holding import Kept

Whose = UUID | None | EllipsisType
BY_A_PERSON, BY_THE_CLOCK = "person", "clock"
YEAR_ENDS = (3, 31)


def rule(key: str) -> dict[str, Any]:
    """Give what a rule says: ``months``, ``after``, ``then``, ``decided_by``."""
    found: dict[str, Any] = definitions.get(f"retention.{key}").value
    return found


def title(key: str) -> str:
    """Give what a rule is about, as its file says it."""
    return definitions.get(f"retention.{key}").title


def rules(*, decided_by: str) -> list[str]:
    """Give the rules by which rows are deleted on the word of this one."""
    kept = (kept_of(model) for model in ended_by_a_clock())
    found = dict.fromkeys(each.rule for each in kept if each)
    return [key for key in found if rule(key)["decided_by"] == decided_by]


def ended_by_a_clock(key: str = "") -> list[Any]:
    """Give the models (of one rule) whose rows end so, those that point at others first."""
    found = [
        model
        for model in walls.stored_models()
        if (kept := kept_of(model)) and kept.since and key in ("", kept.rule)
    ]
    return sorted(found, key=lambda model: -_depth(model, found))


def kept_of(model: type[models.Model]) -> Kept | None:
    """Give how long the rows of a model stay, as is said of it; None for a history."""
    if hasattr(model, "pgh_tracked_model"):
        return None
    declared = walls.DECLARED.get(model._meta.label_lower)
    return declared.kept if declared else getattr(model, "kept", None)


def due(model: Any, *, until: dt.date, authority_id: Whose = ...) -> QuerySet[Any]:
    """Give the rows of a model whose time was over on a day.

    Of one authority where it is given; None gives those that are of no authority.
    """
    kept: Any = kept_of(model)
    rows = model._default_manager.order_by()
    if kept.alive:
        rows = rows.exclude(**kept.alive)
    if authority_id is not ...:
        rows = rows.filter(authority_id=authority_id)
    last = last_day(kept, until=until)
    found: QuerySet[Any] = rows.annotate(_ends=_since(model, kept))
    return found.filter(_ends__lte=last)


def last_day(kept: Kept, *, until: dt.date) -> dt.date:
    """Give the newest day, of those that a rule counts from, that is over on a day."""
    day = months_before(until, rule(kept.rule)["months"])
    if not kept.from_year_end:
        return day
    ended = dt.date(day.year, *YEAR_ENDS)
    return ended if day >= ended else dt.date(day.year - 1, *YEAR_ENDS)


def delete(key: str, *, until: dt.date, authority_id: Whose = ...) -> int:
    """Delete what is due by a rule, and its history; give how many rows went."""
    return sum(
        _delete(due(model, until=until, authority_id=authority_id), model)
        for model in ended_by_a_clock(key)
    )


def count(key: str, *, until: dt.date, authority_id: Whose = ...) -> int:
    """Give how many rows are due by a rule."""
    found = ended_by_a_clock(key)
    return sum(
        due(model, until=until, authority_id=authority_id).count() for model in found
    )


def histories_of(model: Any) -> Iterator[Any]:
    """Give the tables that keep the history of a model."""
    for each in walls.stored_models():
        if getattr(each, "pgh_tracked_model", None) is model:
            yield each


def months_before(day: dt.date, many: int) -> dt.date:
    """Give the day so many months before (after, where negative), in a real month."""
    place = day.year * 12 + day.month - 1 - many
    year, month = divmod(place, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)  # cannot be: every month has 28 days


def _delete(rows: QuerySet[Any], model: Any) -> int:
    gone = list(rows.values_list("pk", flat=True))
    for history in histories_of(model):
        history.objects.filter(pgh_obj_id__in=gone).delete()
    for link in _loose_links(model):
        link.model._default_manager.filter(**{f"{link.name}__in": gone}).update(
            **{link.name: None}
        )
    _, by_label = model._default_manager.filter(pk__in=gone).delete()
    return int(by_label.get(model._meta.label, 0))


def _loose_links(model: Any) -> Iterator[Any]:
    """Give the fields that point at a model and may be empty: what stays lets it go."""
    for related in model._meta.related_objects:
        if related.field.null and not hasattr(related.related_model, "pgh_obj_model"):
            yield related.field


def _since(model: Any, kept: Kept) -> Any:
    named = [_day(model, name) for name in kept.since.split()]
    return Coalesce(*named) if len(named) > 1 else named[0]


def _day(model: Any, path: str) -> Any:
    field = model._meta.get_field(path.split("__")[0])
    for name in path.split("__")[1:]:
        field = field.related_model._meta.get_field(name)
    is_moment = isinstance(field, models.DateTimeField)
    return TruncDate(path) if is_moment else models.F(path)


def _depth(model: Any, among: list[Any]) -> int:
    """Give how many steps of the others a model points at, one through another."""
    ahead = {
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in among
    } - {model}
    return 1 + max((_depth(each, among) for each in ahead), default=0)
