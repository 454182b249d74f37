"""A one-time code that opens somebody's own page, and for whom it may.

Whoever asks is not signed in: what they typed is held until a job has found whose it
is, and is then wiped, so that the page that asks can never tell who is known here.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from thedeal.lib.records import Grants, Kept, Privacy, Record, Wall, classed


class PageCode(Record):
    """Somebody asked to open their own page; seen only by who holds the ticket."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at expires_at tries proved_at used_at is_shared",
        personal="contact candidates person_id",
        hidden="ticket_digest code_digest",
    )
    kept: ClassVar[Kept] = Kept(rule="residents.page_code", since="expires_at")
    wall: ClassVar[Wall] = Wall(
        using="ticket_digest = nullif(current_setting('app.ticket', true), '')"
    )
    grants: ClassVar[Grants] = Grants(staff="raw")

    ticket_digest = models.CharField(max_length=64, unique=True)
    # a hash; blank until a code was sent, and for good where nobody was found
    code_digest = models.CharField(max_length=64, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    candidates = ArrayField(models.UUIDField(), default=list)
    # more than one record holds this contact: the code alone opens nothing
    is_shared = models.BooleanField(default=False)
    person_id = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Five tries, and no more."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(tries__lte=5), name="a_page_code_is_tried_five_times"
            )
        ]
