"""The demo's money: made-up packages, changes, ledger lines and the gap.

Everything goes in as a council's own would: an export of the case system, changes with
the person's own view, lines that one writes and another signs. Seeded, so that it is
the same each time; run twice it changes nothing. The figures are nobody's.
"""

import csv
import datetime as dt
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from thedeal.demo import cast
from thedeal.demo.actions.beside import beside_people
from thedeal.demo.actions.cast import user_of
from thedeal.demo.actions.gap import tell_gap
from thedeal.lib import logins
from thedeal.money import permissions
from thedeal.money import selectors as money
from thedeal.money.actions import ledger, packages, questions
from thedeal.money.ledger_sums import Kind
from thedeal.money.models import Package
from thedeal.money.savings import OwnView, WhyChanged
from thedeal.partners.models import Authority, Organisation
from thedeal.places.models import Neighbourhood, Postcode

SEED, PEOPLE = 160, 360
PRICES = "2026/27"
KINDS = {  # kind of support: least and most pounds a week
    "home care": (90, 420),
    "day care": (80, 230),
    "direct payment": (120, 640),
    "residential": (560, 1_150),
}
WEIGHTS = (50, 15, 20, 15)
REASONS = (
    (WhyChanged.COMMUNITY, 70),
    (WhyChanged.MORE_ABLE, 12),
    (WhyChanged.REVIEWED, 8),
    (WhyChanged.DIED, 14),
    (WhyChanged.HOSPITAL, 6),
    (WhyChanged.MOVED_AWAY, 5),
)

QUESTIONS = (
    questions.Asked(
        who="moved",
        measure="cost",
        worthwhile=Decimal(100),
        because="less than that would not pay for what people moved to.",
    ),
    questions.Asked(
        who="joined",
        theme="singing",
        measure="lonely",
        worthwhile=Decimal(1),
        because="it is the least step that a person can feel.",
    ),
)
HEAD = (
    "package id,person id,service type,weekly cost,contribution,health share,start,end"
)


def build_money(*, tell: Callable[[str], None]) -> None:
    """Make the demo's packages, ledger and gap, once."""
    authority = Authority.objects.get(slug=cast.COUNCIL)
    if Package.objects.filter(authority=authority).exists():
        return
    with logins.transaction_now():
        council = permissions.council_of(authority)
        _packages(council)
        _changes(authority)
        beside_people(council)
        _ledger(council)
        for question in QUESTIONS:
            questions.ask(question, authority=authority, by=user_of("mei"))
        tell_gap(authority)
    count = Package.objects.filter(authority=authority).count()
    tell(f"{count} made-up packages, a ledger and the gap")


def _packages(council: Organisation) -> None:
    packages.take_in(
        _export().encode(),
        file_name="made-up-export.csv",
        payer=council,
        price_base=PRICES,
        by=user_of("oliver"),
    )


def _export() -> str:
    chance = random.Random(SEED)  # noqa: S311 - made-up people, not secrets
    postcodes = list(
        Postcode.objects.filter(neighbourhood__isnull=False, terminated_on__isnull=True)
        .order_by("text")
        .values_list("text", flat=True)
    )
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow([*HEAD.split(","), "postcode"])
    for number in range(1, PEOPLE + 1):
        rows.writerow(_row(number, chance, postcodes))
    return out.getvalue()


def _row(number: int, chance: random.Random, postcodes: list[str]) -> list[str]:
    kind = chance.choices(list(KINDS), WEIGHTS)[0]
    least, most = KINDS[kind]
    gross = Decimal(chance.randrange(least, most, 5))
    began = timezone.localdate() - dt.timedelta(days=chance.randrange(420, 1500))
    health = gross / 4 if chance.random() < 0.06 else Decimal(0)
    return [
        f"P{number:04d}",
        f"M{number:05d}",
        kind,
        f"£{gross:,.2f}",
        f"{gross * chance.choice([0, 0, 1, 2]) / 10:.2f}",
        f"{health:.2f}",
        began.strftime("%d/%m/%Y"),
        "",
        chance.choice(postcodes),
    ]


def _changes(authority: Authority) -> None:
    chance = random.Random(SEED + 1)  # noqa: S311 - made-up people, not secrets
    found = list(money.packages(authority).order_by("reference"))
    chance.shuffle(found)
    for why, count in REASONS:
        for _ in range(count):
            _change(found.pop(), why, chance)


def _change(before: Package, why: WhyChanged, chance: random.Random) -> None:
    by = user_of("mei")
    day = timezone.localdate() - dt.timedelta(days=chance.randrange(200, 330))
    changed = packages.change(
        before, why=why, happened_on=day, after=_after(before, why, day, chance), by=by
    )
    if why in (WhyChanged.COMMUNITY, WhyChanged.MORE_ABLE, WhyChanged.REVIEWED):
        view = chance.choices(
            [OwnView.RIGHT, OwnView.PARTLY, OwnView.NOT_RIGHT, OwnView.NOT_ASKED],
            [78, 10, 5, 7],
        )[0]
        if view is not OwnView.NOT_ASKED:
            asked = day + dt.timedelta(days=56)
            packages.record_own_view(
                changed, view=view, words="", asked_on=asked, by=by
            )


