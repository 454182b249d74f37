"""Whom somebody may see: their teams' people, those shared with them, themself.

The database's walls say the same once more (``app_people``). A person outside is not
refused but absent: the same 404 as for one who does not exist.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from thedeal.partners import selectors as partners
from thedeal.partners.models import Membership
from thedeal.residents.models import Alongside, OwnPage, Person, SharingChoice

GUARDIANS = ("caldicott_guardian", "records_manager")


def workings_of(user: Any) -> QuerySet[Membership]:
    """Give the memberships through which a user may see people today."""
    return partners.memberships_of(user).filter(sees_people=True)


def team_ids_of(user: Any) -> QuerySet[Membership, UUID | None]:
    """Give the ids of the teams in which a user sees people."""
    found = workings_of(user).filter(team__isnull=False)
    return found.values_list("team_id", flat=True)


def beside(user: Any) -> QuerySet[Person]:
    """Give the people a user's teams are alongside, or who let their organisation."""
    alongside = Alongside.objects.filter(
        team_id__in=team_ids_of(user), ended_at__isnull=True
    )
    shared = SharingChoice.objects.filter(
        organisation_id__in=workings_of(user).values("organisation_id"),
        withdrawn_at__isnull=True,
        may=True,
        purpose=SharingChoice.Purpose.ALONGSIDE,
    )
    return standing().filter(
        Q(pk__in=alongside.values("person_id")) | Q(pk__in=shared.values("person_id"))
    )


def in_reach(user: Any) -> QuerySet[Person]:
    """Give everybody a user may see: beside them, themself, or in their keeping."""
    guarded = workings_of(user).filter(role__in=GUARDIANS).values("authority_id")
    return standing().filter(
        Q(pk__in=beside(user).values("pk"))
        | Q(pk__in=own(user).values("pk"))
        | Q(authority_id__in=guarded)
    )


def own(user: Any) -> QuerySet[Person]:
    """Give the person that a signed-in user is, if they have a page of their own."""
    pages = OwnPage.objects.filter(user_id=user.pk, ended_at__isnull=True)
    return standing().filter(pk__in=pages.values("person_id"))


def standing() -> QuerySet[Person]:
    """Give the people whose record stands: not gone into another one."""
    return Person.objects.filter(merged_into__isnull=True)


def person(user: Any, pk: UUID) -> Person:
    """Give one person in reach; raise Person.DoesNotExist (a 404)."""
    found: Person = in_reach(user).get(pk=pk)
    return found
