"""What a group, or the person, may do by following a link: registered with ``links``.

Each link carries the person's id, so that the walls let it through to that person's
rows and no further; what is shown of them is a first name and what they chose to say.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from thedeal.community.selectors import dates
from thedeal.deals.actions import agreeing, doors, follow_ups, introductions, sending
from thedeal.deals.columns import Line
from thedeal.deals.models import DealVersion, FollowUp, Introduction, LawDoor
from thedeal.deals.selectors.deals import sides_of
from thedeal.deals.states import Introduced
from thedeal.lib import links, wording
from thedeal.lib.errors import UserFacingError

MOST_DAYS_SHOWN = 3
WEEKS_3 = 21
YES = "yes"
THANKS = {
    Introduced.YES: "Thank you. {name} will be glad. We let them know.",
    Introduced.FULL: "Thank you for telling us. We will find something else for {name}.",
    Introduced.RING_ME: "Thank you. Whoever is with {name} rings you.",
}
SORRY = "Thank you for telling us, and sorry. Somebody will be in touch."
FOLLOWED_UP = "Thank you. It helps us to do better, and the next person too."
Went, Mattered = FollowUp.Went, FollowUp.Mattered
HOW_IT_WENT: dict[str, tuple[str, FollowUp.Went, FollowUp.Mattered | None]] = {
    "mattered": ("I went, and it made a difference", Went.YES, Mattered.YES),
    "a bit": ("I went, and it was all right", Went.YES, Mattered.A_BIT),
    "no difference": ("I went, and it was not for me", Went.YES, Mattered.NO),
    "not yet": ("I have not been yet", Went.NOT_YET, None),
    "no": ("I would rather not go", Went.NO, None),
}
# what may be said with any answer, and an answer that says nothing else
FELL_SHORT, ONLY_THAT = "fell_short", "only that"


def show_introduction(link: Any) -> dict[str, Any]:
    """Give what a group sees of somebody who would like to come."""
    row = _introduction(link)
    coming = [
        {"value": f"{YES} {day}", "text": f"Yes, come {_said(day)}"}
        for day in _next_days(row)
    ]
    return {
        "heading": f"{row.first_name} would like to come to {row.group.name}",
        "text": row.says,
        "note": "Anything they should know: when, where, whom to ask for?",
        "choices": [
            *coming,
            {"value": YES, "text": "Yes, they are welcome"},
            {"value": "full", "text": "We are full"},
            {"value": "ring me", "text": "Ring me first"},
        ],
    }


def answer_introduction(link: Any, choice: str, typed: dict[str, str]) -> str:
    """Take the group's answer; give the thanks to show."""
    row = _introduction(link)
    word, _, day = choice.partition(" ") if choice.startswith(YES) else (choice, "", "")
    if word not in {s.value for s in THANKS}:
        raise UserFacingError("Choose one of the answers.")
    state = Introduced(word)
    introductions.answer(
        row, state=state, come_on=_day(day), words=typed.get("note", "")
    )
    return THANKS[state].format(name=row.first_name)


def show_came(link: Any) -> dict[str, Any]:
    """Ask a group whether somebody came."""
    row = _introduction(link)
    return {
        "heading": f"Did {row.first_name} come to {row.group.name}?",
        "choices": [
            {"value": "came", "text": "They came"},
            {"value": "not yet", "text": "Not this time"},
        ],
    }


def answer_came(link: Any, choice: str, typed: dict[str, str]) -> str:
    """Take whether somebody came."""
    row = _introduction(link)
    if choice == "came":
        introductions.went(row)
    elif choice != "not yet":
        raise UserFacingError("Choose one of the answers.")
    return "Thank you. That is all we needed."


def show_follow_up(link: Any) -> dict[str, Any]:
    """Ask the person how it went: one tap, and a word more if they like."""
    row = _follow_up(link)
    since = "We made a deal together some weeks ago."
    if row.introduction:
        since = f"You were introduced to {row.introduction.group.name}."
    return {
        "heading": "How did it go?",
        "text": f"{since} You need not answer.",
        "note": "How are you? Anything else to say?",
        "is_note_folded": True,
        "tick": {
            "name": FELL_SHORT,
            "text": "You promised something and did not do it",
        },
        "choices": [
            *({"value": v, "text": text} for v, (text, _, _) in HOW_IT_WENT.items()),
            {"value": ONLY_THAT, "text": "Send only what I said above"},
        ],
    }


def show_follow_up_again(link: Any, typed: dict[str, str]) -> dict[str, Any]:
    """Ask once more, with what was written and ticked still there."""
    return {
        **show_follow_up(link),
        "written": typed.get("note", ""),
        "is_ticked": FELL_SHORT in typed,
    }


def answer_follow_up(link: Any, choice: str, typed: dict[str, str]) -> str:
    """Take how it went; a promise that we did not keep goes to the worker at once.

    Both may be said of one time: they went, and we did not keep our word.
    """
    words, fell_short = typed.get("note", ""), FELL_SHORT in typed
    if choice == ONLY_THAT and not (fell_short or words.strip()):
        raise UserFacingError("Tick it or write something, or choose another answer.")
    if choice not in (ONLY_THAT, *HOW_IT_WENT):
        raise UserFacingError("Choose one of the answers.")
    _, went, mattered = HOW_IT_WENT.get(choice, ("", None, None))
    said = follow_ups.Said(
        went=went, mattered=mattered, words=words, we_fell_short=fell_short
    )
    follow_ups.answer(_follow_up(link), said=said)
    return SORRY if fell_short else FOLLOWED_UP


