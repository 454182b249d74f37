"""Reads money: packages over time, changes judged, the ledger, the gap.

Every sum is worked out from the rows each time by the pure modules beside this one;
none is stored, so none can drift from what is behind it.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from thedeal.lib import definitions
from thedeal.money import gap_sums, ledger_sums, weekly_cost
from thedeal.money.gap_sums import Gap
from thedeal.money.ledger_sums import Kind, Line, Total
from thedeal.money.models import CaseNumber, Change, GapStory, LedgerLine, Package
from thedeal.money.prices import Deflator, PriceBaseError
from thedeal.money.savings import (
    VIEW_WORDS,
    WHY_WORDS,
    Judgement,
    OwnView,
    WhyChanged,
    judge,
)
from thedeal.partners.models import Authority
from thedeal.places import selectors as places
from thedeal.residents import reach
from thedeal.residents.models import Person

FIRST_MONTH_OF_YEAR = 4  # financial years begin in April


def financial_year(day: dt.date) -> int:
    """Give the year whose April begins the financial year that a day is in."""
    return day.year if day.month >= FIRST_MONTH_OF_YEAR else day.year - 1


def packages(authority: Authority) -> QuerySet[Package]:
    """Give the authority's packages that the asker may see, with who pays."""
    return Package.objects.filter(authority=authority).select_related("payer")


def weekly_costs(
    found: Sequence[Package], *, starts_on: dt.date, ends_on: dt.date
) -> tuple[weekly_cost.Week, ...]:
    """Give what packages cost week by week, gross and net, pounds."""
    plain = [package.as_plain() for package in found]
    return weekly_cost.weekly_series(plain, starts_on=starts_on, ends_on=ends_on)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A change of support and whether it is a saving."""

    change: Change
    judgement: Judgement

    @property
    def why(self) -> str:
        """Give why it changed, in words."""
        return WHY_WORDS[WhyChanged(self.change.why)]

    @property
    def view(self) -> str:
        """Give what the person says of it, in words."""
        return VIEW_WORDS.get(OwnView(self.change.own_view), "Nobody has asked yet")


def judged_changes(authority: Authority) -> list[Judged]:
    """Give each change that the asker may see, newest first, judged."""
    return judged(Change.objects.filter(authority=authority))


def packages_of(person: Person) -> QuerySet[Package]:
    """Give a person's packages, the earliest first, with who pays."""
    found = Package.objects.filter(person_id__in=reach.record_ids(person))
    return found.select_related("payer")


def numbers_of(person: Person) -> QuerySet[CaseNumber]:
    """Give a person's numbers in the case system."""
    found = CaseNumber.objects.filter(person_id__in=reach.record_ids(person))
    return found.filter(ended_at__isnull=True)


def changes_of(person: Person) -> QuerySet[Change]:
    """Give each change of a person's support, newest first."""
    return Change.objects.filter(person_id__in=reach.record_ids(person))


def judged(changes: QuerySet[Change]) -> list[Judged]:
    """Give each change with whether it is a saving."""
    found = changes.select_related("before", "after")
    return [Judged(change=changed, judgement=judgement(changed)) for changed in found]


def judgement(changed: Change) -> Judgement:
    """Say whether one change is a saving, how much, and why not where it is not.

    Prices that no index reaches yet cannot be compared: no saving until they can.
    """
    try:
        return judge(
            changed.before.as_plain(),
            changed.after.as_plain() if changed.after else None,
            why=WhyChanged(changed.why),
            own_view=OwnView(changed.own_view),
            deflator=deflator(),
        )
    except PriceBaseError as error:
        return Judgement(
            is_saving=False,
            weekly=Decimal(0),
            fell_by_weekly=Decimal(0),
            price_base=changed.before.price_base,
            is_flagged=False,
            reason=f"Not a saving yet: {error.sentence}",
        )


@cache
def deflator() -> Deflator:
    """Give the index that puts packages of different years on one price base."""
    entry = definitions.get("money/deflators.gdp")
    return Deflator(title=entry.title, index=entry.table)


