"""Honours "do not list us": whoever asked is not added again, by hand or by feed.

Only keyed digests are kept, so that the list of those who wish to be left alone is
no list at all. A name counts together with the outward code: three "Gardening
club"s are three. A name told with no place at all might be any of them, and is
refused until a place is told.
"""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from thedeal.community import cleaning
from thedeal.community.facts import GroupFacts
from thedeal.community.models import Activity, Contact, DoNotList, Group
from thedeal.community.selectors import stored
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority

REFUSED = (
    "This group asked us not to list it, and we keep our word. If it has changed its "
    "mind, it can tell us itself. If this is another of the same name, say where it meets."
)
ANYWHERE = "*"  # what stands for the place of a name that is told with none


def check_may_list(authority: Authority, facts: GroupFacts) -> None:
    """Raise UserFacingError where any telling fact is one that asked to be left out."""
    if is_unlisted(authority, facts):
        raise UserFacingError(REFUSED)


def is_unlisted(authority: Authority, facts: GroupFacts) -> bool:
    """Say whether a group asked never to be listed. One query."""
    digests = [_digest(text) for _, text in _telling(facts)]
    return DoNotList.objects.filter(authority=authority, digest__in=digests).exists()


def remember(group: Group, *, by: Any) -> None:
    """Keep the digests of what tells this group from others.

    A hall's telephone that other groups give too is theirs as well: not kept.
    """
    given = {**stored.of(group).stored(), "contact": stored.contact_of(group)}
    facts = GroupFacts.read(given)
    telling = [*_telling(facts), *_names(facts, {*_met_in(group), ANYWHERE})]
    DoNotList.objects.bulk_create(
        [
            DoNotList(
                authority_id=group.authority_id,
                what=what,
                digest=_digest(text),
                by_id=getattr(by, "pk", None),
            )
            for what, text in telling
            if not _is_shared(group, what, text)
        ],
        ignore_conflicts=True,
    )


def _is_shared(group: Group, what: str, text: str) -> bool:
    if what not in ("phone", "email"):
        return False
    value = text.partition(":")[2]
    others = Contact.objects.filter(authority_id=group.authority_id, **{what: value})
    return others.exclude(group=group).exists()


def _met_in(group: Group) -> set[str]:
    """Give the outward codes of all that a group ever did, ended or not."""
    rows = Activity.objects.filter(group=group).values_list("postcode", flat=True)
    return {_outward(postcode) for postcode in rows}


def _telling(facts: GroupFacts) -> Iterator[tuple[str, str]]:
    """Give the facts that tell a group from all others, each with its kind."""
    outward = {_outward(a.spot.postcode) for a in facts.activities}
    yield from _names(facts, outward - {""} or {ANYWHERE})
    if facts.contact and facts.contact.phone:
        yield "phone", f"phone:{cleaning.phone(facts.contact.phone)[0]}"
    if facts.contact and facts.contact.email:
        yield "email", f"email:{facts.contact.email}"
    if facts.website:
        yield "website", f"website:{facts.website.rstrip('/').lower()}"


def _names(facts: GroupFacts, outward: set[str]) -> Iterator[tuple[str, str]]:
    for called in (facts.name, *facts.other_names):
        words = "".join(c if c.isalnum() else " " for c in called).split()
        for code in sorted(outward):
            yield "name", f"name:{' '.join(words).casefold()}:{code}"


def _outward(postcode: str) -> str:
    return postcode.split(" ")[0]


def _digest(text: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"unlisted:" + text.encode(), hashlib.sha256).hexdigest()
