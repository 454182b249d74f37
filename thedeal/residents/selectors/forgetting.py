"""Reads of what is due to be forgotten, and the proof that it was.

The rules are data (definitions/retention.yaml): months after something. Of several
that hold for one person's rows the longest holds for the person.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from thedeal.lib import definitions
from thedeal.lib.keeping import months_before
from thedeal.lib.sealed import ERASED, SealedTextField
from thedeal.residents import reach
from thedeal.residents.models import Forgetting, Person

ASKED, CHILD, PERSON = "asked", "residents.child", "residents.person"
CHILDS_RECORD_UNTIL_AGE = 25


def months(rule: str) -> int | None:
    """Give how many months a rule keeps something; None where no clock ends it."""
    found: int | None = definitions.get(f"retention.{rule}").value["months"]
    return found


def title(rule: str) -> str:
    """Give what a rule is about, as its file says it."""
    if rule == ASKED:
        return "They asked for it"
    return definitions.get(f"retention.{rule}").title


def due(*, authority_id: UUID, today: dt.date) -> Iterator[tuple[Person, str, dt.date]]:
    """Give each person whose record is due, the rule that says so, and since when.

    Leaves out who is proposed already, and who was kept until a later day.
    """
    shortest = months(PERSON) or 0
    looked_at = Forgetting.objects.filter(Q(decision="") | Q(look_again_on__gt=today))
    old = (
        reach.standing()
        .filter(authority_id=authority_id, forgotten_at__isnull=True)
        .exclude(pk__in=looked_at.values("person_id"))
        .annotate(last=Coalesce("last_contact_on", TruncDate("created_at")))
        .filter(last__lte=months_before(today, shortest))
    )
    for person in old.order_by("last", "pk"):
        rule, due_on = due_on_of(person)
        if due_on is not None and due_on <= today:
            yield person, rule, due_on


def due_on_of(person: Person) -> tuple[str, dt.date | None]:
    """Give the rule that holds for a person's record, and the day it is due.

    None where no clock ends it: a child's record without a date of birth.
    """
    last = person.last_contact_on or person.created_at.date()
    rules = [(months(rule) or 0, rule) for rule in _rules_of(person)]
    longest, rule = max([(months(PERSON) or 0, PERSON), *rules])
    due_on = months_before(last, -longest)
    if not person.is_under_18 and not _was_a_child(person, on=last):
        return rule, due_on
    if person.born_on is None:
        return CHILD, None
    grown = months_before(person.born_on, -12 * CHILDS_RECORD_UNTIL_AGE)
    return (CHILD, grown) if grown > due_on else (rule, due_on)


def proposals(user: Any) -> QuerySet[Forgetting]:
    """Give the open proposals about people in the user's keeping, oldest due first."""
    found = Forgetting.objects.filter(
        decision="", person_id__in=reach.in_reach(user).values("pk")
    )
    return found.select_related("person").order_by("due_on", "created_at")


def done(user: Any) -> QuerySet[Forgetting]:
    """Give what was erased among those in the user's keeping, newest first."""
    found = Forgetting.objects.filter(
        decision=Forgetting.Decision.ERASE,
        person_id__in=reach.in_reach(user).values("pk"),
    )
    return found.select_related("decided_by").order_by("-decided_at")


def still_readable(person: Person) -> list[str]:
    """Give what of a person can still be read; nothing, once they were forgotten.

    Every locked field of every row about them, and each plain field of their own.
    """
    plain = [n for n in PLAIN_OF_A_PERSON if getattr(person, n) not in ("", None, [])]
    found = [f"residents.Person.{name}" for name in plain]
    ids = reach.record_ids(person)
    for model, column in about_a_person():
        for field in [*_locked_fields(model), *plain_of(model)]:
            rows = model._default_manager.filter(**{f"{column}__in": ids})
            texts = rows.values_list(field, flat=True)
            if any(text not in ("", None, ERASED) for text in texts):
                found.append(f"{model._meta.label}.{field}")
    return found


def about_a_person() -> Iterator[tuple[type[models.Model], str]]:
    """Give each table, of this room or above, whose rows are about a person."""
    for related in Person._meta.related_objects:
        model, field = related.related_model, related.field.name
        if field == "person" and isinstance(model, type) and hasattr(model, "kept"):
            yield model, field


def plain_of(model: type[models.Model]) -> tuple[str, ...]:
    """Give the fields of a table about a person that hold plain words, to be wiped."""
    found: tuple[str, ...] = getattr(model, "wiped_with_the_person", ())
    return found


PLAIN_OF_A_PERSON = (
    "called",
    "full_name",
    "sort_key",
    "other_names",
    "postcode",
    "place_words",
    "latitude",
    "longitude",
    "phone",
    "email",
    "born_on",
    "pronouns",
    "language",
    "likes_contact_by",
    "helps",
    "how_to_reach",
    "when_to_reach",
)


def _rules_of(person: Person) -> set[str]:
    ids = reach.record_ids(person)
    return {
        model.kept.rule  # type: ignore[attr-defined] # about_a_person looked for it
        for model, column in about_a_person()
        if _ends_with_the_person(model)
        and model._default_manager.filter(**{f"{column}__in": ids}).exists()
    }


def _ends_with_the_person(model: Any) -> bool:
    """Whether a rule counts for the person: what has its own clock outlives them."""
    rule = definitions.everything().get(f"retention.{model.kept.rule}")
    return rule is not None and rule.value["then"] == "erase"


def _was_a_child(person: Person, *, on: dt.date) -> bool:
    born_on = person.born_on
    return born_on is not None and months_before(born_on, -12 * 18) > on


def _locked_fields(model: type[models.Model]) -> list[str]:
    fields = model._meta.concrete_fields
    return [f.name for f in fields if isinstance(f, SealedTextField)]
