"""Who works where, in which role, from when until when; and who is invited to.

A membership keeps what the walls in the database need to know of its role
(``is_staff``, ``sees_people``), written again by ``manage walls``.
"""

from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thedeal.lib.records import AtEnd, Kept, Privacy, Record, Wall, classed
from thedeal.partners.models.organisations import Authority, Organisation, Team

USER = settings.AUTH_USER_MODEL
MINE = "authority_id = any((select app_authorities())::uuid[])"
OURS = "organisation_id = any((select app_organisations())::uuid[])"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Finds the memberships that count."""

    def counting(self, day: date | None = None) -> Self:
        """Give those that count on a day (today, where none is named)."""
        on = day or timezone.localdate()
        started = Q(ended_at__isnull=True, starts_on__lte=on)
        return self.filter(started & (Q(until__isnull=True) | Q(until__gte=on)))

    def held_by(self, user: Any) -> Self:
        """Give those that a user holds today; none for a visitor."""
        if not getattr(user, "pk", None) or not user.is_active:
            return self.none()
        return self.counting().filter(user_id=user.pk)


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
        using=f"{MINE} or user_id = app_user_id() or {OURS}",
        # a group's own people let each other in and out, and nobody in as staff;
        # anybody may leave, though the row is then of no organisation of theirs
        check=f"{MINE} or {OURS} and not is_staff or user_id = app_user_id() "
        "and (ended_at is not null or app_may_join(organisation_id, role))",
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

    objects = MembershipQuerySet.as_manager()

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
    kept: ClassVar[Kept] = Kept(rule="partners.invitation", since="expires_at")
    wall: ClassVar[Wall] = Wall(
        using=f"{MINE} or {OURS} or id = app_invitation()", owner_reads=True
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
