"""Keeps the keys of persons, each locked with the house's own key.

Keys are remembered for a minute in this process, so that a page of one person's
words asks once, and an erased key is gone everywhere a minute later at the latest.
"""

import os
import time
import uuid
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings
from django.utils import timezone

from thedeal.audit.models import PersonKey

REMEMBERED_SECONDS = 60
MOST_REMEMBERED = 2000


class Keeper:
    """Gives the key of a person, making one when first asked to write."""

    def __init__(self) -> None:
        self._seen: dict[uuid.UUID, tuple[float, bytes | None]] = {}

    def key(self, subject: uuid.UUID, *, create: bool) -> bytes | None:
        """Give the 32-byte key, or None where it was erased or never made."""
        at, key = self._seen.get(subject, (0.0, None))
        if key is None or time.monotonic() - at > REMEMBERED_SECONDS:
            key = self._fetch(subject, create=create)
            self._remember(subject, key)
        return key

    def forget(self) -> None:
        """Forget what is remembered in this process (after an erasure)."""
        self._seen.clear()

    def _remember(self, subject: uuid.UUID, key: bytes | None) -> None:
        if len(self._seen) >= MOST_REMEMBERED:
            self._seen.clear()
        if key is not None:
            self._seen[subject] = (time.monotonic(), key)
        else:
            self._seen.pop(subject, None)

    def _fetch(self, subject: uuid.UUID, *, create: bool) -> bytes | None:
        row = PersonKey.objects.filter(subject_id=subject).first()
        if row is None and create:
            fresh = _house().encrypt(os.urandom(32))
            row, _ = PersonKey.objects.get_or_create(
                subject_id=subject, defaults={"locked": fresh}
            )
        if row is None or row.locked is None:
            return None
        return _house().decrypt(bytes(row.locked))


def erase(subject: uuid.UUID) -> None:
    """Destroy a person's key for ever; the row stays to say that it was done."""
    PersonKey.objects.update_or_create(
        subject_id=subject, defaults={"locked": None, "erased_at": timezone.now()}
    )


def _house() -> Fernet:
    key = sha256(b"person keys:" + settings.FIELD_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
