"""Reads of the trail: what a person may see of it, and the proof that it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.models import QuerySet

from thedeal.audit import chain
from thedeal.audit.models import Entry, Link

HOUSE = UUID(int=0)
LAST_LINES_BYTES = 4096  # an anchor's line is about 350 bytes
# from one chain to the next by the index, however many rows each has
HEADS = """
    with recursive chains (chain) as (
        (select chain from audit_link order by chain limit 1)
        union all
        select (select l.chain from audit_link l where l.chain > c.chain
                order by l.chain limit 1)
        from chains c where c.chain is not null
    )
    select c.chain, l.position, l.digest from chains c cross join lateral (
        select position, digest from audit_link
        where chain = c.chain order by position desc limit 1
    ) l
"""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing wrong with a chain, as a sentence."""

    chain: UUID
    position: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last place of a chain, and the last that is signed outside the database."""

    chain: UUID
    position: int
    digest: str
    signed_to: int

    @property
    def sentence(self) -> str:
        """Say what is not signed yet."""
        return (
            f"Chain {self.chain}: places {self.signed_to + 1} to {self.position} are"
            " sealed, and not yet signed outside the database. The next seal signs"
            " them: ./deal audit seal."
        )


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table whose rows are chained, and the columns that choose the chain."""

    label: str
    table: str
    key: str
    owner_columns: tuple[str, ...]

    @property
    def chain_sql(self) -> str:
        """Give the SQL of the chain that a row (aliased t) belongs to."""
        columns = ", ".join(f"t.{name}" for name in self.owner_columns)
        return (
            f"coalesce({columns}, '{HOUSE}'::uuid)" if columns else f"'{HOUSE}'::uuid"
        )


def sources() -> list[Source]:
    """Give every chained table: the trail, and each model's history."""
    tracked: list[type[models.Model]] = [
        model
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed
    ]
    tracked.insert(0, Entry)
    return [_source(model) for model in tracked]


def row_text_sql(source: Source) -> str:
    """Give the SQL of a row as text: stable, and blind to columns added empty."""
    return "jsonb_strip_nulls(to_jsonb(t))::text"


def looks_at(person_id: UUID) -> QuerySet[Entry]:
    """Give who looked at a person's record, newest first."""
    return Entry.objects.filter(person_id=person_id, kind=Entry.Kind.LOOK).order_by(
        "-seq"
    )


def looks_in(authority_id: UUID, *, since: datetime) -> QuerySet[Entry]:
    """Give the looks at people's records in an authority, newest first."""
    return Entry.objects.filter(
        authority_id=authority_id, kind=Entry.Kind.LOOK, at__gte=since
    ).order_by("-seq")


def trail_of(person_id: UUID) -> QuerySet[Entry]:
    """Give all that happened to a person's record, newest first."""
    return Entry.objects.filter(person_id=person_id).order_by("-seq")


def anchors_of(chain_id: UUID) -> list[chain.Anchor]:
    """Give the anchors written outside the database for one chain."""
    path = anchor_file(chain_id)
    if not path.exists():
        return []
    return chain.from_lines(path.read_text(encoding="utf-8").splitlines())


def last_anchor(chain_id: UUID) -> chain.Anchor | None:
    """Give the newest anchor of a chain, reading no more than the file's end."""
    path = anchor_file(chain_id)
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LAST_LINES_BYTES))
        lines = file.read().decode(errors="replace").splitlines()
    return next(iter(reversed(chain.from_lines(lines))), None)


def unanchored() -> list[Head]:
    """Give each chain that goes on past its last anchor.

    A seal writes rows first and the anchor after, so a crash between leaves such.
    """
    with connection.cursor() as cursor:
        cursor.execute(HEADS)
        rows = cursor.fetchall()
    heads = [
        Head(chain=each, position=position, digest=digest, signed_to=_signed_to(each))
        for each, position, digest in rows
    ]
    return [head for head in heads if head.signed_to < head.position]


def _signed_to(chain_id: UUID) -> int:
    anchor = last_anchor(chain_id)
    return anchor.position if anchor else 0


def anchor_file(chain_id: UUID) -> Path:
    """Give the file, outside the database, of one chain's anchors."""
    return Path(settings.STATE) / "anchors" / f"{chain_id}.jsonl"


def faults() -> Iterator[Fault]:
    """Walk every chain and give what is wrong: changed, removed, reordered, cut."""
    known = {UUID(path.stem) for path in anchor_file(HOUSE).parent.glob("*.jsonl")}
    chains = set(Link.objects.values_list("chain", flat=True).distinct())
    for chain_id in sorted(known | chains):
        yield from _faults_of(chain_id)


def _source(model: type[models.Model]) -> Source:
    names = {f.column for f in model._meta.concrete_fields}
    wanted = ("organisation_id", "authority_id")
    key = str(model._meta.pk.column) if model._meta.pk else "id"
    return Source(
        label=model._meta.label_lower,
        table=model._meta.db_table,
        key=key,
        owner_columns=tuple(name for name in wanted if name in names),
    )


def _faults_of(chain_id: UUID) -> Iterator[Fault]:
    texts = _texts(chain_id)
    digests = {0: chain.START}
    place = 0
    for link in Link.objects.filter(chain=chain_id).order_by("position").iterator():
        place += 1
        if link.position != place:
            yield _fault(link, f"places {place} to {link.position - 1} are missing")
            place = link.position
        yield from _link_faults(link, texts, digests.get(place - 1))
        digests[place] = link.digest
    yield from _anchor_faults(chain_id, digests)


def _link_faults(
    link: Link, texts: dict[tuple[str, str], str], previous: str | None
) -> Iterator[Fault]:
    text = texts.get((link.source, link.row))
    if text is None:
        yield _fault(link, f"the row {link.row} of {link.source} is gone")
        return
    if previous is None:
        return
    made = chain.link_digest(previous, source=link.source, row=link.row, text=text)
    if made != link.digest:
        yield _fault(link, f"the row {link.row} of {link.source} was changed or moved")


def _fault(link: Link, what: str) -> Fault:
    return Fault(
        chain=link.chain,
        position=link.position,
        sentence=f"Chain {link.chain}, place {link.position}: {what}.",
    )


def _anchor_faults(chain_id: UUID, digests: dict[int, str]) -> Iterator[Fault]:
    for anchor in anchors_of(chain_id):
        sentence = _anchor_fault(anchor, digests)
        if sentence:
            yield Fault(
                chain=chain_id,
                position=anchor.position,
                sentence=f"Chain {chain_id}, place {anchor.position}: {sentence}",
            )


def _anchor_fault(anchor: chain.Anchor, digests: dict[int, str]) -> str:
    if not chain.is_genuine(anchor, secret=settings.AUDIT_KEY):
        return "an anchor outside the database was not signed by us."
    if anchor.position not in digests:
        return f"the chain was cut off; on {anchor.at} it was at least this long."
    if digests[anchor.position] != anchor.digest:
        return f"the chain differs from what was signed on {anchor.at}."
    return ""


def _texts(chain_id: UUID) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    with connection.cursor() as cursor:
        cursor.execute("set local timezone to 'UTC'")
        for source in sources():
            cursor.execute(
                f"select t.{source.key}::text, {row_text_sql(source)} "  # noqa: S608 - names from models
                f"from {source.table} t where {source.chain_sql} = %s",
                [chain_id],
            )
            for row, text in cursor.fetchall():
                found[source.label, row] = text
    return found
