"""What waits for an editor: what people told us, claims, and what owners changed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from thedeal.community import differences
from thedeal.community.differences import Difference
from thedeal.community.facts import GroupFacts
from thedeal.community.models import Claim, ListingVersion, Suggestion
from thedeal.community.selectors import stored
from thedeal.community.states import ClaimState, SuggestionState

OWNERS = ("the group", "a calendar")


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a listing would be if a suggestion were taken, and what that changes.

    ``has_moved``: the listing was changed after the suggestion was made; what changed
    in between is kept.
    """

    facts: GroupFacts | None
    differences: tuple[Difference, ...]
    has_moved: bool


def waiting(authority_id: UUID) -> QuerySet[Suggestion]:
    """Give what strangers told us and nobody has answered, the oldest first."""
    return Suggestion.objects.filter(
        authority_id=authority_id, state=SuggestionState.WAITING
    ).select_related("group", "activity")


def claims(authority_id: UUID) -> QuerySet[Claim]:
    """Give the claims that a worker's word would settle, the oldest first.

    First those whose listing has no contact to send a code to.
    """
    return (
        Claim.objects.filter(
            authority_id=authority_id,
            state__in=[ClaimState.SENT, ClaimState.WORD_NEEDED],
        )
        .select_related("group")
        .order_by("-state", "created_at", "id")
    )


def by_owners(authority_id: UUID, *, since: dt.datetime) -> QuerySet[ListingVersion]:
    """Give the versions that groups made themselves since a moment, newest first."""
    return (
        ListingVersion.objects.filter(
            authority_id=authority_id,
            how__in=OWNERS,
            created_at__gte=since,
            number__gt=1,
        )
        .select_related("group")
        .order_by("-created_at", "-number")
    )


def proposal(suggestion: Suggestion) -> Proposal:
    """Give what a suggestion would change, joined with what has changed since."""
    wanted: dict[str, Any] = suggestion.content
    if not wanted:
        return Proposal(facts=None, differences=(), has_moved=False)
    group = suggestion.group
    if group is None:
        found = differences.between({}, wanted)
        facts = GroupFacts.read(wanted)
        return Proposal(facts=facts, differences=tuple(found), has_moved=False)
    current = stored.of(group).stored()
    base = _base(suggestion) or current
    given = differences.joined(base, wanted, current)
    was = {**current, "contact": stored.contact_of(group)}
    return Proposal(
        facts=GroupFacts.read(given),
        differences=tuple(differences.between(was, given)),
        has_moved=base != current,
    )


def _base(suggestion: Suggestion) -> dict[str, Any] | None:
    """Give the version that stood when the suggestion was made."""
    versions = ListingVersion.objects.filter(
        group=suggestion.group, created_at__lte=suggestion.created_at
    )
    last = versions.order_by("-number").first()
    return last.content if last else None
