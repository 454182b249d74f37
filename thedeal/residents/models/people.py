"""A person, lightly: almost everything may be left out.

Name, postcode and contact stay plain, because they are searched and sent to; they
are kept out of history and wiped from the row on erasure. What a person says is
locked with the person's key (ADR 0005).
"""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from thedeal.lib.records import AtEnd, Kept, Privacy, Record, Wall, classed
from thedeal.lib.sealed import SealedTextField
from thedeal.residents.states import Whereabouts

USER = settings.AUTH_USER_MODEL
PERSON = Kept(rule="residents.person", at_end=AtEnd.ANONYMISE)
# through to the people one may see, and to all of an authority's for its guardian
MINE = (
    "{column} = any((select app_people())::uuid[]) "
    "or authority_id = any((select app_guarded_authorities())::uuid[])"
)
WRITTEN = "authority_id = any((select app_authorities())::uuid[]) or " + MINE


def behind(column: str = "person_id", *, owner_reads: bool = False) -> Wall:
    """Give the wall of a table whose ``column`` is the person it is about."""
    return Wall(
        using=MINE.format(column=column),
        check=WRITTEN.format(column=column),
        owner_reads=owner_reads,
    )


PLAIN = (
    "called full_name sort_key other_names postcode place_words latitude longitude "
    "phone email born_on pronouns"
)


@pghistory.track(exclude=[*PLAIN.split(), "how_to_reach", "when_to_reach", "free_when"])
class Person(Record):
    """Somebody we have talked with. ``called`` is the name they like to hear."""

    class Channel(models.TextChoices):
        """How the person likes to be reached."""

        PHONE = "phone", "a phone call"
        TEXT = "text", "a text message"
        EMAIL = "email", "an email"
        LETTER = "letter", "a letter"
        VISIT = "visit", "in person"
        NONE = "none", "please do not contact me"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority whereabouts whereabouts_at whereabouts_by "
        "merged_into is_anonymous neighbourhood_id forgotten_at forgotten_by "
        "last_contact_on",
        personal=PLAIN + " likes_contact_by language is_under_18 is_carer made_by",
        sensitive="helps how_to_reach when_to_reach free_when",
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind("id", owner_reads=True)

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_anonymous = models.BooleanField(default=False)
    called = models.CharField(max_length=80, blank=True)
    full_name = models.CharField(max_length=160, blank=True)
    other_names = models.CharField(max_length=160, blank=True)
    sort_key = models.CharField(max_length=420, blank=True, editable=False)
    pronouns = models.CharField(max_length=40, blank=True)
    born_on = models.DateField(null=True, blank=True)
    is_under_18 = models.BooleanField(default=False)
    is_carer = models.BooleanField(default=False)
    language = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    likes_contact_by = models.CharField(max_length=6, choices=Channel, blank=True)
    how_to_reach = SealedTextField(blank=True, subject="id")
    when_to_reach = SealedTextField(blank=True, subject="id")
    # hours of the week to be doing something in: "Tue 10:00-15:00"
    free_when = SealedTextField(blank=True, subject="id")
    postcode = models.CharField(max_length=8, blank=True)
    place_words = models.CharField(max_length=160, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    neighbourhood_id = models.UUIDField(null=True, db_index=True)
    # what helps them take part, by the keys of definitions/words/helps.yaml
    helps = models.JSONField(default=list, blank=True)
    whereabouts = models.CharField(
        max_length=11,
        choices=[(w.value, w.value) for w in Whereabouts],
        default=Whereabouts.HERE,
    )
    whereabouts_at = models.DateTimeField(null=True)
    whereabouts_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    last_contact_on = models.DateField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    forgotten_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Names are found however they are spelt; nobody is merged into themself."""

        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [
            GinIndex(
                fields=["sort_key"],
                opclasses=["gin_trgm_ops"],
                name="people_by_likeness_of_name",
            ),
            models.Index(fields=["authority", "postcode"], name="people_by_postcode"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(whereabouts__in=[w.value for w in Whereabouts]),
                name="a_person_is_somewhere_we_know_of",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="nobody_is_merged_into_themself",
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(full_name="", phone="", email=""),
                name="an_anonymous_person_has_no_name_or_number",
            ),
        ]

    # how a number begins that a text message may go to
    MOBILE: ClassVar[tuple[str, ...]] = ("07", "+447", "447")

    @property
    def may_be_written_to(self) -> bool:
        """Say whether any message may go to this person now."""
        return (
            self.whereabouts == Whereabouts.HERE
            and self.likes_contact_by != self.Channel.NONE
            and self.forgotten_at is None
        )

    @property
    def name(self) -> str:
        """Give what to call the person on a page."""
        if self.forgotten_at:
            return "a person whose record was erased"
        return self.called or self.full_name or "somebody who gave no name"


@pghistory.track()
class OwnPage(Record):
    """That a signed-in user is this person: what opens "my own page"."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority ended_at ended_by made_by",
        personal="person user",
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind(owner_reads=True)

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="own_pages"
    )
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="own_pages")
    made_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One open page for a person and a user."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=Q(ended_at__isnull=True),
                name="one_own_page_for_a_person_and_user",
            )
        ]


@pghistory.track()
class Merge(Record):
    """That two records were found to be of one person, and what moved: undoable."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority moved by undone_at undone_by",
        personal="kept_person gone_person",
        sensitive="reason",
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind("kept_person_id")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    kept_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="merges_kept"
    )
    gone_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="merges_gone"
    )
    # model label -> ids of rows that moved, so that unmerging moves just those back
    moved = models.JSONField(default=dict)
    reason = SealedTextField(blank=True, subject="kept_person_id")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
