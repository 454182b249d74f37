"""What people tell us of listings: suggestions, claims, nudges, "do not list us"."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from thedeal.community.models.groups import Group
from thedeal.community.models.keeping import behind_group
from thedeal.community.states import ClaimState, SuggestionState
from thedeal.lib.records import AtEnd, Grants, Kept, Privacy, Record, Wall, classed


class Suggestion(Record):
    """Something a person told us: this is wrong, a change, a listing to add."""

    class Kind(models.TextChoices):
        """What was told."""

        WRONG = "wrong", "This is wrong"
        CHANGE = "change", "A change"
        ADD = "add", "A listing to add"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority group activity kind state answered_at "
        "answered_by_id base_number",
        personal="words content teller_name teller_email answer",
    )
    kept: ClassVar[Kept] = Kept(rule="community.suggestion", since="answered_at")
    wall: ClassVar[Wall] = behind_group(public_insert=True)
    grants: ClassVar[Grants] = Grants(public="a", staff="raw")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        Group, null=True, on_delete=models.PROTECT, related_name="suggestions"
    )
    activity = models.ForeignKey(
        "community.Activity", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=6, choices=Kind)
    words = models.TextField(max_length=4000, blank=True)
    # for a change or an addition: the listing as it would be
    content = models.JSONField(default=dict)
    base_number = models.PositiveIntegerField(
        null=True, help_text="The version that the change was made from."
    )
    teller_name = models.CharField(max_length=120, blank=True)
    teller_email = models.EmailField(blank=True)
    state = models.CharField(max_length=7, default=SuggestionState.WAITING)
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)

    class Meta:
        """The oldest first; what is answered says when."""

        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in SuggestionState]),
                name="a_suggestion_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=Q(state=SuggestionState.WAITING)
                | Q(answered_at__isnull=False),
                name="an_answered_suggestion_says_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["authority", "created_at"],
                condition=Q(state=SuggestionState.WAITING),
                name="suggestions_waiting",
            )
        ]


class Claim(Record):
    """Somebody says that a listing is theirs to keep."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority group role state code_expires_at tries "
        "answered_at answered_by_id",
        personal="name email",
        hidden="code_digest",
    )
    kept: ClassVar[Kept] = Kept(rule="community.claim", since="answered_at")
    wall: ClassVar[Wall] = behind_group(public_insert=True)
    grants: ClassVar[Grants] = Grants(public="a", staff="raw")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="claims")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    role = models.CharField(
        max_length=9,
        choices=[("organiser", "Organiser"), ("deputy", "Deputy")],
        default="organiser",
    )
    state = models.CharField(max_length=11, default=ClaimState.ASKED)
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)

    class Meta:
        """The oldest first."""

        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ClaimState]),
                name="a_claim_is_in_a_known_state",
            )
        ]


class Nudge(Record):
    """One letter that asked a group whether its listing is still right."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority group day since channel answer answered_at"
    )
    kept: ClassVar[Kept] = Kept(rule="community.nudge", since="created_at")
    wall: ClassVar[Wall] = behind_group()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="nudges")
    day = models.PositiveSmallIntegerField(help_text="Days after the last check.")
    since = models.DateTimeField(help_text="The check that it counts from.")
    channel = models.CharField(max_length=5)
    answer = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Each day's letter once after each check."""

        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "since", "day"], name="one_nudge_a_day_after_a_check"
            )
        ]


class DoNotList(Record):
    """A group that asked never to be listed: only digests are kept, for ever."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority what by_id", hidden="digest"
    )
    kept: ClassVar[Kept] = Kept(rule="community.do_not_list", at_end=AtEnd.KEEP)

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    # which fact the digest is of: name and outward code, phone, email, website
    what = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    by_id = models.UUIDField(null=True)

    class Meta:
        """Once is enough."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "digest"], name="do_not_list_once"
            )
        ]
