"""The audit trail, its seals, the keys of persons, and counters for limits.

``authority_id``, ``organisation_id`` and ``person_id`` are plain ids: this room is
at the bottom of the house and points at nobody. Entries hold ids and the names of
fields, never what was in them.
"""

import uuid
from typing import ClassVar

from django.db import models

from thedeal.lib.records import AtEnd, Changes, Grants, Kept, Privacy, Wall, classed

FOREVER = Kept(rule="audit.trail", changes=Changes.APPEND_ONLY, at_end=AtEnd.KEEP)


class Entry(models.Model):
    """One thing that happened: who, when, what, about whom, and why."""

    class Kind(models.TextChoices):
        """What sort of thing it was."""

        CHANGE = "change", "a change"
        LOOK = "look", "a look at a person's record"
        SIGN_IN = "sign-in", "signing in or out"
        SENT = "sent", "something that left the house"
        RUN = "run", "something the system did by itself"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="seq id at kind action subject_type request_reference",
        personal="authority_id organisation_id actor_id actor_role subject_id "
        "person_id reason detail",
    )
    kept: ClassVar[Kept] = FOREVER
    # people read their own authority's trail through guarded selectors; a person
    # reads who looked at theirs; anybody signed in may add.
    wall: ClassVar[Wall] = Wall(
        using="authority_id = any((select app_authorities())::uuid[]) "
        "or actor_id = app_user_id() or person_id = any((select app_people())::uuid[])",
        check="true",
        public_insert=True,
    )
    grants: ClassVar[Grants] = Grants(public="a", staff="ra", worker="ra")

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=10, choices=Kind)
    action = models.CharField(max_length=80)
    authority_id = models.UUIDField(null=True, db_index=True)
    organisation_id = models.UUIDField(null=True, db_index=True)
    actor_id = models.UUIDField(null=True, db_index=True)
    actor_role = models.CharField(max_length=40, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    person_id = models.UUIDField(null=True, db_index=True)
    reason = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    request_reference = models.CharField(max_length=16, blank=True)

    class Meta:
        """Ordered by sequence, never by the clock."""

        ordering: ClassVar = ["seq"]


class Link(models.Model):
    """One place in an organisation's chain: the digest of one row of the trail."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id chain position source row digest sealed_at"
    )
    kept: ClassVar[Kept] = FOREVER
    grants: ClassVar[Grants] = Grants(staff="r", worker="ra")

    id = models.BigAutoField(primary_key=True)
    chain = models.UUIDField()
    position = models.BigIntegerField()
    source = models.CharField(max_length=80)
    row = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """No place taken twice, no row in two places: forks cannot be written."""

        ordering: ClassVar = ["chain", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chain", "position"], name="one_link_in_each_place_of_a_chain"
            ),
            models.UniqueConstraint(
                fields=["source", "row"], name="each_row_is_in_one_chain_once"
            ),
        ]


class PersonKey(models.Model):
    """The key that opens one person's words, itself locked with the house's key.

    Left out of backups (they have their own file); when it is gone the words are
    gone everywhere, history and old copies too, and the chain still holds.
    """

    privacy: ClassVar[dict[str, Privacy]] = classed(
        personal="subject_id", hidden="locked", open="created_at erased_at"
    )
    kept: ClassVar[Kept] = Kept(rule="residents.person", at_end=AtEnd.DELETE)

    subject_id = models.UUIDField(primary_key=True)
    locked = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)


class Counter(models.Model):
    """How often something was tried in a stretch of time; the key is a hash."""

    privacy: ClassVar[dict[str, Privacy]] = classed(open="key count starts_at")
    kept: ClassVar[Kept] = Kept(rule="audit.counter", since="starts_at")
    grants: ClassVar[Grants] = Grants(public="raw")

    key = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField(default=0)
    starts_at = models.DateTimeField()
