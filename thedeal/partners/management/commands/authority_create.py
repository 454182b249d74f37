"""First set-up: makes an authority and invites those who let everybody else in.

An administrator (runs the box, sees no person) and a Caldicott guardian (says who may
see people): two people, so that neither alone can reach a record.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from thedeal.accounts.actions import people
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.actions import authorities, memberships
from thedeal.partners.models import Kind


class Command(BaseCommand):
    """``manage authority_create``, run with the worker's login."""

    help = "Makes an authority with its first administrator and Caldicott guardian."

    def add_arguments(self, parser: Any) -> None:
        """Take names and addresses."""
        parser.add_argument("name")
        parser.add_argument("--gss", default="", help="e.g. E08000010")
        for role in ("administrator", "guardian"):
            parser.add_argument(f"--{role}-name", required=True)
            parser.add_argument(f"--{role}-email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them all, or nothing."""
        if options["administrator_email"] == options["guardian_email"]:
            raise CommandError("The two roles are for two people.")
        try:
            with logins.transaction_now():
                self._create(options)
        except UserFacingError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(
            f"{options['name']} is set up. Both sign in at "
            f"{settings.PUBLIC_ADDRESS}/account/login/ with their email address."
        )

    def _create(self, options: dict[str, Any]) -> None:
        authority = authorities.create(
            name=options["name"], gss_code=options["gss"], by=None
        )
        council = authority.organisations.get(kind=Kind.COUNCIL)
        for who, role in (
            ("administrator", "administrator"),
            ("guardian", "caldicott_guardian"),
        ):
            user = people.create(
                display_name=options[f"{who}_name"],
                email=options[f"{who}_email"],
                by=None,
            )
            memberships.start(user=user, organisation=council, role=role, by=None)
