"""Reads of who may know a person, for what, and who has looked.

Shown to the person as they are: an organisation, a purpose, a day; a name and a
reason. It hides no look and no reader.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from thedeal.accounts.models import User
from thedeal.audit import selectors as audit
from thedeal.partners.models import Organisation
from thedeal.residents import reach
from thedeal.residents.models import Alongside, Person, SharingChoice

MOST_LOOKS = 200
BY_THE_SYSTEM = "the system"


@dataclass(frozen=True, kw_only=True)
class Look:
    """That somebody opened a person's record."""

    at: dt.datetime
    who: str
    role: str
    organisation: str
    reason: str


def choices(person: Person) -> QuerySet[SharingChoice]:
    """Give the choices that stand, by organisation and purpose."""
    standing = person.sharing_choices.filter(withdrawn_at__isnull=True)
    return standing.select_related("organisation", "told_by").order_by(
        "organisation__name", "purpose"
    )


def chosen_before(person: Person) -> QuerySet[SharingChoice]:
    """Give the choices that were changed or taken back, newest first."""
    past = person.sharing_choices.filter(withdrawn_at__isnull=False)
    return past.select_related("organisation").order_by("-withdrawn_at")


def may(
    person: Person, *, organisation_id: UUID, purpose: SharingChoice.Purpose
) -> bool:
    """Say whether the person's yes to this organisation, for this, stands now."""
    found = person.sharing_choices.filter(
        organisation_id=organisation_id,
        purpose=purpose,
        withdrawn_at__isnull=True,
        may=True,
    )
    return found.exists()


def who_may_open(person: Person) -> tuple[list[Alongside], list[Organisation]]:
    """Give whose teams are alongside, and which other organisations were let in."""
    ties = list(
        person.alongside.filter(ended_at__isnull=True).select_related(
            "worker", "team", "organisation"
        )
    )
    let_in = choices(person).filter(purpose=SharingChoice.Purpose.ALONGSIDE, may=True)
    already = {tie.organisation_id for tie in ties}
    others = [c.organisation for c in let_in if c.organisation_id not in already]
    return ties, others


def who_looked(person: Person) -> list[Look]:
    """Give the newest 200 looks at a person's record. Four queries."""
    ids = reach.record_ids(person)
    looks = [look for pk in ids for look in audit.looks_at(pk)[:MOST_LOOKS]]
    looks.sort(key=lambda look: look.seq, reverse=True)
    looks = looks[:MOST_LOOKS]
    names = _names(look.actor_id for look in looks)
    places = Organisation.objects.in_bulk({x.organisation_id for x in looks} - {None})
    return [
        Look(
            at=look.at,
            who=names.get(look.actor_id, BY_THE_SYSTEM),
            role=look.actor_role,
            organisation=str(places.get(look.organisation_id, "")),
            reason=look.reason,
        )
        for look in looks
    ]


def _names(ids: Iterable[UUID | None]) -> dict[Any, str]:
    found = User.objects.filter(pk__in={pk for pk in ids if pk})
    return dict(found.values_list("pk", "display_name"))
