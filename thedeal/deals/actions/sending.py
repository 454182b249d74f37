"""Sends a deal that was shown to the person, with the link that is theirs to agree by."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import permissions
from thedeal.deals.actions import posting
from thedeal.deals.models import DealVersion
from thedeal.deals.reaching import is_for_a_human
from thedeal.deals.selectors.deals import sides_of
from thedeal.lib import links, logins, queue, wording
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.messages.models import OneTapLink
from thedeal.residents.actions import people
from thedeal.residents.models import Person

PURPOSE = "deals.agree"
AGAIN = "deals.again"


@logins.atomic
def send(version: DealVersion, *, by: Any) -> None:
    """Send a version by the way the person likes; raise UserFacingError for none.

    One that they agreed to already comes as a copy to keep. Otherwise it has a link of
    their own to say yes by, and an earlier link ends: only the newest agrees to anything.
    """
    permissions.check_beside(by, version.person)
    is_agreed = version.agreed_at is not None
    again = _link(AGAIN, version.deal_id, version)
    filled = {"both": in_words(version), "again": again}
    if not is_agreed:
        filled["link"] = _own_link(version)
    kind = "deal_copy" if is_agreed else "deal"
    key = f"deals.{kind}:{version.pk}:{timezone.now():%s}"
    if not posting.to_person(version.person, kind, once_key=key, **filled):
        raise UserFacingError(_no_way(version.person))
    trail.record("deals.sent", by=by, subject=version, person_id=version.person_id)


def _own_link(version: DealVersion) -> str:
    """Give the link by which the person agrees, and end every earlier one."""
    for earlier in version.deal.versions.all():
        taps.withdraw(earlier.pk, purpose=links.PURPOSES[PURPOSE])
    return _link(PURPOSE, version.pk, version)


def _link(purpose: str, subject_id: UUID, version: DealVersion) -> str:
    return taps.make(
        links.PURPOSES[purpose],
        subject_id=subject_id,
        authority_id=version.authority_id,
        person_id=version.person_id,
    )


def _no_way(person: Person) -> str:
    otherwise = "Print it, or read it aloud with a witness."
    if is_for_a_human(person):
        asked = person.how_to_reach.strip() or person.when_to_reach.strip()
        return (
            f"{person.name} asked: “{asked}” No message can keep to that. {otherwise}"
        )
    return f"There is no way to write to {person.name}. {otherwise}"


def opened_again(token: str) -> OneTapLink:
    """Give the link by which a deal is opened again; its face asks for a code too.

    Raises UserFacingError for any other link, and for one that has run out.
    """
    link, purpose = taps.find(token)
    if purpose.name != AGAIN:
        raise UserFacingError(
            "This link is for something else. Open it as it was sent."
        )
    return link


def in_words(version: DealVersion) -> str:
    """Give both columns as plain text, as a letter or a page of a link shows them."""
    ours, yours = sides_of(version)
    parts = []
    for heading, lines in (("Our part", ours), ("Your part", yours)):
        said = [
            f"– {x.who}: {x.what}, by {wording.date(x.by_when, weekday=True)}"
            for x in lines
        ]
        parts.append("\n".join([heading, *said]))
    return "\n\n".join(parts)


@logins.atomic
def wants_to_talk(version: DealVersion) -> None:
    """Note that the person would rather talk first, and tell their worker."""
    people.in_touch(version.deal.person, on=timezone.localdate())
    trail.record(
        "deals.wants_to_talk",
        by=None,
        subject=version,
        person_id=version.person_id,
    )
    queue.defer("deals.tell_wants_to_talk", version_id=str(version.pk))


@logins.atomic
def tell_wants_to_talk(version_id: UUID) -> None:
    """Tell the worker that somebody would like to talk about their deal first."""
    found = DealVersion.objects.select_related("deal__worker")
    version = found.get(pk=version_id)
    posting.to_worker(
        version.deal.worker,
        "wants_to_talk",
        once_key=f"deals.wants_to_talk:{version.pk}",
        authority_id=version.authority_id,
    )
