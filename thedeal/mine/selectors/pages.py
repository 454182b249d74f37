"""What each of the person's own pages shows, ready to be drawn.

Everything comes from the rooms' own reads of one person, less what is held back
(``mine.held_back``). It must never read what is somebody else's.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from thedeal.deals import columns
from thedeal.deals.models import (
    Conversation,
    Deal,
    DealVersion,
    Draft,
    FieldNote,
    FollowUp,
    Introduction,
    LawDoor,
    NextStep,
    Promise,
    Version,
)
from thedeal.deals.selectors import desk, doors
from thedeal.deals.selectors.deals import Columns, columns_of
from thedeal.deals.states import (
    WAITING,
    Asked,
    DealState,
    DoorState,
    Introduced,
    PromiseState,
    Side,
)
from thedeal.deals.writing import unpacked
from thedeal.lib.wording import date
from thedeal.mine import held_back
from thedeal.residents.models import Person

SILENCE = (
    "We said we would by {day} and did not, and we have not told you why. We are sorry."
)
SORRY = "We said we would by {day} and did not. {words} We do it by {new}."
NOT_OVER = (Asked.WAITING.value, Asked.ASKED.value)
ON_THE_WAY = (*(state.value for state in WAITING), Introduced.RING_ME.value)
DOORS = {
    DoorState.ASKED.value: "You asked for: {door}. We wait for {who} to answer",
    DoorState.RECEIVED.value: "You asked for: {door}. It is with {who}",
}
STATES = {PromiseState.KEPT.value: "kept", PromiseState.LET_GO.value: "dropped"}


@dataclass(frozen=True, kw_only=True)
class Coming:
    """One thing that happens next: in a sentence, and by when if there is a day."""

    words: str
    on: dt.date | None
    # how the day is said: "by Monday", "on Tuesday"
    how: str = "by"
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A conversation as the person reads it: their words first, then what was noted."""

    held_on: dt.date
    worker: str
    team: str
    words: str
    notes: list[FieldNote]
    next_step: str
    is_over: bool


def deals(person: Person) -> QuerySet[Deal]:
    """Give a person's deals that were ever shown to them, newest first."""
    shown = DealVersion.objects.filter(deal_id=OuterRef("pk"))
    return person.deal_rows.filter(Exists(shown)).select_related(
        "worker", "team", "organisation"
    )


def standing(person: Person) -> Columns | None:
    """Give the deal that stands with both columns, or None; four queries."""
    deal = deals(person).exclude(state=DealState.ENDED.value).first()
    return as_shown(deal) if deal else None


def as_shown(deal: Deal) -> Columns:
    """Give both columns with each promise that was ever shown to the person.

    What a worker has only begun to write is not among them.
    """
    both = columns_of(deal)
    lines = [line for v in deal.versions.all() for line in columns.unpacked(v.content)]
    known = {line.promise for line in lines}
    return replace(
        both,
        ours=[row for row in both.ours if str(row.pk) in known],
        yours=[row for row in both.yours if str(row.pk) in known],
    )


def next_for(person: Person) -> list[Coming]:
    """Give what happens next, soonest first, what has no day last. Five queries."""
    found = [*_steps(person), *_promises(person), *_met(person), *_asked(person)]
    found += _doors(person)
    last = dt.date.max
    return sorted(found, key=lambda each: each.on or last)


def talks(person: Person) -> list[Talk]:
    """Give every conversation with a person, newest first. Four queries."""
    notes = FieldNote.objects.filter(is_in_confidence=False).select_related("writer")
    rows = Conversation.objects.filter(person=person).select_related(
        "worker", "team", "next_step"
    )
    found = rows.prefetch_related(
        Prefetch("notes", notes),
        Prefetch("drafts", Draft.objects.order_by("saved_at")),
        Prefetch("versions", Version.objects.order_by("number")),
    )
    return [_talk(row) for row in found]


