"""Plants one row of every model in the running product, full of words nobody says.

``python -m tests.factories.planting COUNCIL`` runs in the product's own environment as
the server's own user and prints what it planted, as JSON. Every text that may not be
published holds the council's mark, so that a page, a log or a letter that shows one is
found. What cannot be planted so is told under ``failed``; ``SHAPES`` says of the odd
ones what they need.
"""

import datetime as dt
import json
import operator
import sys
import uuid
from dataclasses import dataclass, field
from typing import Any

MARKS = {"makerfield": "quoxmere", "ribbleside": "vexholt"}
# what stands in a field that may be published
OPEN = {"quoxmere": "planted", "vexholt": "sown"}
OWNERS = {"makerfield": "amina", "ribbleside": "lewis"}
# what a row needs beyond its fields' types, by the model's name; "other" is a second
# user or organisation, where the two may not be one; "low" and "high" are two rows
# in the order of their ids, where a pair must be in order; "planted" is a row where the
# link could be empty
SHAPES: dict[str, dict[str, Any]] = {
    "community.Group": {
        "safeguarding_seen_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    },
    "community.Session": {"rule": "FREQ=WEEKLY;BYDAY=TU"},
    "community.Joining": {"state_before": "live"},
    "community.Double": {"one": "low", "other": "high"},
    "community.OpeningHours": {"closes": dt.time(16, 30)},
    "deals.AskToTalk": {"they_know": True},
    "deals.DoorPlace": {"door": "advocate"},
    "deals.DealVersion": {"n_ours": 1, "n_yours": 1},
    "deals.Introduction": {"chases": 1, "state": "chased once"},
    "deals.NextStep": {"chosen_by_them": True},
    "deals.Proposal": {"activity": "planted"},
    # the demo's council has named who answers for anywhere else
    "deals.Serving": {"neighbourhood_id": uuid.UUID(int=1)},
    "deals.SmallSpend": {"pence": 1250, "limit_pence": 5000},
    "deals.Sorry": {
        "was_due_on": dt.date(2026, 11, 1),
        "new_by_when": dt.date(2026, 12, 1),
    },
    "money.Signature": {"by": "other"},
    "residents.Clearing": {"decision": "", "rule": "deals.ask_to_talk"},
    "residents.Forgetting": {"decision": "", "rule": "asked"},
    "residents.SharingChoice": {"may": True, "purpose": "huddle"},
    "partners.SharingAgreement": {"receiver": "other", "until": dt.date(2099, 1, 1)},
}


@dataclass(kw_only=True)
class Planter:
    """Makes one row of each model for one council, and remembers them."""

    authority: Any
    organisation: Any
    team: Any
    user: Any
    mark: str
    made: dict[str, Any] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def plant(self, model: Any) -> Any:
        """Give the row of a model, made now if it was not yet; None where it fails."""
        label = model._meta.label
        if label in self.made or label in self.failed:
            return self.made.get(label)
        self.failed[label] = "It needs itself."
        for texts in (True, False):
            if self._try(model, is_full=texts):
                del self.failed[label]
                return self.made[label]
        return None

    def _try(self, model: Any, *, is_full: bool) -> bool:
        from django.db import DatabaseError, transaction

        label, before = model._meta.label, dict(self.made)
        try:
            with transaction.atomic():
                values = self._values(model, is_full=is_full)
                self.made[label] = model._default_manager.create(**values)
        except (DatabaseError, TypeError, ValueError, AttributeError) as error:
            self.failed[label] = f"{type(error).__name__}: {error}"[:300]
            self.made = before  # what was planted on the way is gone again too
            return False
        return True

    def _values(self, model: Any, *, is_full: bool) -> dict[str, Any]:
        shape = SHAPES.get(model._meta.label, {})
        found: dict[str, Any] = {}
        for each in model._meta.concrete_fields:
            if each.name in shape:
                found[each.name] = self._shaped(each, shape[each.name])
            elif each.is_relation:
                if (row := self._row(each)) is not None:
                    found[each.name] = row
            elif (value := self._value(each, is_full=is_full)) is not None:
                found[each.name] = value
        return found

    def _shaped(self, each: Any, given: Any) -> Any:
        if given == "planted":
            return self.plant(each.related_model)
        if given in {"low", "high"}:
            pair = sorted([self.plant(each.related_model), self._second(each)], key=PK)
            return pair[given == "high"]
        if given != "other":
            return given
        ours = {self.user.pk, self.organisation.pk}
        return each.related_model.objects.exclude(pk__in=ours).order_by("pk")[0]

    def _second(self, each: Any) -> Any:
        """Give another row than the planted one, of those that the demo made."""
        planted = self.made[each.related_model._meta.label]
        return each.related_model.objects.exclude(pk=planted.pk).order_by("pk")[0]

    def _row(self, each: Any) -> Any:
        """Give the row a foreign key points to: ours where it is about whose it is."""
        standing = {
            "partners.Authority": self.authority,
            "partners.Organisation": self.organisation,
            "partners.Team": self.team,
            "accounts.User": self.user,
        }
        label = each.related_model._meta.label
        if label in standing:
            is_wanted = not each.null or each.name in WHOSE
            return standing[label] if is_wanted else None
        if each.null and each.name not in WHOSE:
            return None
        if label.startswith(STANDS):
            return each.related_model.objects.order_by("pk").first()
        return self.plant(each.related_model)

    def _value(self, each: Any, *, is_full: bool) -> Any:
        from django.db import models

        if each.name == "authority_id":
            return self.authority.pk
        if each.name == "organisation_id":
            return self.organisation.pk
        if each.name in {"person_id", "subject_id"} and not each.primary_key:
            return getattr(self.made.get("residents.Person"), "pk", uuid.uuid4())
        if isinstance(each, models.CharField | models.TextField):
            is_wanted = is_full or not _is_optional(each)
            return self._text(each) if is_wanted else None
        if _is_optional(each) or each.primary_key:
            return None
        return _plain(each)

    def _text(self, each: Any) -> Any:
        from django.db import models

        if each.choices:
            return None if each.has_default() else each.choices[0][0]
        mark = OPEN[self.mark] if self._is_open(each) else self.mark
        if isinstance(each, models.EmailField):
            return f"{mark}@canary.example"
        if isinstance(each, models.URLField):
            return f"https://canary.example/{mark}"
        return f"{mark}-{each.name.replace('_', '-')}"[: each.max_length]

    def _is_open(self, each: Any) -> bool:
        from thedeal.lib.holding import Privacy

        classes = each.model.privacy
        return classes.get(each.name, classes.get(each.attname)) is Privacy.OPEN


PK = operator.attrgetter("pk")
STANDS = "places."  # the borough's own places and figures, all of them open
WHOSE = {"authority", "organisation", "team", "person", "group", "owner", "worker"}


def _is_optional(each: Any) -> bool:
    return bool(each.null or each.has_default() or getattr(each, "auto_now_add", False))


def _plain(each: Any) -> Any:
    """Give the plainest value of a field's type, or None where it may stay empty."""
    now = dt.datetime.now(tz=dt.UTC)
    plain: dict[str, Any] = {
        "BooleanField": False,
        "DateTimeField": now,
        "DateField": now.date(),
        "TimeField": dt.time(10, 30),
        "UUIDField": uuid.uuid4(),
        "BinaryField": b"planted",
        "JSONField": {},
        "ArrayField": [],
        "FloatField": 1,
        "DecimalField": 1,
    }
    kind = each.get_internal_type()
    return 1 if "Integer" in kind else plain.get(kind)


def planter(council: str) -> Planter:
    """Give a planter for one of the demo's councils."""
    from thedeal.accounts.models import User
    from thedeal.partners.models import Authority, Membership, Team

    authority = Authority.objects.get(slug=council)
    user = User.objects.get(email=f"{OWNERS[council]}@{council}.example")
    held = Membership.objects.filter(user=user).select_related("organisation")[0]
    team = held.team or Team.objects.create(
        authority_id=authority.pk, organisation=held.organisation, name="Planted"
    )
    return Planter(
        authority=authority,
        organisation=held.organisation,
        team=team,
        user=user,
        mark=MARKS[council],
    )


def _take_standing(at: Planter) -> None:
    """Take rows that stand already where planting one would change who is who."""
    from thedeal.audit.models import Entry
    from thedeal.partners.models import Membership

    at.made["partners.Organisation"] = at.organisation
    at.made["partners.Team"] = at.team
    at.made["partners.Membership"] = Membership.objects.filter(user=at.user)[0]
    at.made["audit.Entry"] = Entry.objects.filter(authority_id=at.authority.pk)[0]


def _make_room(at: Planter) -> None:
    """Let go of a place that the demo names, so that one of ours may stand for it."""
    from thedeal.deals.models import DoorPlace

    DoorPlace.objects.filter(authority=at.authority, door="advocate").delete()


def main(council: str) -> None:
    """Plant one of everything, and print where."""
    import django

    django.setup()
    from thedeal.lib import walls

    ours = [
        model
        for model in walls.stored_models()
        if model.__module__.startswith("thedeal.")
        and not hasattr(model, "pgh_tracked_model")
        and model._meta.label not in KEPT_OUT
        and not model._meta.label.startswith(STANDS)
    ]
    at = planter(council)
    _make_room(at)
    for model in ours:
        at.plant(model)
    _take_standing(at)
    made = {
        label: {
            "table": row._meta.db_table,
            "column": row._meta.pk.column,
            "pk": str(row.pk),
            "walled": bool(walls.wall_of(type(row))),
            "unmarked": _unmarked(row, at.mark) if label not in KEPT_OUT else [],
        }
        for label, row in at.made.items()
    }
    said = {"mark": at.mark, "user": str(at.user.pk), "made": made, "failed": at.failed}
    sys.stdout.write(json.dumps(said))


def _unmarked(row: Any, mark: str) -> list[str]:
    """Give the fields of private words where none of the row's has the mark in it."""
    from django.db import models

    from thedeal.lib.holding import Privacy

    private = {Privacy.PERSONAL, Privacy.SENSITIVE}
    words = [
        each.name
        for each in row._meta.concrete_fields
        if isinstance(each, models.CharField | models.TextField)
        and not each.choices
        and row.privacy.get(each.name) in private
    ]
    is_marked = any(mark in str(getattr(row, name)) for name in words)
    return [] if is_marked else words


# there is one of these, or they are the cast's, or the house makes them by itself
KEPT_OUT = {
    "publishing.Installation",
    "partners.Authority",
    "partners.Organisation",
    "partners.Team",
    "partners.Membership",
    "accounts.User",
    "audit.Entry",
    "audit.Link",
    "audit.PersonKey",
}

if __name__ == "__main__":
    main(sys.argv[1])
