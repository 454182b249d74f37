"""Reads of deals: both columns now, what stands agreed, and what was broken."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from thedeal.deals.columns import Line, of_side, unpacked
from thedeal.deals.models import Deal, DealVersion, Promise, Sorry
from thedeal.deals.states import PromiseState, Side
from thedeal.residents import reach


@dataclass(frozen=True, kw_only=True)
class Columns:
    """A deal as a page shows it: each side's promises, with sorries, by date."""

    deal: Deal
    ours: list[Promise]
    yours: list[Promise]
    agreed: DealVersion | None
    shown: DealVersion | None

    @property
    def needs_a_yes(self) -> bool:
        """Say whether what was shown last waits for the person's yes."""
        return self.shown is not None and self.shown.agreed_at is None


def lines_now(deal: Deal) -> list[Line]:
    """Give the lines of a deal as they would be shown this minute; one query."""
    rows = Promise.objects.filter(deal=deal).exclude(state=PromiseState.LET_GO.value)
    return [
        Line(
            promise=str(row.pk),
            side=Side(row.side),
            who=row.who,
            what=row.what,
            # a sorry moves the day that we work to, not the day that was agreed
            by_when=row.was_due_first,
        )
        for row in rows.prefetch_related("sorries")
    ]


def of_person(user: Any, person_id: UUID) -> QuerySet[Deal]:
    """Give the deals of somebody in the user's reach, newest first."""
    people = reach.in_reach(user).filter(pk=person_id)
    return Deal.objects.filter(person__in=people).select_related("worker", "team")


def one(user: Any, pk: UUID) -> Deal:
    """Give one deal in reach; raise Deal.DoesNotExist (a 404)."""
    found = Deal.objects.filter(person__in=reach.in_reach(user))
    return found.select_related("person", "worker", "team", "authority").get(pk=pk)


def columns_of(deal: Deal) -> Columns:
    """Give both columns of a deal with what became of each promise; three queries."""
    rows = list(
        Promise.objects.filter(deal=deal)
        .select_related("owner")
        .prefetch_related(Prefetch("sorries", queryset=Sorry.objects.all()))
    )
    versions = list(deal.versions.all())
    return Columns(
        deal=deal,
        ours=[row for row in rows if row.side == Side.OURS.value],
        yours=[row for row in rows if row.side == Side.YOURS.value],
        agreed=next((v for v in versions if v.agreed_at), None),
        shown=versions[0] if versions else None,
    )


def standing(deal: Deal) -> DealVersion | None:
    """Give the newest version that the person said yes to, if any."""
    return deal.versions.filter(agreed_at__isnull=False).first()


def sides_of(version: DealVersion) -> tuple[list[Line], list[Line]]:
    """Give our column and theirs, as they were shown."""
    lines = unpacked(version.content)
    return of_side(lines, Side.OURS), of_side(lines, Side.YOURS)
