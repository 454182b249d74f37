"""What a worker's desk shows first: who waits, our promises, who went, whom I am beside.

Rows of one shape: a link, soft facts, a tag. Nothing else is on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from thedeal.accounts.roles import Permission
from thedeal.deals.actions.doors import MOST_CHASES
from thedeal.deals.models import (
    AskToTalk,
    Introduction,
    NextStep,
    NoteBeside,
    Promise,
)
from thedeal.deals.selectors import beside, desk, fell_short, planning
from thedeal.deals.states import Introduced, Next
from thedeal.desk.forms.talking import NEXT_WORDS
from thedeal.desk.views.drawing import authority_of
from thedeal.desk.views.talking.asks import is_late
from thedeal.desk.views.talking.doors import TITLES
from thedeal.lib.wording import day, since, when
from thedeal.residents.selectors import people

MOST = 20
NOT_ANSWERED = {
    Introduced.ASKED: "asked {since}",
    Introduced.CHASED_ONCE: "asked {since}, and once more",
    Introduced.CHASED_TWICE: "asked {since}, and twice more",
    Introduced.NO_ANSWER: "no answer since {since}: ring them",
    Introduced.RING_ME: "they say: ring me",
    Introduced.FULL: "they are full: look for another with them",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the desk: what it is, where it leads, what is soft about it."""

    text: str
    href: str
    facts: list[str]
    tag: str = ""
    colour: str = "plain"


def today(request: HttpRequest, held: frozenset[Permission]) -> dict[str, Any]:
    """Give a worker's day; nothing for somebody who makes no deals."""
    authority = authority_of(request)
    user = request.user
    if Permission.MAKE_DEALS not in held or authority is None:
        sees = Permission.SEE_PEOPLE in held
        return {
            "day": None,
            "doors": _rows(_door, desk.doors_open(user)) if sees else [],
        }
    return {
        "day": {
            "asks": _rows(_ask, desk.asks_waiting(user)),
            "due": _promises(user, held, authority_id=authority.pk)
            + _rows(_fell_short, fell_short.told_to(user))
            + _rows(_note, beside.unanswered(user)),
            "steps": _rows(_step, desk.steps_due(user)),
            "worth": _worth_asking(user),
            "waits": _rows(_to_ring, desk.to_ring(user))
            + _rows(_introduction, desk.not_answered(user))
            + _rows(_door, desk.doors_open(user)),
            "went": _rows(_went, desk.who_went(user)),
            "people": _people(user),
        }
    }


def _rows(draw: Any, found: Any) -> list[Row]:
    return [draw(one) for one in found[:MOST]]


def _promises(
    user: Any, held: frozenset[Permission], *, authority_id: UUID
) -> list[Row]:
    """Give our promises due: a lead's of all their teams, a worker's their own."""
    leads = Permission.CLEAR_BARRIERS in held
    due = desk.teams_promises_due if leads else desk.promises_due
    return [
        _promise(one, is_own=one.owner_id == user.pk)
        for one in due(user, authority_id=authority_id)[:MOST]
    ]


def _worth_asking(user: Any) -> list[Row]:
    """Give one row for all the proposals that wait, which have a page of their own."""
    found = planning.waiting_for(user).values("person_id").distinct().order_by()
    if not (many := found.count()):
        return []
    who = "one of your people" if many == 1 else f"{many} of your people"
    return [
        Row(
            text=f"Something might suit {who}",
            href=reverse("desk:worth_asking"),
            facts=["from this week’s plan", "nobody has been told"],
        )
    ]


def _people(user: Any) -> dict[str, Any]:
    """Give whom the worker is alongside, those with a talk still open first."""
    open_talks = {talk.person_id: talk for talk in desk.unfinished(user)}
    mine = list(people.mine(user))
    mine.sort(key=lambda person: person.pk not in open_talks)
    return {"rows": _beside(mine[:MOST], open_talks), "more": max(0, len(mine) - MOST)}


def _beside(mine: Iterable[Any], open_talks: dict[Any, Any]) -> list[Row]:
    return [
        Row(
            text=person.name,
            href=reverse("desk:person", args=[person.pk]),
            facts=[person.place_words or person.postcode],
        )
        if person.pk not in open_talks
        else Row(
            text=person.name,
            href=reverse("desk:talk", args=[open_talks[person.pk].pk]),
            facts=[f"you talked {day(open_talks[person.pk].held_on)}"],
            tag="No next step yet",
            colour="gold",
        )
        for person in mine
    ]


def _ask(one: AskToTalk) -> Row:
    owner = f"{one.owner} has it" if one.owner else "nobody has it yet"
    return Row(
        text=f"Somebody would like to talk: {one.get_for_whom_display()}",
        href=reverse("desk:ask", args=[one.pk]),
        facts=[f"waiting since {when(one.created_at)}", owner]
        + ([] if one.owner else [f"by {when(one.due_by)}"]),
        tag="Late" if is_late(one) else "",
        colour="bad",
    )


def _promise(one: Promise, *, is_own: bool) -> Row:
    late = one.by_when < timezone.localdate()
    whose = [] if is_own else [f"promised by {one.owner}"]
    return Row(
        text=one.what,
        href=reverse("desk:deal", args=[one.deal_id]),
        facts=[f"to {one.person.name}", f"by {day(one.by_when)}", *whose],
        tag="Late: say sorry" if late else "",
        colour="bad",
    )


def _fell_short(one: Any) -> Row:
    return _of_person(one.person, "says we promised something and did not do it")


def _note(one: NoteBeside) -> Row:
    return Row(
        text=one.person.name,
        href=reverse("desk:person_beside", args=[one.person_id]),
        facts=["says that something is not right", since(one.created_at)],
    )


def _step(one: NextStep) -> Row:
    chosen = NEXT_WORDS[Next(one.kind)].lower()
    by = [f"by {day(one.due_on)}"] if one.due_on else []
    return _of_person(one.person, chosen, *by)


def _to_ring(one: Any) -> Row:
    return _of_person(one.person, "has not said how it went: ring, if they like")


def _introduction(one: Introduction) -> Row:
    told = NOT_ANSWERED[Introduced(one.state)].format(since=since(one.asked_at))
    return _of_person(one.person, one.group.name, told)


def _door(one: Any) -> Row:
    return Row(
        text=one.person.name,
        href=reverse("desk:door_request", args=[one.pk]),
        facts=[
            TITLES[one.door],
            f"asked {since(one.created_at)}",
            f"{one.place.name}, {one.place.phone}" if one.place else "nobody is named",
        ],
        tag="No answer: ring" if one.chases >= MOST_CHASES or not one.place else "",
        colour="bad",
    )


def _went(one: Introduction) -> Row:
    is_settled = one.state == Introduced.SETTLED.value
    return Row(
        text=one.person.name,
        href=reverse("desk:person", args=[one.person_id]),
        facts=[one.group.name, f"went {day(one.went_at)}" if one.went_at else ""],
        tag="Settled there" if is_settled else "",
        colour="good",
    )


def _of_person(person: Any, *facts: str) -> Row:
    href = reverse("desk:so_far", args=[person.pk])
    return Row(text=person.name, href=href, facts=list(facts))
