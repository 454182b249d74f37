"""How somebody asks not to be written to, from the foot of any message.

A link under each letter that nobody asked for this minute; it is made as the letter
is handed over, and knows the address by its digest alone. What is stopped there is
started again there: whoever holds the letter reads the address.
"""

import hashlib
import hmac
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import QuerySet

from thedeal.lib import definitions, links
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.messages.models import Channel, Letter, OptOut

NEVER_AT_ALL = (
    "Whoever reads this address asked never to be written to, and they alone can take "
    "that back: by the link at the foot of the last message they had from us. Or ring."
)
THIS_SORT = (
    "{sort}: we write nothing more of that sort to this address, about anybody or any "
    "group. All else still comes."
)
ALL = (
    "All messages: we write nothing at all to this address. Only a code that you ask "
    "for still comes."
)
UNDONE = "Either can be undone on this page, with the link that you just followed."
THANKS = {
    "kind": "We have stopped messages like that one. All else still comes.",
    "all": "We have stopped, and write nothing at all to this address.",
    "again": "We write to you again, from the next message on.",
}


def opt_out(address: str, *, kind: str = "") -> None:
    """Never write to this address again: not this kind, or (blank) not at all."""
    _stop(address_digest(address), kind=kind)


def opt_in(address: str, *, kind: str) -> None:
    """Write this kind again, as they asked; raises UserFacingError where they asked
    never to be written to at all, which is theirs alone to take back.
    """
    kept = OptOut.objects.filter(address_digest=address_digest(address))
    if kept.filter(kind="").exists():
        raise UserFacingError(NEVER_AT_ALL)
    kept.filter(kind=kind).delete()


def is_taken(address: str, *, kind: str) -> bool:
    """Say whether this address asked not to get this kind of message."""
    return OptOut.objects.filter(
        address_digest=address_digest(address), kind__in=["", kind]
    ).exists()


def address_digest(address: str) -> str:
    """Give what is kept of an address that asked to be left alone."""
    plain = address.strip().lower().encode()
    return hmac.new(settings.SECRET_KEY.encode(), plain, hashlib.sha256).hexdigest()


def shown_under(letter: Letter) -> str:
    """Give a letter's words with the way out under them."""
    link = taps.make(
        WAY_OUT,
        subject_id=uuid4(),
        authority_id=letter.authority_id,
        kind=letter.kind,
        digest=address_digest(letter.to),
        subject=letter.subject,
    )
    key = "text" if letter.channel == Channel.TEXT else "email"
    words = definitions.words(
        f"words/messages.way_out_{key}", authority_id=letter.authority_id
    )
    return f"{letter.body.rstrip()}\n\n{words.strip().format(link=link)}\n"


def _stop(digest: str, *, kind: str) -> None:
    OptOut.objects.get_or_create(address_digest=digest, kind=kind)


def _show(link: Any) -> dict[str, Any]:
    """Say what is stopped now, what each choice does, and how to have it back."""
    subject = link.detail.get("subject")
    sort = f"Messages like “{subject}”" if subject else "Messages like that one"
    stopped = set(_stopped(link).values_list("kind", flat=True))
    both = [
        {"value": "kind", "text": "Stop messages like that one"},
        {"value": "all", "text": "Stop all messages"},
    ]
    again = {"value": "again", "text": "Write to me again"}
    if "" in stopped:
        said = "You asked us to write nothing at all to this address."
        return _page("We have stopped all messages", [said], [again])
    if stopped:
        said = f"{sort}: you asked us for no more of that sort. All else still comes."
        return _page(
            "We have stopped messages like that one", [said, ALL], [again, both[1]]
        )
    told = [THIS_SORT.format(sort=sort), ALL, UNDONE]
    return _page("Shall we stop writing to you?", told, both)


def _page(
    heading: str, told: list[str], choices: list[dict[str, str]]
) -> dict[str, Any]:
    return {"heading": heading, "text": "\n\n".join(told), "choices": choices}


def _answer(link: Any, choice: str, typed: dict[str, str]) -> str:
    if choice not in THANKS:
        raise UserFacingError("Choose one of them.")
    if choice == "again":
        _stopped(link).delete()
    else:
        kind = link.detail["kind"] if choice == "kind" else ""
        _stop(link.detail["digest"], kind=kind)
    return THANKS[choice]


def _stopped(link: Any) -> QuerySet[OptOut]:
    """Give what whoever reads the address stopped, of this sort or altogether."""
    return OptOut.objects.filter(
        address_digest=link.detail["digest"], kind__in=["", link.detail["kind"]]
    )


WAY_OUT = links.register(
    links.Purpose(
        name="messages.way_out",
        show=_show,
        answer=_answer,
        days=365,
        single_use=False,
        may_change=True,
    )
)
