"""Where listings came from, and every version of them."""

from typing import ClassVar

from django.db import models

from thedeal.lib.records import (
    AtEnd,
    Changes,
    Grants,
    Kept,
    Privacy,
    Record,
    Wall,
    classed,
)

OPEN_TO_ALL = Grants(public="r")
LISTING = Kept(rule="community.listing", at_end=AtEnd.KEEP)
MINE = (
    "authority_id = any((select app_authorities())::uuid[]) "
    "or group_id = nullif(current_setting('app.group_id', true), '')::uuid "
    "or group_id in (select g.id from community_group g where "
    "g.organisation_id = any((select app_organisations())::uuid[]))"
)


def behind_group(*, public_insert: bool = False) -> Wall:
    """Give the wall of a table about a group: its council's staff, its organisers.

    ``app.group_id`` is set for one transaction by a checked one-tap link.
    """
    return Wall(
        using=MINE, check="true" if public_insert else "", public_insert=public_insert
    )


class Source(Record):
    """Who gave us listings, and on what licence; "own" is what we were told."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority key name address kind licence licence_url "
        "may_republish attribution etag next_at failures problem is_paused"
    )
    kept: ClassVar[Kept] = LISTING
    grants: ClassVar[Grants] = OPEN_TO_ALL

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)
    kind = models.CharField(max_length=30, default="own")
    licence = models.CharField(max_length=200, blank=True)
    licence_url = models.URLField(blank=True)
    # never assumed: nothing goes out again until the licence says that it may
    may_republish = models.BooleanField(default=False)
    attribution = models.CharField(max_length=300, blank=True)
    # how its address is read, night by night
    etag = models.CharField(max_length=200, blank=True)
    next_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row.")
    problem = models.CharField(max_length=300, blank=True)
    is_paused = models.BooleanField(default=False)

    class Meta:
        """A key is its own within the authority."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "key"], name="one_source_of_a_key"
            ),
            models.CheckConstraint(
                condition=~models.Q(may_republish=True) | ~models.Q(licence=""),
                name="what_goes_out_again_has_a_licence",
            ),
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class Document(Record):
    """A source's own document about one listing, kept whole beside what we made."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority source source_ref digest seen_at",
        personal="body",
    )
    kept: ClassVar[Kept] = LISTING
    wall: ClassVar[Wall] = Wall(
        using="authority_id = any((select app_authorities())::uuid[])"
    )

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="documents"
    )
    source_ref = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the body.")
    body = models.JSONField()
    seen_at = models.DateTimeField(help_text="When it was last in the feed.")

    class Meta:
        """The same document is kept once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref", "digest"],
                name="a_document_is_kept_once",
            )
        ]


class ListingVersion(Record):
    """What a group's listing said, whole, each time that it changed."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority group number how reason by_id",
        sensitive="content",  # the exact place of a sensitive activity is in it
    )
    kept: ClassVar[Kept] = Kept(
        rule="community.listing", changes=Changes.APPEND_ONLY, at_end=AtEnd.KEEP
    )
    wall: ClassVar[Wall] = behind_group()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        "community.Group", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()
    how = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True)
    by_id = models.UUIDField(null=True)

    class Meta:
        """Numbered from one, the newest last."""

        ordering: ClassVar = ["group", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "number"], name="a_version_has_its_number"
            )
        ]
