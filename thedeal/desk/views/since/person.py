"""All that has come of it with one person, on one page, with what to do about each."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from thedeal.accounts.roles import Permission
from thedeal.deals import writing
from thedeal.deals.models import (
    Conversation,
    Deal,
    FollowUp,
    Introduction,
    NextStep,
    SpentFor,
)
from thedeal.deals.selectors import alternatives, doors
from thedeal.deals.selectors import people as reading
from thedeal.deals.states import INTRODUCTION_MOVES, Asked, DealState, Introduced, Next
from thedeal.desk import permissions
from thedeal.desk.forms.talking import NEXT_WORDS
from thedeal.desk.views.drawing import absent_is_404, page
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.talking.door_requests import shown
from thedeal.desk.views.talking.doors import hrefs
from thedeal.lib.wording import day, pounds, since, when
from thedeal.residents import permissions as residents
from thedeal.residents.actions import people as acting
from thedeal.residents.models import OfferChoice
from thedeal.residents.selectors import gifts

STATE_WORDS = {
    Introduced.ASKED: "Asked {since}",
    Introduced.CHASED_ONCE: "Asked {since}, and once more",
    Introduced.CHASED_TWICE: "Asked {since}, and twice more",
    Introduced.NO_ANSWER: "No answer: ring them",
    Introduced.YES: "They said: yes, come",
    Introduced.FULL: "They are full",
    Introduced.RING_ME: "They said: ring me",
    Introduced.WENT: "Went",
    Introduced.SETTLED: "Belongs there now",
    Introduced.DID_NOT_GO: "Did not go",
    Introduced.CALLED_OFF: "Called off",
}
GLAD = {Introduced.WENT, Introduced.SETTLED}
DO_WORDS = {
    Introduced.WENT: "They went",
    Introduced.SETTLED: "They belong there now",
    Introduced.CALLED_OFF: "They would rather not",
}
SAYS = {Introduced.YES, Introduced.FULL}
DEAL_WORDS = {
    DealState.WRITING: ("Being written", "plain"),
    DealState.SHOWN: ("Waits for their yes", "gold"),
    DealState.AGREED: ("Agreed", "good"),
    DealState.ENDED: ("Ended", "plain"),
}
LOOKING_AGAIN = {Introduced.FULL, Introduced.NO_ANSWER}
WAITS = {Asked.WAITING.value, Asked.ASKED.value, Asked.WORKER_TOLD.value}


@permissions.needs(Permission.SEE_PEOPLE)
@require_safe
def so_far(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what has come of it with a person, newest first; note that somebody looked."""
    with absent_is_404():
        acting.open_page(pk, by=request.user)
        found = reading.page(request.user, pk)
    notes: dict[UUID, list[Any]] = {}
    for note in found.notes:
        notes.setdefault(note.conversation_id, []).append(note)
    return page(
        request,
        "desk/since/so_far.html",
        section=SECTION,
        person=found.person,
        may_change=residents.can_change(request.user, found.person),
        law=hrefs(found.person),
        deals=[_deal(row) for row in found.deals],
        spends=[_spend(row) for row in found.spends],
        requests=[shown(row) for row in doors.of_person(found.person)],
        introductions=[_introduction(row) for row in found.introductions],
        signposts=found.signposts,
        company=[_meeting(row, found.person) for row in gifts.meetings(found.person)],
        follow_ups=[_follow_up(row) for row in found.follow_ups],
        steps=[_step(row) for row in _steps(found.person)],
        talks=[_talk(row, notes.get(row.pk, [])) for row in found.conversations],
    )


def _deal(row: Deal) -> dict[str, Any]:
    words, colour = DEAL_WORDS[DealState(row.state)]
    return {
        "href": reverse("desk:deal", args=[row.pk]),
        "text": f"The deal with {row.worker}, {day(row.created_at)}",
        "state": words,
        "colour": colour,
        "why_ended": row.why_ended,
    }


def _spend(row: SpentFor) -> dict[str, Any]:
    line = row.spend
    return {"text": f"{line.bought}, {pounds(line.pence / 100)}", "on": line.spent_on}


def _introduction(row: Introduction) -> dict[str, Any]:
    state = Introduced(row.state)
    may = [to for to in DO_WORDS if to in INTRODUCTION_MOVES[state]]
    return {
        "row": row,
        "where": row.group.name,
        "state": STATE_WORDS[state].format(since=since(row.asked_at)),
        "colour": "good" if state in GLAD else "plain",
        "is_settled": state is Introduced.SETTLED,
        "come_on": day(row.come_on) if row.come_on else "",
        "may_say": bool(SAYS & INTRODUCTION_MOVES[state]),
        "may": [{"value": to.value, "text": DO_WORDS[to]} for to in may],
        "instead": alternatives.instead_of(row) if state in LOOKING_AGAIN else [],
    }


def _meeting(row: OfferChoice, person: Any) -> dict[str, Any]:
    """Give a meeting without the other's name, until both have said yes."""
    both = row.asker_says and row.offerer_says
    other = row.person if row.offer.person_id == person.pk else row.offer.person
    state = "Both said yes" if both else "To be asked"
    return {
        "row": row,
        "other": gifts.first_name(other) if both else "Somebody near by",
        "state": "Ended" if row.ended_at else state,
        "meets": when(row.meets_at) if row.meets_at else "",
    }


def _follow_up(row: FollowUp) -> dict[str, Any]:
    about = row.introduction.group.name if row.introduction else "our deal"
    return {
        "row": row,
        "text": f"{row.weeks} weeks on: {about}",
        "on": day(row.due_on),
        "waits": row.state in WAITS,
        "was_asked": row.state != Asked.WAITING.value,
        "went": row.get_went_display() if row.went else "",
        "mattered": row.get_mattered_display() if row.mattered else "",
    }


def _steps(person: Any) -> Any:
    return NextStep.objects.filter(person=person).order_by("done_at", "due_on")


def _step(row: NextStep) -> dict[str, Any]:
    return {"row": row, "text": NEXT_WORDS[Next(row.kind)]}


def _talk(row: Conversation, notes: list[Any]) -> dict[str, Any]:
    return {
        "row": row,
        "on": day(row.held_on),
        "href": reverse("desk:talk", args=[row.pk]),
        "step": NEXT_WORDS[Next(row.next_step.kind)] if row.next_step else "",
        "notes": notes,
        "boxes": writing.NOTE_BOXES,
    }
