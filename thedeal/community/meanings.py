"""What activities mean, as vectors: made once by a job, kept on disk, mapped by all.

Kept by a digest of the text itself, so that a changed listing asks for a new vector and
an unchanged one never does. Holds nothing that anybody said of themself.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from django.conf import settings
from doorstep.errors import DoorstepError
from doorstep.listings import Listing
from doorstep.meaning import (
    DIMENSIONS,
    NoModelError,
    Remembering,
    SentenceModel,
    load_model,
)

from doorstep import io

Float32s = npt.NDArray[np.float32]
KIND, LAYOUT = "meanings", 1
DIGEST_BYTES = 16


def folder() -> Path:
    """Give where the vectors are kept."""
    return Path(settings.FILES) / "meanings"


def version() -> str:
    """Give a stamp that changes when the vectors were written anew."""
    header = folder() / io.HEADER
    return str(header.stat().st_mtime_ns) if header.is_file() else "none"


def model() -> SentenceModel | None:
    """Give the sentence model, or None where it cannot be used here."""
    try:
        return load_model()
    except NoModelError:
        return None


@cache
def remembering() -> Remembering | None:
    """Give the same model for words that grow as they are typed, one for a process."""
    sentences = model()
    return Remembering(sentences) if sentences else None


def vectors_of(listings: Sequence[Listing]) -> tuple[Float32s | None, Float32s | None]:
    """Give the vectors of what listings are and of what they ask, shape (n, 384).

    A row of zeros where none was made yet; None, None where there are none at all.
    """
    known = _load()
    if not known:
        return None, None
    return (
        _rows(known, (listing.text for listing in listings)),
        _rows(known, (listing.asks for listing in listings)),
    )


def renew(listings: Sequence[Listing]) -> int:
    """Make the vectors that are missing and drop those nobody needs; give how many
    were made."""
    sentences = model()
    if sentences is None:
        return 0
    texts = {text for x in listings for text in (x.text, x.asks) if text}
    wanted = {digest(text): text for text in texts}
    known = _load()
    fresh = [key for key in sorted(wanted) if key not in known]
    made = sentences.vectors([wanted[key] for key in fresh])
    kept = {key: known[key] for key in wanted if key in known}
    kept |= dict(zip(fresh, made, strict=True))
    if fresh or len(kept) != len(known):
        _save(kept)
    return len(fresh)


def digest(text: str) -> bytes:
    """Give the name a text's vector is kept under."""
    return hashlib.blake2b(text.encode(), digest_size=DIGEST_BYTES).digest()


def _rows(known: dict[bytes, Float32s], texts: Iterable[str]) -> Float32s:
    nothing = np.zeros(DIMENSIONS, np.float32)
    return np.array(
        [known.get(digest(text), nothing) if text else nothing for text in texts],
        np.float32,
    ).reshape(-1, DIMENSIONS)


def _load() -> dict[bytes, Float32s]:
    if not (folder() / io.HEADER).is_file():
        return {}
    try:
        kept = io.load_arrays(folder(), kind=KIND, version=LAYOUT).arrays
    except DoorstepError:
        return {}  # another layout: the job writes it anew
    keys = kept["digest"].reshape(-1, DIGEST_BYTES)
    return {bytes(key): kept["vector"][row] for row, key in enumerate(keys)}


def _save(kept: dict[bytes, Float32s]) -> None:
    keys = sorted(kept)
    io.save_arrays(
        folder(),
        {
            "digest": np.frombuffer(b"".join(keys), np.uint8).reshape(-1, DIGEST_BYTES),
            "vector": np.array([kept[key] for key in keys], np.float32),
        },
        kind=KIND,
        version=LAYOUT,
    )
