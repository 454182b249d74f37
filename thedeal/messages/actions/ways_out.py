"""How somebody asks not to be written to, from the foot of any message.

A link under each letter that nobody asked for this minute; it is made as the letter
is handed over, and knows the address by its digest alone.
"""

import hashlib
import hmac
from typing import Any
from uuid import uuid4

from django.conf import settings

from thedeal.lib import definitions, links
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.messages.models import Channel, Letter, OptOut

NEVER_AT_ALL = (
    "Whoever reads this address asked never to be written to. Ask them for another "
    "address, or ring."
)


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
    )
    key = "text" if letter.channel == Channel.TEXT else "email"
    words = definitions.words(
        f"words/messages.way_out_{key}", authority_id=letter.authority_id
    )
    return f"{letter.body.rstrip()}\n\n{words.strip().format(link=link)}\n"


def _stop(digest: str, *, kind: str) -> None:
    OptOut.objects.get_or_create(address_digest=digest, kind=kind)


def _show(link: Any) -> dict[str, Any]:
    return {
        "heading": "Shall we stop writing to you?",
        "text": "A sign-in code that you ask for still comes.",
        "choices": [
            {"value": "kind", "text": "Stop messages like that one"},
            {"value": "all", "text": "Stop all messages"},
        ],
    }


def _answer(link: Any, choice: str, typed: dict[str, str]) -> str:
    if choice not in ("kind", "all"):
        raise UserFacingError("Choose one of the two.")
    kind = link.detail["kind"] if choice == "kind" else ""
    _stop(link.detail["digest"], kind=kind)
    return (
        "We have stopped. If you would like to hear from us again, tell anybody who "
        "works with you."
    )


WAY_OUT = links.register(
    links.Purpose(
        name="messages.way_out",
        show=_show,
        answer=_answer,
        days=365,
        single_use=False,
    )
)
