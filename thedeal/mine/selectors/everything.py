"""All that is held about one person, for them to take away: walked, not listed.

Every table with a row about a person is found by its foreign key, and every field of it
is given, except what ``mine.held_back`` names. So a table that is added tomorrow is in
the download tomorrow, and a sweep fails where somebody meant it not to be. It must run
as the person: the database's walls are the second lock on what is held back.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from thedeal.accounts import roles
from thedeal.deals.models import SpentFor
from thedeal.deals.writing import unpacked
from thedeal.lib.holding import Privacy
from thedeal.lib.records import Record
from thedeal.lib.sealed import ERASED
from thedeal.mine import held_back
from thedeal.mine.selectors import letters
from thedeal.residents import reach
from thedeal.residents.models import Person
from thedeal.residents.selectors import forgetting, sharing

PERSON = "residents.Person"
# fields of the person's own row that say nothing of them
NOBODY_S = frozenset({"authority"})
# whose names stand in place of their ids
NAMED = (
    "accounts.User",
    "community.Activity",
    "community.Group",
    "deals.DoorPlace",
    "partners.Organisation",
    "partners.Team",
)
# what a table is called for the person, where its own name would not say
TITLES = {
    "deals.Agreement": "When you said yes",
    "deals.DealVersion": "Your deals, as they were shown to you",
    "deals.DoorHappening": "What came of what the law gives you",
    "deals.Draft": "Your words, as they were being written",
    "deals.FieldNote": "What was seen and heard, and your exact words",
    "deals.Fit": "What was found near you",
    "deals.FollowUp": "When we ask how it went",
    "deals.LawDoor": "What you asked for that the law gives you",
    "deals.NoteBeside": "What you wrote beside it",
    "deals.Signpost": "Names and numbers you took away",
    "deals.Proposal": "What we thought might suit you",
    "deals.Sorry": "When we broke a promise",
    "deals.SpentFor": "Small sums spent for you",
    "deals.Version": "Your words, as they were kept",
    "money.CaseNumber": "Your number in the case system",
    "money.Change": "Changes of your paid support",
    "money.Package": "Your paid support",
    "residents.Alongside": "Who is or was alongside you",
    "residents.Forgetting": "When forgetting you was looked at",
    "residents.Measure": "How you said you are",
    "residents.OfferChoice": "Neighbours you might meet",
    "residents.OwnPage": "Your own page",
    "residents.Relation": "Who matters to you",
    "residents.SharingChoice": "Who may know",
    "residents.Wish": "What matters to you",
}
# what is read through another row that is about the person
THROUGH = {"deals.SpentFor": ("deals.SmallSpend", ("bought", "pence", "spent_on"))}
WORDS_ONLY = frozenset({"deals.Draft.content", "deals.Version.content"})
JSON = frozenset(
    {
        "deals.DealVersion.content",
        "residents.Measure.answers",
        "residents.Measure.scores",
    }
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """The rows of one table about the person, oldest first."""

    label: str
    title: str
    rows: list[dict[str, Any]]


def everything(person: Person) -> dict[str, Any]:
    """Give all that is the person's to take away, as plain values for a file."""
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "council": person.authority.name,
        "may_be_held_back": held_back.said_to_everybody(),
        "about_you": about(person),
        "held_about_you": {part.title: part.rows for part in parts(person)},
        "what_we_sent_you": [_sent(each) for each in letters.sent(person)],
        "who_looked": [
            {
                "at": look.at.isoformat(timespec="seconds"),
                "who": look.who,
                "organisation": look.organisation,
                "role": role_words(look.role),
                "why": look.reason,
            }
            for look in sharing.who_looked(person)
        ],
    }


def _sent(each: letters.Sent) -> dict[str, Any]:
    found = {
        "sent_at": _simple(each.at),
        "by": each.channel,
        "to": each.to,
        "subject": each.subject,
        "words": each.words,
        "arrived": "" if each.is_sure else letters.UNSURE,
    }
    return {name: value for name, value in found.items() if value}


