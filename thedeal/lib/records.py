"""What every stored record says of itself: privacy, keeping, walls, grants.

A model inherits ``Record`` and declares, on the day it is added:

* ``privacy`` – a class for each of its fields (``classed``);
* ``kept`` – whether rows may change, and what ends them (``Kept``);
* ``wall`` – the row-level policy, needed where any field is sensitive (``Wall``);
* ``grants`` – what the database logins may do, where the default does not fit.

Sweeps in ``tests/architecture`` fail where one is missing; ``lib.walls`` turns
the last two into policies and grants. ADR 0004 says why.
"""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from django.db import models


class Privacy(StrEnum):
    """How private one field is."""

    OPEN = "open"  # may be published as it stands
    PERSONAL = "personal"  # about a person, e.g. a name or an email address
    SENSITIVE = "sensitive"  # health, care, what was said in confidence
    HIDDEN = "hidden"  # keys and hashes: no person reads them, no export has them


class Changes(StrEnum):
    """Whether a row may change once written."""

    MUTABLE = "mutable"
    APPEND_ONLY = "append-only"


class AtEnd(StrEnum):
    """What happens to a row when its time is over."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"


def classed(
    *, open: str = "", personal: str = "", sensitive: str = "", hidden: str = ""
) -> dict[str, Privacy]:
    """Give the privacy class of each field named (names parted by spaces)."""
    groups = (
        (Privacy.OPEN, open),
        (Privacy.PERSONAL, personal),
        (Privacy.SENSITIVE, sensitive),
        (Privacy.HIDDEN, hidden),
    )
    return {name: kind for kind, names in groups for name in names.split()}


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How long rows stay: ``rule`` names an entry of definitions/retention.yaml."""

    rule: str
    changes: Changes = Changes.MUTABLE
    at_end: AtEnd = AtEnd.DELETE


@dataclass(frozen=True, kw_only=True)
class Wall:
    """A row-level policy: who is let through to which rows.

    ``using`` is SQL over the table's own columns and the functions app_user_id(),
    app_authorities(), app_organisations(), app_people(). ``check`` is the same for
    rows written (``using`` where left out). ``public_insert`` lets the public login
    add rows that it can never read. ``owner_reads`` is for link tables that the
    functions themselves must read.
    """

    using: str
    check: str = ""
    public_insert: bool = False
    owner_reads: bool = False


@dataclass(frozen=True, kw_only=True)
class Grants:
    """What each login may do: any of r(ead) a(dd) w(rite) d(elete)."""

    public: str = ""
    staff: str = "rawd"
    worker: str = "rawd"
    # columns the public login may read, where not all of them (space-separated)
    public_columns: str = ""


@dataclass(frozen=True)
class Declared:
    """What a model that is not ours is held to (sessions, allauth, the queue)."""

    privacy: dict[str, Privacy]
    kept: Kept
    grants: Grants = field(default_factory=Grants)


class Record(models.Model):
    """A row with an opaque id, so that no address can be counted through."""

    privacy: ClassVar[dict[str, Privacy]]
    kept: ClassVar[Kept]
    wall: ClassVar[Wall | None] = None
    grants: ClassVar[Grants] = Grants()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """No table of its own."""

        abstract = True