def ledger(authority: Authority) -> QuerySet[LedgerLine]:
    """Give every line with its budget, signature and what is behind it."""
    return (
        LedgerLine.objects.filter(authority=authority)
        .select_related("budget", "signature", "author")
        .prefetch_related("effects")
    )


def plain_ledger(authority: Authority) -> list[Line]:
    """Give the ledger as the plain records that the sums work on."""
    return [line.as_plain() for line in ledger(authority)]


BY: dict[str, Callable[[Line], str]] = {
    "service": lambda line: line.service,
    "budget": lambda line: line.budget,
    "neighbourhood": lambda line: line.neighbourhood,
}


def totals(
    authority: Authority, *, year: int, by: str
) -> dict[tuple[str, Kind], Total]:
    """Give the year's totals by "service", "budget" (partner) or "neighbourhood"."""
    return ledger_sums.totals(plain_ledger(authority), year=year, by=BY[by])


def by_year(
    authority: Authority, *, first: int, last: int
) -> dict[int, dict[Kind, Total]]:
    """Give each year's totals, signed and waiting, cash apart from capacity."""
    return ledger_sums.by_year(plain_ledger(authority), first=first, last=last)


def stories(authority: Authority) -> QuerySet[GapStory]:
    """Give each telling of the gap, newest first."""
    return GapStory.objects.filter(authority=authority)


def gap_of(story: GapStory) -> Gap:
    """Work out the gap of one telling from the ledger as it stands."""
    return gap_sums.gap(
        plain_ledger(story.authority),
        started=story.started,
        grown_by=story.grown,
        year=story.year,
        households=story.households,
    )


def signed_lines(authority: Authority) -> list[tuple[Line, list[Decimal]]]:
    """Give each signed line that stands, with the pounds of each person behind it.

    What disclosure control must know before a sum is published; the list is empty
    where a line stands on a measure and on no one person.
    """
    found = {str(line.pk): line for line in ledger(authority)}
    standing = ledger_sums.standing([line.as_plain() for line in found.values()])
    return [
        (line, _pounds_each(found[line.reference]))
        for line in standing
        if line.is_signed
    ]


def people_behind(authority: Authority) -> dict[str, list[Decimal]]:
    """Give, by service, the pounds of each person behind the signed lines."""
    found: dict[str, list[Decimal]] = {}
    for line, each in signed_lines(authority):
        found.setdefault(line.service, []).extend(each)
    return found


def _pounds_each(line: LedgerLine) -> list[Decimal]:
    people = sum(effect.change_id is not None for effect in line.effects.all())
    return [line.yearly / people] * people if people else []


def neighbourhood_costs(
    authority: Authority, *, on: dt.date
) -> dict[UUID | None, tuple[int, Decimal]]:
    """Give, by neighbourhood, how many packages run on a day and their net cost."""
    found: dict[UUID | None, tuple[int, Decimal]] = {}
    for package in packages(authority):
        plain = package.as_plain()
        if plain.days_within(on, on):
            count, pounds = found.get(package.neighbourhood_id, (0, Decimal(0)))
            found[package.neighbourhood_id] = count + 1, pounds + plain.net_weekly
    return found


AGES: dict[str, dict[str, float]] = {
    # seven of the nine years from 16 to 24 are adults', taken as even
    "18 to 34": {"people_16_24": 7 / 9, "people_25_34": 1.0},
    "35 to 49": {"people_35_49": 1.0},
    "50 to 64": {"people_50_64": 1.0},
    "65 and over": {"people_65_plus": 1.0},
}


def adults() -> dict[str, dict[str, float]]:
    """Give adults by neighbourhood and age band, from the last census loaded."""
    found = {}
    for place in places.neighbourhoods():
        figures = places.neighbourhood_figures(place)
        found[place.name] = {
            band: sum(figures[key].amount * share for key, share in parts.items())
            for band, parts in AGES.items()
        }
    return found
