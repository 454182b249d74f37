"""What two of the demo's ten people are paid for: one agreed change, one cut.

Entered as their worker would, beside the person. Made up, like the people.
"""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from thedeal.demo.actions.cast import user_of
from thedeal.money.actions import packages
from thedeal.money.savings import OwnView, WhyChanged
from thedeal.partners.models import Organisation
from thedeal.residents.actions import measures
from thedeal.residents.models import Person

PRICES = "2026/27"


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What one of the ten people was paid for a week, and what became of it."""

    called: str
    kind: str
    was: int
    now: int
    days_ago: int
    why: WhyChanged
    view: OwnView
    words: str
    company: tuple[str, ...] = ()  # how often it was missing, before and now


BESIDE = (
    Beside(
        called="Gareth",
        kind="direct payment",
        was=420,
        now=60,
        days_ago=30,
        why=WhyChanged.COMMUNITY,
        view=OwnView.RIGHT,
        words="I'd rather be bossing folk about at the beds than paid company.",
        company=("Often", "Some of the time"),
    ),
    Beside(
        called="Mrs Eckersley",
        kind="home care",
        was=310,
        now=205,
        days_ago=60,
        why=WhyChanged.REVIEWED,
        view=OwnView.NOT_RIGHT,
        words="They used to stay for the second cup. Nobody asked me.",
    ),
)


def beside_people(council: Organisation) -> None:
    """Enter what two of the ten people are paid for, as their worker would.

    Gareth's support gave way to people nearby, and he says it was right; Mrs
    Eckersley's was cut, and she says it was not.
    """
    by, today = user_of("amina"), timezone.localdate()
    for number, one in enumerate(BESIDE, start=1):
        person = Person.objects.filter(
            called=one.called, authority=council.authority
        ).first()
        if person is None:
            continue
        terms = packages.Terms(
            reference=f"B{number}",
            kind=one.kind,
            gross_weekly=Decimal(one.was),
            starts_on=today - dt.timedelta(days=400),
            price_base=PRICES,
        )
        package = packages.enter(
            person_reference=f"N{number}",
            terms=terms,
            payer=council,
            by=by,
            person=person,
        )
        changed = today - dt.timedelta(days=one.days_ago)
        after = replace(
            terms,
            reference=f"B{number}b",
            gross_weekly=Decimal(one.now),
            starts_on=changed,
        )
        made = packages.change(
            package, why=one.why, happened_on=changed, after=after, by=by
        )
        packages.record_own_view(
            made, view=one.view, words=one.words, asked_on=today, by=by
        )
        _company(person, one, by=by)


def _company(person: Person, one: Beside, *, by: Any) -> None:
    """Ask how often company is missing: before the change, and now."""
    for word, days_ago in zip(one.company, (one.days_ago + 10, 0), strict=False):
        measures.answer(
            person,
            instrument="loneliness",
            answers=dict.fromkeys(("companionship", "left_out", "isolated"), word),
            is_own_answer=True,
            by=by,
            taken_at=timezone.now() - dt.timedelta(days=days_ago),
        )
