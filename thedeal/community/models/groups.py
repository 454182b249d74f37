"""People who do something together, the business or bench that is as good, whom to ask.

What stands in ``Group`` anyone may read, ``contact_…`` too: an action copies there
only what the owner lets be shown. The contact itself is the team's alone.
"""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from thedeal.community.models.keeping import (
    LISTING,
    OPEN_TO_ALL,
    Source,
    behind_group,
)
from thedeal.community.states import SHOWN, ListingState
from thedeal.lib.records import Grants, Kept, Privacy, Record, Wall, classed


class Kind(models.TextChoices):
    """The kinds of asset that may be listed; venues and hubs are places' own."""

    GROUP = "group", "Group"
    CHARITY = "charity", "Charity"
    COUNCIL = "council", "Council or NHS"
    VENUE_RUN = "venue-run", "Run by a venue"
    BUSINESS = "business", "Local business"
    INFORMAL = "informal", "Informal place or gathering"


class LegalForm(models.TextChoices):
    """What a group is in law; most are nothing, which is fine."""

    NONE = "none", "No legal form"
    CLUB = "club", "Club or association"
    CHURCH = "church", "Church or faith body"
    PUBLIC = "public", "Public body"
    CHARITY = "charity", "Charity"
    CIC = "cic", "Community interest company"
    LTD = "ltd", "Company"
    PTA = "pta", "Parents and teachers"


class Show(models.TextChoices):
    """What of a contact may be shown, as its owner says."""

    NUMBER = "number", "the phone number"
    EMAIL = "email", "the email address"
    ASK = "ask", "nothing: the team passes messages on"
    NOBODY = "nobody", "nothing at all"


class Listing(Record):
    """What a group and an activity share: state, freshness, where each fact is from.

    ``provenance`` holds, for each field, {"source": key, "document": id or absent,
    "at": moment, "confirmed": whether the group itself said so}: a feed never
    overwrites what was confirmed after it was published.
    """

    state = models.CharField(max_length=10, default=ListingState.LIVE)
    checked_at = models.DateTimeField(null=True)
    checked_how = models.CharField(max_length=20, blank=True)
    checked_by_id = models.UUIDField(null=True)
    demoted_at = models.DateTimeField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    source_ref = models.CharField(max_length=200, blank=True)
    provenance = models.JSONField(default=dict)

    class Meta:
        """No table of its own."""

        abstract = True


SHARED = (
    "id created_at state checked_at checked_how checked_by_id demoted_at source "
    "source_ref provenance"
)


class Group(Listing):
    """A group of people, a business or an informal place, as anyone may read of it."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{SHARED} authority organisation kind name slug what legal_form "
        "charity_number website is_sensitive merged_into asks_stopped_at "
        "answers_in_days problems needs_safeguarding safeguarding_seen_at "
        "safeguarding_seen_by_id safeguarding_seen_for contact_name contact_phone contact_email "
        "contact_words other_names"
    )
    kept: ClassVar[Kept] = LISTING
    grants: ClassVar[Grants] = OPEN_TO_ALL

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="groups"
    )
    organisation = models.ForeignKey(
        "partners.Organisation",
        null=True,
        on_delete=models.PROTECT,
        related_name="groups",
        help_text="Whose listing it is, once claimed.",
    )
    kind = models.CharField(max_length=9, choices=Kind)
    name = models.CharField(max_length=160)
    other_names = ArrayField(models.CharField(max_length=160), default=list)
    slug = models.SlugField(max_length=80, unique=True)
    what = models.TextField(blank=True)
    legal_form = models.CharField(max_length=7, choices=LegalForm, default="none")
    charity_number = models.CharField(max_length=12, blank=True)
    website = models.URLField(max_length=500, blank=True)
    is_sensitive = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="doubles"
    )
    asks_stopped_at = models.DateTimeField(
        null=True, help_text="They asked not to be asked; a worker may still ring."
    )
    # how long it usually takes to answer an introduction, told by deals
    answers_in_days = models.PositiveSmallIntegerField(null=True)
    needs_safeguarding = models.BooleanField(
        default=False,
        help_text="It works with children, or with adults who may be at risk.",
    )
    # its safeguarding policy, seen by somebody for an organisation
    safeguarding_seen_at = models.DateTimeField(null=True)
    safeguarding_seen_by_id = models.UUIDField(null=True)
    safeguarding_seen_for = models.CharField(max_length=160, blank=True)
    # what a job noticed: {"website": sentence, "postcode": sentence}
    problems = models.JSONField(default=dict)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_words = models.CharField(max_length=200, blank=True)

    class Meta:
        """In order of names; one group for one record of a source."""

        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="one_group_for_a_record_of_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="a_group_is_not_its_own_double"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ListingState]),
                name="a_group_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="a_group_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(safeguarding_seen_at__isnull=True, safeguarding_seen_for="")
                | (
                    Q(safeguarding_seen_at__isnull=False) & ~Q(safeguarding_seen_for="")
                ),
                name="a_policy_was_seen_for_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "checked_at"], name="group_due")
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Give its public address, which stays."""
        return f"/groups/{self.slug}/"


@pghistory.track()
class Contact(Record):
    """Whom to ask: the team's to see; others see what ``show`` lets them."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority group show", personal="name phone email"
    )
    kept: ClassVar[Kept] = Kept(
        rule="community.contact",
        since="group__checked_at group__created_at",
        alive={"group__state__in": [state.value for state in SHOWN]},
    )
    wall: ClassVar[Wall] = behind_group()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="contact"
    )
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    show = models.CharField(max_length=6, choices=Show, default=Show.ASK)
