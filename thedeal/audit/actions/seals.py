"""Seals the trail: a job each minute adds new rows to their chains.

One worker at a time (an advisory lock), never on a request's path: a lock a row
costs a ceiling on writes, and unlocked chains fork. Rows not yet sealed are those
of the last minute or so; ``audit verify`` and ``doctor`` say how many. After each chain an anchor
is signed and written outside the database, against a tail cut off.
"""

import os
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from thedeal.audit import chain, selectors
from thedeal.audit.models import Link

LOCK = 7_233_001  # this job's advisory lock
MOST_AT_ONCE = 20_000


@dataclass(frozen=True, kw_only=True)
class Unsealed:
    """A row that has no place in a chain yet."""

    chain: UUID
    source: str
    row: str
    text: str


def seal() -> int:
    """Add every row not yet sealed to its chain; give how many were added."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        waiting = _unsealed()
        heads = {each: _head(each) for each in {row.chain for row in waiting}}
        Link.objects.bulk_create(_links(waiting, heads), batch_size=2000)
    # all that are behind, so that what a crash kept from being signed is signed now
    for head in selectors.unanchored():
        _anchor(head)
    return len(waiting)


def unsealed_count() -> int:
    """Give how many rows wait for the next seal."""
    return len(_unsealed())


def _links(waiting: list[Unsealed], heads: dict[UUID, tuple[int, str]]) -> list[Link]:
    made = []
    for row in waiting:
        position, previous = heads[row.chain]
        digest = chain.link_digest(
            previous, source=row.source, row=row.row, text=row.text
        )
        heads[row.chain] = (position + 1, digest)
        made.append(
            Link(
                chain=row.chain,
                position=position + 1,
                source=row.source,
                row=row.row,
                digest=digest,
            )
        )
    return made


def _head(chain_id: UUID) -> tuple[int, str]:
    last = Link.objects.filter(chain=chain_id).order_by("-position").first()
    return (last.position, last.digest) if last else (0, chain.START)


def _unsealed() -> list[Unsealed]:
    found: list[Unsealed] = []
    with connection.cursor() as cursor:
        cursor.execute("set local timezone to 'UTC'")
        for source in selectors.sources():
            cursor.execute(
                f"select {source.chain_sql}, t.{source.key}::text, "  # noqa: S608 - names from models
                f"{selectors.row_text_sql(source)} from {source.table} t "
                "where not exists (select 1 from audit_link l "
                f"where l.source = %s and l.row = t.{source.key}::text) "
                f"order by t.{source.key} limit %s",
                [source.label, MOST_AT_ONCE],
            )
            found += [
                Unsealed(chain=c, source=source.label, row=row, text=text)
                for c, row, text in cursor.fetchall()
            ]
    return found


def _anchor(head: selectors.Head) -> None:
    anchor = chain.Anchor(
        chain=str(head.chain),
        position=head.position,
        digest=head.digest,
        at=timezone.now().isoformat(timespec="seconds"),
    )
    path = selectors.anchor_file(head.chain)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = chain.to_line(chain.signed(anchor, secret=settings.AUDIT_KEY)) + "\n"
    with path.open("a+b") as file:
        file.write((b"\n" if _is_torn(file) else b"") + line.encode())
        file.flush()
        os.fsync(file.fileno())


def _is_torn(file: BinaryIO) -> bool:
    """Whether the last line was cut off in the writing."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"
