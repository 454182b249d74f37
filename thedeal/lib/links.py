"""One-tap links: what a person may do by following one, kept as a registry.

An upper room registers a purpose with what is shown and what is done; ``messages``
makes and checks the links; the face ``tap`` opens them. A link does one thing, for
one person, until its date; the database holds only its hash.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What following a link of this kind leads to.

    ``show`` gives what the page says for the link's subject: ``heading``,
    ``text``, ``choices`` (each a ``value`` and a ``text``) and, where something may be
    written too, ``note`` (the question; ``is_note_folded`` where few will), or said with any of them, ``tick`` (its
    ``name`` and ``text``). ``answer`` gets the link, the choice and what
    was typed ("note", and the tick by its name), does it, and gives the sentence of thanks; it raises
    UserFacingError where it cannot. A GET never changes anything. ``again`` gives what
    ``show`` does with what was typed in its place, for an answer that cannot be taken.
    """

    name: str
    show: Callable[[Any], dict[str, Any]]
    answer: Callable[[Any, str, dict[str, str]], str]
    again: Callable[[Any, dict[str, str]], dict[str, Any]] | None = None
    template: str = "tap/choices.html"
    days: int = 30
    single_use: bool = True
    # the thanks lead back to the page, where another answer takes the first one's place
    may_change: bool = False
    # the face that opens it: the one-tap page, or another that asks for more proof
    path: str = "t"


PURPOSES: dict[str, Purpose] = {}


def register(purpose: Purpose) -> Purpose:
    """Add a purpose; raise ValueError where the name is taken by another."""
    if PURPOSES.get(purpose.name, purpose) != purpose:
        raise ValueError(f"Two kinds of link are called {purpose.name}.")
    PURPOSES[purpose.name] = purpose
    return purpose


def new_token() -> str:
    """Give a token nobody can guess (128 bits), safe in an address."""
    return secrets.token_urlsafe(16)


def digest(token: str) -> str:
    """Give what the database keeps of a token: useless without our key."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"link:" + token.encode(), hashlib.sha256).hexdigest()
