"""People who sign in, and who may vouch for them.

A user is global: the same person may work for one authority and live in another.
``authority_id`` and ``organisation_id`` are plain ids, because ``partners`` stands
above. What a user may do is never here: it is a membership (``partners``).
"""

from typing import ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from thedeal.accounts import names
from thedeal.lib.records import AtEnd, Kept, Privacy, Record, classed


class UserManager(BaseUserManager["User"]):
    """Finds users by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Give the user with this address, however it was typed."""
        return self.get(email=names.tidy_email(username or ""))


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, Record):
    """Somebody who can sign in: a resident, a group organiser or a member of staff.

    ``needs_second_factor`` is pushed down by ``partners`` when a membership asks for
    it; the walls of this room hold the person to it.
    """

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at is_active needs_second_factor session_round",
        personal="email display_name sort_key phone last_login",
        hidden="password",
    )
    kept: ClassVar[Kept] = Kept(
        rule="accounts.user", at_end=AtEnd.ANONYMISE, forgets_history=True
    )

    email = models.EmailField(null=True, blank=True, unique=True)
    display_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, editable=False)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    needs_second_factor = models.BooleanField(default=False)
    # one more, and every session that began before is over
    session_round = models.PositiveIntegerField(default=0)

    # the role in which the person does what they do; told to the audit trail
    acting_as: str = ""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        """Sorted as people read; one address, one user, however it is typed."""

        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [models.Index(fields=["sort_key"], name="users_by_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=True)
                | models.Q(email=Lower("email")) & ~models.Q(email=""),
                name="an_address_is_kept_in_lower_case",
            )
        ]

    def __str__(self) -> str:
        """Give the name that others see."""
        return self.display_name

    def set_name(self, name: str) -> None:
        """Take a name, with the key that it sorts by."""
        self.display_name = names.tidy(name)[:120]
        self.sort_key = names.sort_key(self.display_name)[:160]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Give what a session must hold to be this user's: the round is part of it."""
        return salted_hmac(
            "thedeal.accounts.session",
            f"{self.password}:{self.session_round}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Vouching(Record):
    """An organisation's own sign-in service, and whom it may speak for.

    It may speak only for addresses in its domain, and each person is known by the
    service's own unchanging key (``sub``): never linked by address alone.
    """

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority_id organisation_id provider_id email_domain "
        "ended_at ended_by_id"
    )
    kept: ClassVar[Kept] = Kept(rule="accounts.vouching", since="ended_at")

    authority_id = models.UUIDField()
    organisation_id = models.UUIDField(db_index=True)
    provider_id = models.SlugField(max_length=60)
    email_domain = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)

    class Meta:
        """A domain is spoken for by one service at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email_domain"],
                condition=models.Q(ended_at__isnull=True),
                name="a_domain_is_spoken_for_by_one_service",
            ),
            models.UniqueConstraint(
                fields=["provider_id"],
                condition=models.Q(ended_at__isnull=True),
                name="a_service_speaks_for_one_organisation",
            ),
        ]
