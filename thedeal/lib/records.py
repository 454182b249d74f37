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
from typing import ClassVar

from django.db import models

from thedeal.lib.holding import (
    AtEnd,
    Changes,
    Declared,
    Grants,
    Kept,
    Privacy,
    Wall,
    classed,
)

__all__ = [
    "AtEnd",
    "Changes",
    "Declared",
    "Grants",
    "Kept",
    "Privacy",
    "Record",
    "Wall",
    "classed",
]


class Record(models.Model):
    """A row with an opaque id, so that no address can be counted through."""

    privacy: ClassVar[dict[str, Privacy]]
    kept: ClassVar[Kept]
    wall: ClassVar[Wall | None] = None
    grants: ClassVar[Grants] = Grants()
    # plain words about a person, wiped when the person is forgotten
    wiped_with_the_person: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """No table of its own."""

        abstract = True
