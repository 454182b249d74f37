"""The arithmetic of a chain: digests, and signed anchors kept outside the database.

Each link's digest covers the one before, where the row came from, and the row as
PostgreSQL prints it. Pure: no database, no settings. ADR 0007.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

START = "0" * 64


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """What was true of one chain at one moment, signed and written elsewhere."""

    chain: str
    position: int
    digest: str
    at: str
    signature: str = ""

    def body(self) -> bytes:
        """Give what is signed."""
        return f"{self.chain}:{self.position}:{self.digest}:{self.at}".encode()


def link_digest(previous: str, *, source: str, row: str, text: str) -> str:
    """Give the digest (64 hex characters) of the next link of a chain."""
    parts = "\x1f".join((previous, source, row, text))
    return sha256(parts.encode()).hexdigest()


def signer(secret: str) -> Ed25519PrivateKey:
    """Give the signing key that a house secret stands for."""
    return Ed25519PrivateKey.from_private_bytes(
        sha256(b"audit anchors:" + secret.encode()).digest()
    )


def signed(anchor: Anchor, *, secret: str) -> Anchor:
    """Give the anchor with its signature."""
    signature = signer(secret).sign(anchor.body()).hex()
    return Anchor(**{**asdict(anchor), "signature": signature})


def is_genuine(anchor: Anchor, *, secret: str) -> bool:
    """Say whether we signed this anchor."""
    try:
        signer(secret).public_key().verify(
            bytes.fromhex(anchor.signature), anchor.body()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def to_line(anchor: Anchor) -> str:
    """Give the anchor as one line of text."""
    return json.dumps(asdict(anchor), sort_keys=True)


def from_lines(lines: Iterable[str]) -> list[Anchor]:
    """Give the anchors of a file; a torn last line is passed over."""
    found = []
    for line in lines:
        try:
            found.append(Anchor(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found