def about(person: Person) -> dict[str, Any]:
    """Give what the person's own row says."""
    return _given(person, names=_names([person]))


def parts(person: Person) -> list[Part]:
    """Give every table with rows about the person; one query a table, and a few more."""
    ids = reach.record_ids(person)
    found = {
        model: list(_rows(model, column, ids))
        for model, column in forgetting.about_a_person()
        if given_fields(model)
    }
    names = _names(row for rows in found.values() for row in rows)
    return [
        Part(
            label=model._meta.label,
            title=title_of(model),
            rows=[_given(row, names=names) for row in rows],
        )
        for model, rows in found.items()
        if rows
    ]


def given_fields(model: type[models.Model]) -> list[str]:
    """Give the names of the fields of a table that the person may take away."""
    classes: dict[str, Privacy] = model.privacy  # type: ignore[attr-defined] # a Record's
    whose = dict(forgetting.about_a_person()).get(model)
    return [
        field.name
        for field in model._meta.concrete_fields
        if classes.get(field.name) is not Privacy.HIDDEN
        and field.name not in {whose, *NOBODY_S}
        and not _is_kept_out(f"{model._meta.label}.{field.name}")
    ]


def title_of(model: type[models.Model]) -> str:
    """Give what a table is called for the person: else its own name, in the plural."""
    plural = str(model._meta.verbose_name_plural).capitalize()
    return TITLES.get(model._meta.label, plural)


def role_words(role_id: str) -> str:
    """Give a role as people say it; blank where there is none of that id."""
    known = roles.everything().get(role_id)
    return known.title if known else ""


def _is_kept_out(field: str) -> bool:
    return field in held_back.FIELDS or field in held_back.LEFT_OUT


def _rows(model: type[models.Model], column: str, ids: list[UUID]) -> Iterator[Any]:
    rows = model._default_manager.filter(**{f"{column}__in": ids})
    onward = [name for name in ("request", "spend") if _has(model, name)]
    for row in rows.select_related(*onward).order_by("created_at"):
        if held_back.of_row(model._meta.label, _plain(row)) is None:
            yield row


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _plain(row: Any) -> dict[str, Any]:
    found = {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields}
    if _has(type(row), "request"):
        found["door"] = row.request.door
    return found


def _given(row: Record, *, names: dict[UUID, str]) -> dict[str, Any]:
    found = {
        name: value
        for name in given_fields(type(row))
        if (value := _value(row, name, names)) not in ("", None, [], {})
    }
    if isinstance(row, SpentFor):
        _, fields = THROUGH["deals.SpentFor"]
        found["spend"] = {name: _simple(getattr(row.spend, name)) for name in fields}
    return found


def _value(row: Record, name: str, names: dict[UUID, str]) -> Any:
    field: Any = row._meta.get_field(name)
    value, label = getattr(row, field.attname), f"{row._meta.label}.{name}"
    if field.is_relation:
        return names.get(value, str(value)) if value else None
    if label in WORDS_ONLY:
        return held_back.own_words(unpacked(value))
    if label in JSON:
        return _read(value)
    return _simple(value)


def _simple(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, str | int | float | bool | list | dict) or value is None:
        return value
    return str(value)


def _read(stored: str) -> Any:
    try:
        return json.loads(stored)
    except ValueError:  # the person's key is gone: so are the words
        return ERASED


def _names(rows: Any) -> dict[UUID, str]:
    """Give the names of whoever and whatever rows point to; one query for each kind."""
    wanted: dict[type[models.Model], set[UUID]] = {}
    for row in rows:
        for field in row._meta.concrete_fields:
            kind = field.related_model
            if kind is not None and kind._meta.label in NAMED:
                wanted.setdefault(kind, set()).add(getattr(row, field.attname))
    return {
        pk: str(getattr(found, "name", found))
        for kind, ids in wanted.items()
        for pk, found in kind._default_manager.in_bulk(ids - {None}).items()
    }
