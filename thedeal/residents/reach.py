"""Whom somebody may see: their teams' people, those shared with them, themself.

The database's walls say the same once more (``app_people``). A person outside is not
refused but absent: the same 404 as for one who does not exist.
"""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from thedeal.partners import selectors as partners
from thedeal.partners.models import Membership
from thedeal.residents.models import Alongside, OwnPage, Person, SharingChoice

GUARDIAN = "caldicott_guardian"
GUARDIANS = (GUARDIAN, "records_manager")


def workings_of(user: Any) -> QuerySet[Membership]:
    """Give the memberships through which a user may see people today."""
    return partners.memberships_of(user).filter(sees_people=True)


def workings_now(user: Any) -> list[Membership]:
    """Give the same, read once in a request."""
    return [held for held in partners.held_now(user) if held.sees_people]


def team_ids_of(user: Any) -> QuerySet[Membership, UUID | None]:
    """Give the ids of the teams in which a user sees people."""
    found = workings_of(user).filter(team__isnull=False)
    return found.values_list("team_id", flat=True)


def beside(user: Any) -> QuerySet[Person]:
    """Give the people a user's teams are alongside, or who let their organisation.

    A person's no to an organisation holds for its workers in anybody's team.
    """
    return standing().filter(pk__in=_ids_beside(workings_now(user)))


def may_be_let_in(membership: Membership, person: Person) -> bool:
    """Say whether a person lets somebody in by this membership: team, or a yes."""
    if _who_said_no(membership).filter(person=person).exists():
        return False
    if (team_id := membership.team_id) is not None:
        ties = person.alongside.filter(team_id=team_id, ended_at__isnull=True)
        if ties.exists():
            return True
    yes = _choices(may=True, organisation_id=membership.organisation_id)
    return yes.filter(person=person).exists()


def working_beside(user: Any, person: Person) -> Membership | None:
    """Give the membership by which a user looks at a person: its team's, if beside."""
    tie = person.alongside.filter(team_id=OuterRef("team_id"), ended_at__isnull=True)
    here = workings_of(user).filter(authority_id=person.authority_id)
    ranked = here.annotate(is_beside=Exists(tie)).order_by("-is_beside", "starts_on")
    return ranked.first()


def in_reach(user: Any) -> QuerySet[Person]:
    """Give everybody a user may see: beside them, themself, or in their keeping."""
    workings = workings_now(user)
    guarded = [held.authority_id for held in workings if held.role in GUARDIANS]
    if guarded:
        kept = Q(authority_id__in=guarded)
        return standing().filter(kept | Q(pk__in=_ids_beside(workings)))
    return standing().filter(pk__in=_ids_beside(workings).union(_own_ids(user)))


def sees(user: Any, person: Person) -> bool:
    """Say whether a person is in a user's reach: as ``in_reach``, in simple queries."""
    if person.merged_into_id is not None:
        return False
    workings = workings_now(user)
    if any(_guards(held, person) or may_be_let_in(held, person) for held in workings):
        return True
    return own(user).filter(pk=person.pk).exists()


def own(user: Any) -> QuerySet[Person]:
    """Give the person that a signed-in user is, if they have a page of their own."""
    return standing().filter(pk__in=_own_ids(user))


def standing() -> QuerySet[Person]:
    """Give the people whose record stands: not gone into another one."""
    return Person.objects.filter(merged_into__isnull=True)


def record_ids(person: Person) -> list[UUID]:
    """Give the id of a person's record and of those that were merged into it.

    Rows that are never changed keep the id they were written under.
    """
    return [person.pk, *person.merged_from.values_list("pk", flat=True)]


def person(user: Any, pk: UUID) -> Person:
    """Give one person in reach; raise Person.DoesNotExist (a 404)."""
    found: Person = in_reach(user).get(pk=pk)
    return found


def _ids_beside(workings: list[Membership]) -> QuerySet[Any, Any]:
    """Give ids as one union, which a database finds by index; an "or" reads all."""
    mine = {held.organisation_id for held in workings}
    found = _choices(may=True, organisation_id__in=mine).values("person_id")
    ties = [
        Alongside.objects.filter(team_id=held.team_id, ended_at__isnull=True)
        .exclude(person_id__in=_who_said_no(held).values("person_id"))
        .values("person_id")
        for held in workings
        if held.team_id
    ]
    return found.union(*ties) if ties else found


def _guards(membership: Membership, person: Person) -> bool:
    held = membership
    return held.role in GUARDIANS and held.authority_id == person.authority_id


def _own_ids(user: Any) -> QuerySet[Any, Any]:
    pages = OwnPage.objects.filter(user_id=user.pk, ended_at__isnull=True)
    return pages.values("person_id")


def _who_said_no(membership: Membership) -> QuerySet[SharingChoice]:
    return _choices(may=False, organisation_id=membership.organisation_id)


def _choices(**found: Any) -> QuerySet[SharingChoice]:
    return SharingChoice.objects.filter(
        withdrawn_at__isnull=True, purpose=SharingChoice.Purpose.ALONGSIDE, **found
    )
