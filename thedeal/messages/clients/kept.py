"""The demo's carrier: letters go into a folder, one file each, and nowhere else.

The demo's page reads them there, because nobody who is not signed in may read the
outbox. Never used outside the demo: the files are plain.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True, kw_only=True)
class KeptLetter:
    """A letter as its reader would have had it."""

    at: datetime
    channel: str
    kind: str
    to: str
    subject: str
    body: str


def folder() -> Path:
    """Give where the demo's letters are kept."""
    return Path(settings.STATE) / "letters"


def keep(letter: Any) -> str:
    """Keep one letter; give the carrier's reference."""
    now = timezone.now()
    kept = KeptLetter(
        at=now,
        channel=letter.channel,
        kind=letter.kind,
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
    )
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{now:%Y%m%dT%H%M%S%f}-{letter.id}.json"
    text = json.dumps(asdict(kept) | {"at": now.isoformat()}, ensure_ascii=False)
    waiting = folder() / f"{name}.part"
    waiting.write_text(text, encoding="utf-8")
    waiting.rename(folder() / name)
    return "demo: kept here, sent nowhere"


def names() -> list[str]:
    """Give the names of the kept letters, newest first."""
    if not folder().is_dir():
        return []
    return sorted((path.name for path in folder().glob("*.json")), reverse=True)


def read(chosen: list[str]) -> Iterator[KeptLetter]:
    """Give the letters of these names, in their order; one gone by now is left out."""
    for name in chosen:
        path = folder() / name
        if path.is_file():
            found = json.loads(path.read_text(encoding="utf-8"))
            at = datetime.fromisoformat(found.pop("at"))
            yield KeptLetter(at=at, **found)


def forget() -> None:
    """Take every kept letter away."""
    for name in names():
        (folder() / name).unlink(missing_ok=True)
