"""Who works with whom: authorities, their organisations, teams and memberships.

An *authority* is the council that is one tenant; an *organisation* is any partner
inside it. Every row below carries its authority. Roles are data
(definitions/roles.yaml); a membership keeps what the walls in the database need to
know of its role (``is_staff``, ``sees_people``), written again by ``manage walls``.
"""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thedeal.lib.records import AtEnd, Grants, Kept, Privacy, Record, Wall, classed

USER = settings.AUTH_USER_MODEL
OPEN_TO_ALL = Grants(public="r")
MINE = "authority_id = any((select app_authorities())::uuid[])"


@pghistory.track()
class Authority(Record):
    """A council: one tenant, behind its own walls."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at name slug gss_code settings"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.authority", at_end=AtEnd.KEEP)
    grants: ClassVar[Grants] = OPEN_TO_ALL

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    gss_code = models.CharField(max_length=9, blank=True)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        """In plain order of names."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class Kind(models.TextChoices):
    """What sort of partner an organisation is."""

    COUNCIL = "council", "council"
    NHS = "nhs", "NHS"
    VOLUNTARY = "voluntary", "voluntary organisation"
    GROUP = "group", "group of residents"
    BUSINESS = "business", "business"


@pghistory.track()
class Organisation(Record):
    """A partner inside an authority: the council itself, an NHS trust, a group."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority kind name slug"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.organisation", at_end=AtEnd.KEEP)
    grants: ClassVar[Grants] = OPEN_TO_ALL

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="organisations"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)

    class Meta:
        """A short name is its own within the authority; one council in each."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "slug"], name="one_short_name_in_an_authority"
            ),
            models.UniqueConstraint(
                fields=["authority"],
                condition=Q(kind=Kind.COUNCIL),
                name="one_council_in_an_authority",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="an_organisation_is_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name


@pghistory.track()
class Team(Record):
    """People who work together; hosted by one organisation, open to its partners."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority organisation name ended_at ended_by"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.team", at_end=AtEnd.KEEP)

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="teams"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="teams"
    )
    name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """A name is its own within the organisation."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(ended_at__isnull=True),
                name="one_team_of_a_name_in_an_organisation",
            )
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name


@pghistory.track()
class Membership(Record):
    """That somebody works in an organisation, in one role, from a day to a day."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority organisation team role is_staff sees_people "
        "starts_on until ended_at ended_by granted_by",
        personal="user",
    )
    kept: ClassVar[Kept] = Kept(rule="partners.membership", at_end=AtEnd.KEEP)
    wall: ClassVar[Wall] = Wall(
        using=f"{MINE} or user_id = app_user_id() "
        "or organisation_id = any((select app_organisations())::uuid[])",
        check=f"{MINE} or user_id = app_user_id() "
        "and app_may_join(organisation_id, role)",
        owner_reads=True,
    )

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    is_staff = models.BooleanField()
    sees_people = models.BooleanField()
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """No role held twice at once; no ending before the start."""

        indexes: ClassVar = [
            models.Index(
                fields=["user", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="memberships_now_by_user",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_at__isnull=True, team__isnull=True),
                name="a_role_is_held_once_in_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "team", "role"],
                condition=Q(ended_at__isnull=True, team__isnull=False),
                name="a_role_is_held_once_in_a_team",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")),
                name="a_membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by__isnull=True),
                name="a_membership_ended_by_somebody_is_ended",
            ),
        ]


@pghistory.track(exclude=["digest"])
class Invitation(Record):
    """An offer of one role in one organisation to one address, until a moment.

    The link's digest is kept, never the link. Expiry is checked where it is used.
    """

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority organisation team role until expires_at "
        "invited_by accepted_at withdrawn_at withdrawn_by membership",
        personal="email display_name accepted_by",
        hidden="digest",
    )
    kept: ClassVar[Kept] = Kept(rule="partners.invitation")
    wall: ClassVar[Wall] = Wall(
        using=f"{MINE} or id = app_invitation()", owner_reads=True
    )

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=40)
    email = models.EmailField()
    display_name = models.CharField(max_length=120)
    until = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One open offer of a role to an address at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "role", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_to_a_role",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="an_accepted_invitation_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawn_invitation_says_by_whom",
            ),
        ]


@pghistory.track()
class SharingAgreement(Record):
    """That one organisation shares with another, for a purpose, until a day."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority giver receiver purpose starts_on until "
        "document_reference agreed_by ended_at ended_by"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.sharing_agreement", at_end=AtEnd.KEEP)

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="sharing_agreements"
    )
    giver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements_giving"
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements_receiving"
    )
    purpose = models.CharField(max_length=200)
    starts_on = models.DateField()
    until = models.DateField()
    document_reference = models.CharField(max_length=200)
    agreed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Between two, with an end."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="sharing_is_between_two"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")),
                name="an_agreement_ends_after_it_starts",
            ),
        ]


@pghistory.track()
class Words(Record):
    """A council's own words for a key of the definitions."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority key text changed_at changed_by"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.words", at_end=AtEnd.KEEP)
    grants: ClassVar[Grants] = OPEN_TO_ALL

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="words"
    )
    key = models.CharField(max_length=160)
    text = models.TextField(max_length=4000)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One text for a key."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "key"], name="one_text_for_a_key"
            )
        ]
