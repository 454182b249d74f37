"""The words in which a table says how it is held: privacy, keeping, walls, grants.

No model is defined here, so that an app's ``apps.py`` may use them for tables of
libraries before any model is loaded. ``lib.records`` says how they are used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
    """How long rows stay: ``rule`` names an entry of definitions/retention.yaml.

    ``since`` names the field that the rule counts from, where a clock ends each row by
    itself (several: the first that is filled in; ``a__b`` goes through a link). Left
    out, rows end with the person's record, or never. ``alive`` says which rows no
    clock ends yet.
    """

    rule: str
    changes: Changes = Changes.MUTABLE
    at_end: AtEnd = AtEnd.DELETE
    since: str = ""
    alive: Mapping[str, object] = field(default_factory=dict)
    # rows stay without whose they were; their history goes
    forgets_history: bool = False
    # counted from the end of the financial year that the day is in
    from_year_end: bool = False


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
