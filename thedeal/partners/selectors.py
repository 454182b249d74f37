"""Reads of who works where; each starts from what the asker may see.

A row outside the asker's walls is not refused but absent: the same 404 as for a row
that does not exist.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone

from thedeal.lib.once import once
from thedeal.partners.models import (
    Authority,
    Invitation,
    Membership,
    Organisation,
    SharingAgreement,
    Team,
    Words,
)

# where an authority's settings say which measures it registered for
REGISTRATIONS = "measure_registrations"


def today() -> date:
    """Give the day it is here, by which memberships start and end."""
    return timezone.localdate()


def memberships_of(user: Any) -> QuerySet[Membership]:
    """Give the memberships that a user holds today."""
    held = Membership.objects.held_by(user)
    return held.select_related("organisation", "authority", "team")


def held_now(user: Any) -> tuple[Membership, ...]:
    """Give the memberships that a user holds today, read once in a request."""
    known = ("memberships", getattr(user, "pk", None))
    return once(known, lambda: tuple(memberships_of(user)))


def organisations_of(user: Any) -> QuerySet[Organisation]:
    """Give the organisations that a user belongs to today."""
    mine = memberships_of(user).values("organisation_id")
    return Organisation.objects.filter(pk__in=mine)


def authorities_of(user: Any) -> QuerySet[Authority]:
    """Give the authorities inside whose wall a user works today."""
    mine = memberships_of(user).filter(is_staff=True).values("authority_id")
    return Authority.objects.filter(pk__in=mine)


def organisations_in_reach(user: Any) -> QuerySet[Organisation]:
    """Give a user's own organisations and, for staff, all of their authority."""
    theirs = memberships_of(user)
    return Organisation.objects.filter(
        Q(pk__in=theirs.values("organisation_id"))
        | Q(authority_id__in=theirs.filter(is_staff=True).values("authority_id"))
    ).select_related("authority")


def teams_in_reach(user: Any) -> QuerySet[Team]:
    """Give the teams, not ended, of the organisations in a user's reach."""
    reach = organisations_in_reach(user).values("pk")
    return Team.objects.filter(organisation_id__in=reach, ended_at__isnull=True)


def team_sizes(organisation: Organisation) -> dict[UUID, int]:
    """Give how many people are in each team of an organisation that has any today."""
    counted = (
        Membership.objects.counting()
        .filter(team__organisation=organisation)
        .values("team_id")
        .annotate(people=Count("user_id", distinct=True))
    )
    return {row["team_id"]: row["people"] for row in counted}


def memberships_in(user: Any, organisation: Organisation) -> QuerySet[Membership]:
    """Give who belongs to an organisation today, as far as a user may see."""
    reach = organisations_in_reach(user).values("pk")
    return (
        Membership.objects.counting()
        .filter(organisation=organisation, organisation_id__in=reach)
        .select_related("user", "team", "organisation")
        .order_by("user__sort_key", "role")
    )


def open_invitations_in(user: Any, organisation: Organisation) -> QuerySet[Invitation]:
    """Give the invitations that still stand, as far as a user may see."""
    reach = organisations_in_reach(user).values("pk")
    return Invitation.objects.filter(
        organisation=organisation,
        organisation_id__in=reach,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=timezone.now(),
    ).select_related("team", "invited_by")


def organisation_in_reach(user: Any, pk: UUID) -> Organisation:
    """Give an organisation in reach; raise Organisation.DoesNotExist (a 404)."""
    return organisations_in_reach(user).distinct().get(pk=pk)


def membership_in_reach(user: Any, pk: UUID) -> Membership:
    """Give a membership that counts, one's own or in reach; raise DoesNotExist."""
    reach = organisations_in_reach(user).values("pk")
    seen = Membership.objects.counting().filter(
        Q(user_id=user.pk) | Q(organisation_id__in=reach)
    )
    return seen.select_related("user", "team", "organisation", "authority").get(pk=pk)


def invitation_in_reach(user: Any, pk: UUID) -> Invitation:
    """Give an invitation from an organisation in reach; raise DoesNotExist."""
    reach = organisations_in_reach(user).values("pk")
    return Invitation.objects.select_related("organisation").get(
        pk=pk, organisation_id__in=reach
    )


def agreements_in(user: Any, authority: Authority) -> QuerySet[SharingAgreement]:
    """Give what is shared in an authority of the user's, soonest to end first."""
    return (
        SharingAgreement.objects.filter(
            authority=authority, authority_id__in=authorities_of(user).values("pk")
        )
        .select_related("giver", "receiver", "agreed_by")
        .order_by("ended_at", "until")
    )


def words_of(authority: Authority) -> dict[str, Words]:
    """Give a council's own words by key."""
    return {
        words.key: words
        for words in authority.words.select_related("changed_by").order_by("key")
    }


def registrations_of(authority: Authority) -> dict[str, str]:
    """Give what a council registered itself as, by the measure it registered for."""
    found: dict[str, str] = authority.settings.get(REGISTRATIONS, {})
    return found


def sharing_now(*, giver_id: Any, receiver_id: Any) -> QuerySet[SharingAgreement]:
    """Give the agreements by which one organisation shares with another today.

    Ids, or columns of a query that this stands inside.
    """
    day = today()
    return SharingAgreement.objects.filter(
        giver_id=giver_id,
        receiver_id=receiver_id,
        starts_on__lte=day,
        until__gte=day,
        ended_at__isnull=True,
    )


def own_words(authority_id: Any) -> dict[str, str]:
    """Give a council's own words by key.

    A council that has said nothing is still called by its own name.
    """
    called = Authority.objects.filter(pk=authority_id).values_list(
        Value("words.council"), "name"
    )
    said = Words.objects.filter(authority_id=authority_id).values_list("key", "text")
    # the name first, so that the council's own words for itself stand; one statement
    ranked = called.annotate(n=Value(0)).union(said.annotate(n=Value(1)), all=True)
    return {key: text for key, text, _ in ranked.order_by("n")}


def authority_ids() -> list[UUID]:
    """Give the id of every authority in this installation."""
    return list(Authority.objects.values_list("pk", flat=True))