def show_deal(link: Any) -> dict[str, Any]:
    """Give both columns to the person, with a yes to say or leave unsaid."""
    ours, yours = sides_of(_version(link))
    return {
        "heading": "Our part and your part",
        "columns": {"ours": _drawn(ours), "yours": _drawn(yours)},
        "choices": [
            {"value": "agree", "text": "Yes, I agree to this"},
            {"value": "talk", "text": "I would like to talk about it first"},
        ],
    }


def answer_deal(link: Any, choice: str, typed: dict[str, str]) -> str:
    """Take the person's yes, or that they would rather talk first."""
    version = _version(link)
    if choice == "agree":
        agreeing.by_link(version)
        return "Thank you. It is agreed, and we keep to our part."
    if choice == "talk":
        sending.wants_to_talk(version)
        return "Thank you. We will be in touch, and nothing is agreed until then."
    raise UserFacingError("Choose one of the answers.")


def show_again(link: Any) -> dict[str, Any]:
    """Say where a deal is opened again: nothing of it is shown without a code."""
    return {
        "heading": "Open your deal again",
        "text": "Open the link just as it was sent to you. We send you a code.",
        "choices": [],
    }


def answer_again(link: Any, choice: str, typed: dict[str, str]) -> str:
    """Take nothing: the deal is opened on the person's own page."""
    raise UserFacingError("Open the link just as it was sent to you.")


def show_door(link: Any) -> dict[str, Any]:
    """Give a request under the law to whom the authority named to receive it."""
    row = _door(link)
    beside = row.person.alongside.filter(ended_at__isnull=True).first()
    asked_by = str(beside.worker) if beside else str(row.asked_by or "")
    said = [row.words, f"Asked on {wording.when(timezone.localtime(row.created_at))}."]
    if beside and beside.worker.email:
        reach = beside.worker.phone or beside.worker.email
        said.append(f"{asked_by} is alongside them and tells you more: {reach}.")
    elif asked_by:
        said.append(f"{asked_by} asked.")
    return {
        "heading": f"A request: {row.door}",
        "text": "\n\n".join(part for part in (row.person.name, *said) if part),
        "note": "Your name, and when you will be in touch",
        "choices": [{"value": "have", "text": "I have this request"}],
    }


def answer_door(link: Any, choice: str, typed: dict[str, str]) -> str:
    """Take the receipt."""
    if choice != "have" or not typed.get("note", "").strip():
        raise UserFacingError("Write your name, and when you will be in touch.")
    row = _door(link)
    doors.receipt(row, who=typed["note"], words=typed["note"])
    return "Thank you. Whoever asked can see that you have it."


def _door(link: Any) -> LawDoor:
    found = LawDoor.objects.select_related("person", "asked_by")
    return found.get(pk=link.subject_id)


def _introduction(link: Any) -> Introduction:
    found = Introduction.objects.select_related("group", "activity", "person")
    return found.get(pk=link.subject_id)


def _follow_up(link: Any) -> FollowUp:
    found = FollowUp.objects.select_related("introduction__group", "person")
    return found.get(pk=link.subject_id)


def _version(link: Any) -> DealVersion:
    return DealVersion.objects.select_related("deal", "person").get(pk=link.subject_id)


def _next_days(row: Introduction) -> list[dt.date]:
    if row.activity is None:
        return []
    now = timezone.localtime()
    coming = dates.coming(row.activity, after=now, most=MOST_DAYS_SHOWN, days=WEEKS_3)
    return sorted({timezone.localdate(meeting.starts) for meeting in coming})


def _drawn(lines: list[Line]) -> list[dict[str, str]]:
    """Give one column's promises as the page's two columns show them."""
    return [
        {"text": line.what, "who": line.who, "due": f"by {_said(line.by_when)}"}
        for line in lines
    ]


def _said(day: dt.date) -> str:
    return wording.date(day, weekday=True)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UserFacingError("Choose one of the answers.") from None


INTRODUCTION = links.register(
    links.Purpose(
        name=introductions.PURPOSE,
        show=show_introduction,
        answer=answer_introduction,
        days=30,
    )
)
CAME = links.register(
    links.Purpose(name=introductions.CAME, show=show_came, answer=answer_came, days=30)
)
FOLLOW_UP = links.register(
    links.Purpose(
        name=follow_ups.PURPOSE,
        show=show_follow_up,
        answer=answer_follow_up,
        again=show_follow_up_again,
        days=30,
    )
)
AGREE = links.register(
    links.Purpose(name=sending.PURPOSE, show=show_deal, answer=answer_deal, days=14)
)
AGAIN = links.register(
    links.Purpose(
        name=sending.AGAIN,
        show=show_again,
        answer=answer_again,
        days=365,
        single_use=False,
        path="mine/again",
    )
)
DOOR = links.register(
    links.Purpose(name=doors.PURPOSE, show=show_door, answer=answer_door, days=60)
)
