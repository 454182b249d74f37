"""Writes to a person, a group or a worker by the way they like, and reveals nothing.

Nothing goes to somebody who died, moved away, is in hospital or asked for silence, nor
at an hour or by a way that they did not say is good: asked when it is written, and again
as it is handed over. A letter to a worker names nobody: inboxes are read over shoulders.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings

from thedeal.community.models import Contact, Group
from thedeal.deals.reaching import is_for_a_human, is_mobile, next_time, way_to
from thedeal.lib import definitions
from thedeal.messages import gates
from thedeal.messages.actions import letters
from thedeal.messages.models import Channel, Letter
from thedeal.residents.models import Person

WORDS = "words/deals."
# the kinds that go to a person; another is refused, so that none passes its gate by
TO_PERSONS = ("deal", "deal_copy", "follow_up")


def way_to_group(group: Group) -> tuple[str, str]:
    """Give channel and address of whoever answers for a group; ("", "") for none."""
    contact = Contact.objects.filter(group=group).first()
    if contact is None:
        return "", ""
    if contact.email:
        return Channel.EMAIL.value, contact.email
    if is_mobile(contact.phone):
        return Channel.TEXT.value, contact.phone
    return "", ""


def to_person(person: Person, kind: str, *, once_key: str, **filled: str) -> bool:
    """Write to a person; say whether there was a way to."""
    if kind not in TO_PERSONS:
        raise ValueError(f"{kind} is not a kind of letter that goes to a person.")
    channel, to = way_to(person)
    if not to:
        return False
    _write(
        kind,
        channel,
        to,
        once_key=once_key,
        filled={"name": person.name, "council": person.authority.name, **filled},
        authority_id=person.authority_id,
        person_id=person.pk,
        is_to_them=True,
    )
    return True


def to_group(
    group: Group, kind: str, *, once_key: str, person_id: UUID, **filled: str
) -> bool:
    """Write to a group about a person; say whether there was a way to."""
    channel, to = way_to_group(group)
    if not to:
        return False
    _write(
        kind,
        channel,
        to,
        once_key=once_key,
        filled={"group": group.name, "council": group.authority.name, **filled},
        authority_id=group.authority_id,
        person_id=person_id,
    )
    return True


def to_worker(
    worker: Any, kind: str, *, once_key: str, authority_id: UUID, at: str = ""
) -> bool:
    """Tell a worker that something waits on their page, without saying about whom.

    ``at`` is the page of the desk, where it is not the first one. Gives False for a
    user without an address, such as a person of their own page.
    """
    if not worker.email:
        return False
    body = {"name": str(worker), "link": f"{settings.PUBLIC_ADDRESS}/desk/{at}"}
    letters.write(
        kind=f"deals.{kind}",
        to=worker.email,
        subject=definitions.words(f"{WORDS}{kind}_subject", authority_id=authority_id),
        body=definitions.words(
            f"{WORDS}{kind}_email", authority_id=authority_id
        ).format(**body),
        once_key=once_key,
        authority_id=authority_id,
        user_id=worker.pk,
    )
    return True


def to_place(
    email: str,
    kind: str,
    *,
    once_key: str,
    authority_id: UUID,
    person_id: UUID,
    **filled: str,
) -> None:
    """Write to where the authority wants one of the law's doors answered, at once."""
    letters.write(
        kind=f"deals.{kind}",
        to=email,
        subject=definitions.words(f"{WORDS}{kind}_subject", authority_id=authority_id),
        body=definitions.words(
            f"{WORDS}{kind}_email", authority_id=authority_id
        ).format(**filled),
        once_key=once_key,
        authority_id=authority_id,
        person_id=person_id,
        urgent=True,
    )


def _write(
    kind: str,
    channel: str,
    to: str,
    *,
    once_key: str,
    filled: dict[str, str],
    authority_id: UUID,
    person_id: UUID,
    is_to_them: bool = False,
) -> None:
    own = {"authority_id": authority_id}
    letters.write(
        kind=f"deals.{kind}",
        to=to,
        channel=channel,
        subject=definitions.words(f"{WORDS}{kind}_subject", **own),
        body=definitions.words(f"{WORDS}{kind}_{channel}", **own).format(**filled),
        once_key=once_key,
        authority_id=authority_id,
        person_id=person_id,
        is_to_them=is_to_them,
    )


def may_go_now(letter: Letter, now: dt.datetime) -> gates.Answer:
    """Say whether a letter to a person may be handed over, by all that they say today."""
    found = Person.objects.select_related("merged_into")
    person = found.filter(pk=letter.person_id or letter.pk).first()
    if person is None:
        return gates.Never(why="nobody is known to write to")
    person = person.merged_into or person
    is_wrong = (letter.channel, letter.to) != way_to(person)
    if is_for_a_human(person) or (is_wrong and not letter.urgent):
        return gates.Never(why="they are reached another way now")
    if (at := next_time(person, now)) is None:
        return None
    if at <= now:
        return gates.Now()
    # a code that is late is of no use, and arrives at a bad hour
    late = "not at this hour, by what they told us"
    return gates.Never(why=late) if letter.urgent else gates.Later(at=at)


for _kind in ("residents.page_code", *(f"deals.{kind}" for kind in TO_PERSONS)):
    gates.register(_kind, may_go_now)
