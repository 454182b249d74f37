"""A text field locked with the key of the person it is about (ADR 0005).

Stored as ``v1:<subject>:<nonce and ciphertext>``. The key lives in a table that
backups leave out; erase it and every copy of the text is noise, while audit chains
that hashed the stored form still hold. What is sealed cannot be searched by the
database: search words are kept apart by the rooms that need them.
"""

import base64
import os
import uuid
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

PREFIX = "v1:"
ERASED = "[erased]"


class Keeper(Protocol):
    """Who keeps the keys of persons."""

    def key(self, subject: uuid.UUID, *, create: bool) -> bytes | None:
        """Give the 32-byte key of a person, or None where it was erased."""

    def forget(self) -> None:
        """Forget the keys that are remembered in this process."""


_keeper: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Say who keeps the keys."""
    _keeper[:] = [keeper]


def forget_keys() -> None:
    """Ask for every key anew: somebody's was erased this minute."""
    _keeper[0].forget()


class ErasedError(ValueError):
    """Somebody tried to write about a person whose key is gone."""


def seal(text: str, *, subject: uuid.UUID) -> str:
    """Give the stored form of a text about a person; raise ErasedError if erased."""
    key = _keeper[0].key(subject, create=True)
    if key is None:
        raise ErasedError("This person's record was erased. Start a new one.")
    nonce = os.urandom(12)
    locked = AESGCM(key).encrypt(nonce, text.encode(), subject.bytes)
    return f"{PREFIX}{subject}:{base64.b64encode(nonce + locked).decode()}"


def unseal(stored: str) -> str:
    """Give the text behind a stored form; "[erased]" where the key is gone."""
    if not stored.startswith(PREFIX):
        return stored
    _, subject, body = stored.split(":", 2)
    key = _keeper[0].key(uuid.UUID(subject), create=False)
    if key is None:
        return ERASED
    raw = base64.b64decode(body)
    try:
        return (
            AESGCM(key).decrypt(raw[:12], raw[12:], uuid.UUID(subject).bytes).decode()
        )
    except InvalidTag:
        return ERASED


class SealedTextField(models.TextField):  # type: ignore[type-arg] # plain text in and out
    """Text that reads as plain text and is stored locked.

    ``subject`` names the attribute of the row that holds the person's id. Bulk
    updates of a sealed field are refused: they know no row, so no person.
    """

    def __init__(self, *args: Any, subject: str = "person_id", **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Give what a migration needs to make the field again."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "subject": self.subject}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Lock the text with the key of the person the row is about."""
        text = getattr(model_instance, self.attname)
        if not text:
            return text
        subject = getattr(model_instance, self.subject)
        return Stored(seal(str(text), subject=subject)) if subject else text

    def get_prep_value(self, value: Any) -> Any:
        """Refuse text that did not pass through a row."""
        value = super().get_prep_value(value)
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open what was stored."""
        return unseal(value) if isinstance(value, str) else value


class Stored(str):
    """A text already in its stored form."""

    __slots__ = ()
