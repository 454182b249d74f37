"""The demo's plan: made from made-up people, with what came of a group or two.

The people go in by their worker's own hands; the plan is the one a council's job makes.
Run twice it changes nothing.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from thedeal.deals.actions import planning
from thedeal.deals.models import NewGroup, Plan, Proposal
from thedeal.demo import cast
from thedeal.demo.actions.cast import user_of
from thedeal.lib import logins
from thedeal.partners.models import Authority, Team
from thedeal.residents import reach
from thedeal.residents.actions import gifts, people
from thedeal.residents.models import Person, Wish

TEXTS = Path(__file__).resolve().parents[1] / "texts" / "neighbours.yaml"
LEAD = "sunita"
# by the interest of the group: what those who were asked said, and what came of it
CAME = {
    "sewing and knitting": ("yyyny", None, ""),
    "games and cards": (
        *("nynnn", False),
        "The room is the uniformed groups' on Mondays. Ask again for a Friday.",
    ),
}


def build_plan(*, tell: Callable[[str], None]) -> None:
    """Meet those who are missing, and make the plan once; ``tell`` hears of both."""
    council = Authority.objects.get(slug=cast.COUNCIL)
    rows = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))["people"]
    known = set(Person.objects.filter(authority=council).values_list("full_name"))
    for row in rows:
        if (row[1],) not in known:
            _meet(*row)
    if not Plan.objects.filter(authority=council).exists():
        planning.make(council.pk)
        _what_came(council)
    groups = NewGroup.objects.filter(authority=council).count()
    tell(f"{len(rows)} more made-up people, and {groups} groups that should be there")


def team_of(worker: Any) -> Team:
    """Give the team a worker of the cast is in; raise ValueError for none."""
    team = reach.workings_of(worker).select_related("team").earliest("starts_on").team
    if team is None:
        raise ValueError(f"{worker} is in no team.")
    return team


@logins.atomic
def _meet(
    called: str, full_name: str, postcode: str, worker: str, hours: str, wish: str
) -> None:
    by = user_of(worker)
    person = people.meet(
        team=team_of(by),
        by=by,
        called=called,
        full_name=full_name,
        postcode=postcode,
        free_when=hours,
    )
    gifts.say_wish(person, kind=Wish.Kind.WANT, words=wish, by=by, is_confirmed=True)


@logins.atomic
def _what_came(council: Authority) -> None:
    """Write down what people said of some groups, and what came of one."""
    for interest, (answers, started, why) in CAME.items():
        group = NewGroup.objects.filter(authority=council, interest=interest).first()
        if group is None:
            continue
        for proposal, says in zip(_asked(group), answers, strict=False):
            tie = proposal.person.alongside.get(ended_at__isnull=True)
            planning.they_said(proposal, yes=says == "y", by=tie.worker)
        group.refresh_from_db()
        if started is not None:
            planning.came_of(group, started=started, why=why, by=user_of(LEAD))


def _asked(group: NewGroup) -> list[Proposal]:
    rows = group.proposals.select_related("person")
    return list(rows.order_by("person__sort_key"))