def drawn(promise: Promise) -> dict[str, Any]:
    """Give a promise as the two columns show it, a broken one of ours as broken."""
    broken = promise.is_broken
    return {
        "text": promise.what,
        "who": promise.who,
        "due": f"by {date(promise.was_due_first)}",
        "note": _note(promise) if broken else promise.how_it_went,
        "state": "broken" if broken else STATES.get(promise.state, "open"),
    }


def _note(promise: Promise) -> str:
    sorries = list(promise.sorries.all())
    day = date(promise.was_due_first)
    if not sorries:
        return SILENCE.format(day=day)
    last = sorries[-1]
    said = SORRY.format(day=day, words=last.words, new=date(last.new_by_when))
    if promise.state == PromiseState.KEPT.value:
        return f"{said} It is done now. {promise.how_it_went}".strip()
    return said


def _talk(row: Conversation) -> Talk:
    written: list[Version | Draft] = [*row.versions.all(), *row.drafts.all()]
    words = {
        each.writer_id: held_back.own_words(unpacked(each.content)) for each in written
    }
    step = row.next_step
    return Talk(
        held_on=row.held_on,
        worker=str(row.worker),
        team=row.team.name,
        words="\n\n".join(dict.fromkeys(text for text in words.values() if text)),
        notes=[note for note in row.notes.all() if note.saw_heard or note.exact_words],
        next_step=_said_of(step) if step else "",
        is_over=row.finished_at is not None,
    )


def _said_of(step: NextStep) -> str:
    return (
        f"{STEPS[step.kind]}. {step.words}".strip()
        if step.words
        else (f"{STEPS[step.kind]}.")
    )


STEPS = {
    "talk again": "We talk again",
    "make a deal": "We make a deal together",
    "be introduced": "We introduce you to somebody",
    "try it myself": "You try it yourself",
    "law's door": "You asked for what the law gives you",
    "ring when ready": "The door stays open: ring when you are ready",
}


def _steps(person: Person) -> list[Coming]:
    rows = desk.still_to_come(person.nextstep_rows.all())
    return [Coming(words=_said_of(row), on=row.due_on) for row in rows]


def _promises(person: Person) -> list[Coming]:
    today = timezone.localdate()
    rows = person.promise_rows.filter(
        state=PromiseState.OPEN.value,
        deal__in=deals(person).filter(ended_at__isnull=True),
    )
    return [
        Coming(
            words=f"{'We' if row.side == Side.OURS.value else 'You'} promised: {row.what}",
            on=row.by_when,
            is_late=row.side == Side.OURS.value and row.by_when < today,
        )
        for row in rows
    ]


def _met(person: Person) -> list[Coming]:
    rows: QuerySet[Introduction] = person.introduction_rows.select_related("group")
    found = []
    for row in rows.filter(went_at__isnull=True):
        if row.state == Introduced.YES.value:
            found.append(
                Coming(
                    words=f"You are expected at {row.group.name}",
                    on=row.come_on,
                    how="on",
                )
            )
        elif row.state in ON_THE_WAY:
            found.append(
                Coming(words=f"We wait for {row.group.name} to answer", on=None)
            )
    return found


def _asked(person: Person) -> list[Coming]:
    """Give the next time that we ask; the later ones can wait to be told."""
    rows: QuerySet[FollowUp] = person.followup_rows.filter(state__in=NOT_OVER)
    return [
        Coming(words="We ask how it went", on=row.due_on, how="about")
        for row in rows.order_by("due_on")[:1]
    ]


def _doors(person: Person) -> list[Coming]:
    rows = doors.own(person).filter(state__in=DOORS)
    return [
        Coming(
            words=DOORS[row.state].format(door=row.door, who=_who_answers(row)), on=None
        )
        for row in rows
    ]


def _who_answers(row: LawDoor) -> str:
    return f"{row.place.name}, {row.place.phone}" if row.place else "the council"
