"""Listings that a new one may be the same as: shown to whoever adds, never a bar.

Three real "Gardening club"s are three: what is alike is put before a person, who says.
"""

from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.functions import Lower

from thedeal.community.facts import GroupFacts
from thedeal.community.models import Group
from thedeal.community.states import SHOWN, ListingState

ALIKE = 0.4  # share of trigrams in common: "Abram knitters", "Knitters of Abram"
MOST = 5
# also those that nobody could verify: remembered so that they are not added again
LOOKED_AT = (*SHOWN, ListingState.UNVERIFIED)


def doubles(facts: GroupFacts, *, authority_id: UUID) -> list[Group]:
    """Give the groups most like this one by name, website or telephone. One query."""
    told = Q(alike__gte=ALIKE) | Q(other_names__contains=[facts.name])
    if facts.website:
        told |= Q(website__iexact=facts.website)
    if facts.contact and facts.contact.phone:
        told |= Q(contact_phone=facts.contact.phone)
    rows = Group.objects.filter(authority_id=authority_id, state__in=LOOKED_AT)
    alike = TrigramSimilarity(Lower("name"), facts.name.lower())
    return list(
        rows.annotate(alike=alike).filter(told).order_by("-alike", "name", "id")[:MOST]
    )
