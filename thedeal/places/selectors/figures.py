"""Reads of the published figures of an area, each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from thedeal.lib import definitions
from thedeal.lib.definitions import Entry
from thedeal.places.models import AreaFigure, AreaKind, Neighbourhood, Source


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A published figure with its words, its share and where it came from."""

    measure: str
    title: str
    amount: float
    unit: str
    share: float | None
    as_at: str
    note: str
    source: Source


def neighbourhood_figures(neighbourhood: Neighbourhood) -> dict[str, Figure]:
    """Give the figures of a neighbourhood that add up from its small areas."""
    added = [e for e in _measures() if e.more.get("adds")]
    names = [e.key.rpartition(".")[2] for e in added]
    sums = (
        AreaFigure.objects.filter(area__neighbourhood=neighbourhood, measure__in=names)
        .values("measure", "as_at", "source_id")
        .annotate(total=Sum("amount"))
        .order_by("as_at")
    )
    amounts = {row["measure"]: row for row in sums}
    sources = Source.objects.in_bulk({row["source_id"] for row in amounts.values()})
    return _figures(added, amounts, sources)


def borough_figures(borough_code: str) -> dict[str, Figure]:
    """Give the figures published for a whole borough."""
    found = AreaFigure.objects.filter(
        area__code=borough_code, area__kind=AreaKind.BOROUGH
    )
    rows = found.values("measure", "as_at", "source_id", "amount").order_by("as_at")
    amounts = {r["measure"]: dict(r, total=r["amount"]) for r in rows}
    sources = Source.objects.in_bulk({row["source_id"] for row in amounts.values()})
    return _figures(_measures(), amounts, sources)


def figures_around(neighbourhood: Neighbourhood) -> dict[str, Figure]:
    """Give the figures published for the whole borough that a neighbourhood is in."""
    codes = neighbourhood.areas.values_list("borough_code", flat=True)
    code = codes.order_by("borough_code").first()
    return borough_figures(code) if code else {}


@dataclass(frozen=True, kw_only=True)
class Deprivation:
    """How many of a neighbourhood's small areas are among England's poorest."""

    areas: int
    in_poorest_tenth: int
    in_poorest_fifth: int
    in_richest_fifth: int
    as_at: str
    source: Source


def deprivation(neighbourhood: Neighbourhood) -> Deprivation | None:
    """Give where a neighbourhood's small areas stand in England, or None."""
    rows = list(
        AreaFigure.objects.filter(
            area__neighbourhood=neighbourhood, measure="imd_decile"
        ).select_related("source")
    )
    if not rows:
        return None
    newest = max(row.as_at for row in rows)
    tenths = [row.amount for row in rows if row.as_at == newest]
    return Deprivation(
        areas=len(tenths),
        in_poorest_tenth=sum(t <= 1 for t in tenths),
        in_poorest_fifth=sum(t <= 2 for t in tenths),
        in_richest_fifth=sum(t >= 9 for t in tenths),
        as_at=newest,
        source=rows[0].source,
    )


def sources() -> QuerySet[Source]:
    """Give every source of open data, for the page that thanks them."""
    return Source.objects.order_by("name")


def _measures() -> list[Entry]:
    return definitions.within("area_measures.")


def _figures(
    entries: Iterable[Entry], amounts: dict[str, Any], known: dict[UUID, Source]
) -> dict[str, Figure]:
    found = {}
    for entry in entries:
        measure = entry.key.rpartition(".")[2]
        if measure not in amounts:
            continue
        row = amounts[measure]
        whole = amounts.get(entry.more.get("share_of", ""))
        found[measure] = Figure(
            measure=measure,
            title=entry.title,
            amount=row["total"],
            unit=entry.unit,
            share=row["total"] / whole["total"] if whole and whole["total"] else None,
            as_at=row["as_at"],
            note=entry.notes,
            source=known[row["source_id"]],
        )
    return found