def _after(
    before: Package, why: WhyChanged, day: dt.date, chance: random.Random
) -> packages.Terms | None:
    """Give what follows: nothing, or the same support at a part of its cost."""
    shares = {
        WhyChanged.COMMUNITY: (0, 35),
        WhyChanged.MORE_ABLE: (30, 70),
        WhyChanged.REVIEWED: (70, 105),
    }
    if why not in shares:
        return None
    share = Decimal(chance.randrange(*shares[why])) / 100
    gross = (before.gross_weekly * share).quantize(Decimal("0.01"))
    if gross < 15:
        return None
    starts = day
    return packages.Terms(
        reference=f"{before.reference}b",
        kind=before.kind,
        gross_weekly=gross,
        contribution_weekly=min(before.contribution_weekly, gross / 10).quantize(
            Decimal("0.01")
        ),
        starts_on=starts,
        price_base=PRICES,
    )


def _ledger(council: Organisation) -> None:
    writer, signer = user_of("oliver"), user_of("mei")
    for claim, is_signed in _claims(council):
        line = ledger.add(claim, by=writer)
        if is_signed:
            ledger.sign(line, by=signer)


def _claims(council: Organisation) -> Iterator[tuple[ledger.Claim, bool]]:
    year = money.financial_year(timezone.localdate())
    savings = [
        j for j in money.judged_changes(council.authority) if j.judgement.is_saving
    ]
    by_kind: dict[str, list[Any]] = {}
    for judged in savings:
        by_kind.setdefault(judged.change.before.kind, []).append(judged)
    for kind, group in sorted(by_kind.items()):
        weekly = sum((j.judgement.weekly for j in group), Decimal(0))
        yield (
            ledger.Claim(
                title=f"{kind.capitalize()} that gave way to people nearby",
                how_worked_out=(
                    f"{len(group)} packages fell by {weekly:,.2f} pounds a week in all, "
                    "the smaller of gross and net, times 52. Each person says the "
                    "change was right. Made up."
                ),
                kind=Kind.CASH,
                budget=council,
                service="Adult care",
                first_year=year,
                yearly=weekly * 52,
                evidence_grade=1,
                taper=(Decimal("0.5"), Decimal(1)),
                is_lasting=True,
                changes=[j.change for j in group],
            ),
            kind != "direct payment",
        )
    yield from _measured(council, year)


def _measured(council: Organisation, year: int) -> Iterator[tuple[ledger.Claim, bool]]:
    trust = Organisation.objects.get(authority=council.authority, slug=cast.NHS)
    places = dict(
        Neighbourhood.objects.filter(authority=council.authority).values_list(
            "name", "pk"
        )
    )
    for told in MEASURED:
        is_cash = told.kind is Kind.CASH
        yield (
            ledger.Claim(
                title=told.title,
                how_worked_out=told.how,
                kind=told.kind,
                budget=trust if told.is_health else council,
                service=told.service,
                neighbourhood_id=places.get(told.place),
                first_year=year - 2 if is_cash else year,
                yearly=Decimal(told.yearly),
                evidence_grade=told.grade,
                is_lasting=is_cash,
                measures=[f"measure:{told.title.lower()}"],
            ),
            told.is_signed,
        )


SPEND = (
    "Spend in the last full year against the year before the change, at the same "
    "prices. Made up for the demonstration."
)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A made-up line that stands on a measure."""

    title: str
    service: str
    yearly: int
    grade: int = 1
    kind: Kind = Kind.CASH
    place: str = ""
    is_health: bool = False
    is_signed: bool = True
    how: str = SPEND


MEASURED = (
    Measured(
        title="Street lights changed for ones that use less",
        service="Streets",
        yearly=1_400_000,
        grade=3,
    ),
    Measured(
        title="Two offices given up, work done from hubs",
        service="Buildings",
        yearly=2_300_000,
        grade=2,
        place="Wigan Central & Aspull",
    ),
    Measured(
        title="One front door instead of five",
        service="How we are reached",
        yearly=900_000,
    ),
    Measured(
        title="Libraries opened with groups that run them",
        service="Libraries",
        yearly=350_000,
        place=cast.HOME,
    ),
    Measured(
        title="Recycling people sort themselves",
        service="Waste",
        yearly=1_100_000,
        grade=2,
        is_signed=False,
    ),
    Measured(
        title="Workers' time no longer spent filling forms",
        service="Adult care",
        yearly=420_000,
        kind=Kind.CAPACITY,
        how="Hours counted over two weeks before and after. Made up.",
    ),
    Measured(
        title="Fewer calls on district nurses for company",
        service="Community health",
        yearly=64_000,
        kind=Kind.CAPACITY,
        place=cast.HOME,
        is_health=True,
        how="Visits counted for a quarter before and after. Made up.",
    ),
    Measured(
        title="One room for three teams at the health centre",
        service="Buildings",
        yearly=38_000,
        place=cast.HOME,
        is_health=True,
        how="Rent no longer paid. Made up.",
    ),
)
