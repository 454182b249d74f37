"""Reads what was published, and what may be told of the plan's groups.

Snapshots may be read by anybody. A plan's groups are for the council's own people, with
every count through disclosure control.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from thedeal.deals.models import NewGroup, Plan
from thedeal.deals.selectors import planning
from thedeal.lib import definitions
from thedeal.lib.definitions import Entry
from thedeal.publishing.models import Snapshot
from thedeal.publishing.new_groups import PlanTold, people, when
from thedeal.publishing.new_groups import Told as GroupTold

GAP = "gap"
PARTS = ("started", "grown", "closed", "left")
SERVICE = "service:"
HIDDEN = "*"


def newest(subject: str, *, authority_id: UUID | None = None) -> Snapshot | None:
    """Give the newest publication about a subject, or None."""
    found = Snapshot.objects.filter(subject=subject).select_related("authority")
    if authority_id:
        found = found.filter(authority_id=authority_id)
    return found.first()


@dataclass(frozen=True, kw_only=True)
class Told:
    """The gap as one version told it."""

    version_id: UUID
    authority_id: UUID
    council: str
    told_on: Any
    period: str
    figures: dict[str, dict[str, Any]]
    sources: list[dict[str, Any]]

    def value(self, id_: str) -> Any:
        """Give a figure's value, or the words of a part."""
        return self.figures[id_]["value"]

    def shown(self, id_: str) -> str:
        """Give a figure as it may be printed."""
        return str(self.figures[id_]["shown"])

    def parts(self) -> list[dict[str, Any]]:
        """Give the figures of the picture, in order."""
        return [self.figures[id_] for id_ in PARTS]

    def since(self, before: "Told") -> list[str]:
        """Say in sentences which figures differ from an earlier telling's."""
        said = []
        for id_, title in (_compared(before) | _compared(self)).items():
            was, now = _shown(before, id_), _shown(self, id_)
            if was != now and HIDDEN not in (was, now):
                said.append(f"{title}: {now}. Last time: {was}.")
        return said

    def services(self) -> list[dict[str, Any]]:
        """Give what each service closed, the largest first."""
        return [f for id_, f in self.figures.items() if id_.startswith(SERVICE)]

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        left = self.shown("left") if self.value("left") else "nothing"
        grown = f", and need has added {self.shown('grown')} since"
        return (
            f"We started {self.shown('started')} a year short"
            f"{grown if self.value('grown') else ''}. Together we have closed "
            f"{self.shown('closed')}, and {left} is left to find."
        )


def _compared(told: Told) -> dict[str, str]:
    return {
        id_: str(figure["title"])
        for id_, figure in told.figures.items()
        if id_ in PARTS or id_.startswith(SERVICE)
    }


def _shown(told: Told, id_: str) -> str:
    return told.shown(id_) if id_ in told.figures else "not counted"


def told(
    version: UUID | None = None, *, authority_id: UUID | None = None
) -> Told | None:
    """Give one telling of the gap, the newest where none is named, or None."""
    if version is None:
        snapshot = newest(GAP, authority_id=authority_id)
    else:
        found = Snapshot.objects.filter(subject=GAP, pk=version)
        snapshot = found.select_related("authority").first()
    return None if snapshot is None else _as_told(snapshot)


def told_before(told: Told) -> Told | None:
    """Give the telling before this one, or None for the first."""
    found = Snapshot.objects.filter(
        subject=GAP, authority_id=told.authority_id, created_at__lt=told.told_on
    )
    snapshot = found.select_related("authority").first()
    return None if snapshot is None else _as_told(snapshot)


def _as_told(snapshot: Snapshot) -> Told:
    return Told(
        version_id=snapshot.pk,
        authority_id=snapshot.authority_id,
        council=snapshot.authority.name,
        told_on=snapshot.created_at,
        period=snapshot.period,
        figures={figure["id"]: figure for figure in snapshot.figures},
        sources=snapshot.sources,
    )


def versions(authority_id: UUID) -> QuerySet[Snapshot]:
    """Give every telling of a council's gap, newest first."""
    return Snapshot.objects.filter(subject=GAP, authority_id=authority_id)


def history() -> list[Entry]:
    """Give Wigan's own dated claims, each with who said it: never added up."""
    return definitions.within("money/wigan_claims.")


def new_groups(authority_id: UUID) -> list[GroupTold]:
    """Give the groups that should be there, and what came of each, newest first."""
    return [new_group_told(row) for row in planning.new_groups_of(authority_id)]


def new_group_told(row: NewGroup) -> GroupTold:
    """Give one of them as somebody who sees no person's record may read it."""
    return GroupTold(
        pk=row.pk,
        neighbourhood_id=row.neighbourhood_id,
        interest=row.interest,
        place=row.place,
        when=when(row.hour),
        first_on=row.first_on,
        to_ask=people(row.people),
        asked=people(row.asked),
        said_yes=people(row.said_yes),
        state=row.state,
        why=row.why,
        decided_at=row.decided_at,
        decided_by=str(row.decided_by or ""),
    )


def newest_plan(authority_id: UUID) -> PlanTold | None:
    """Give when the newest plan was made and for how many people, or None."""
    plan = Plan.objects.filter(authority_id=authority_id).first()
    if plan is None:
        return None
    return PlanTold(
        made_at=plan.created_at, people=people(plan.people), placed=people(plan.placed)
    )
