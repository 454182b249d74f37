"""What was sent to the person, as they may read it again: each without its keys.

A link in a letter still opens what it was sent for, and a code may still be good: read
here over somebody's shoulder, either would let a stranger in. So neither is ever given;
the letter itself has it. Letters about the person to others are no letters to them.
"""

import datetime as dt
import re
from dataclasses import dataclass

from thedeal.messages import selectors as outbox
from thedeal.messages.models import Channel, Letter
from thedeal.messages.states import LetterState
from thedeal.residents import reach
from thedeal.residents.models import Person

# any address with a secret in it, as ``lib.links`` makes them
KEY = re.compile(r"https?://\S*[\w-]{22,}\S*")
NO_LINK = "[a link, which is in the message itself]"
# the kinds whose words are a code and nothing else
CODES = {"residents.page_code": "A code to open your own page. It is not kept here."}
UNSURE = "We do not know whether it arrived"
MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One message to the person, as it is shown to them."""

    at: dt.datetime
    channel: str
    to: str
    subject: str
    words: str
    is_sure: bool


def sent(person: Person, *, most: int | None = None) -> list[Sent]:
    """Give what was sent to a person, newest first. Two queries."""
    found = outbox.to_them(reach.record_ids(person))
    return [_shown(letter) for letter in found[:most]]


def without_keys(kind: str, body: str) -> str:
    """Give a letter's words without what opens anything.

    >>> without_keys("residents.page_code", "Your code is 123456")
    'A code to open your own page. It is not kept here.'
    """
    return CODES.get(kind) or KEY.sub(NO_LINK, body).strip()


def _shown(letter: Letter) -> Sent:
    is_text = letter.channel == Channel.TEXT
    return Sent(
        at=letter.sent_at or letter.last_tried_at or letter.created_at,
        channel=str(Channel(letter.channel).label),
        to=letter.to,
        # a text message has none: what we keep is our own
        subject="" if is_text else letter.subject,
        words=without_keys(letter.kind, letter.body),
        is_sure=letter.state == LetterState.SENT,
    )
