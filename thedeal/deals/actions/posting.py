"""Writes to a person, a group or a worker by the way they like, and reveals nothing.

Nothing goes to somebody who died, moved away, is in hospital or asked for silence. A
letter to a worker names nobody: inboxes are read over shoulders.
"""

from typing import Any
from uuid import UUID

from django.conf import settings

from thedeal.community.models import Contact, Group
from thedeal.lib import definitions
from thedeal.messages.actions import letters
from thedeal.messages.models import Channel
from thedeal.residents.models import Person

WORDS = "words/deals."


def way_to(person: Person) -> tuple[str, str]:
    """Give channel and address by which to write to a person; ("", "") for none."""
    if not person.may_be_written_to:
        return "", ""
    text = (Channel.TEXT.value, person.phone) if _is_mobile(person.phone) else ("", "")
    email = (Channel.EMAIL.value, person.email) if person.email else ("", "")
    if person.likes_contact_by == Person.Channel.TEXT and text[1]:
        return text
    if person.likes_contact_by in (Person.Channel.EMAIL, "") and email[1]:
        return email
    # somebody who likes the phone, a letter or a visit is rung or visited, not written to
    return text if person.likes_contact_by == "" else ("", "")


def way_to_group(group: Group) -> tuple[str, str]:
    """Give channel and address of whoever answers for a group; ("", "") for none."""
    contact = Contact.objects.filter(group=group).first()
    if contact is None:
        return "", ""
    if contact.email:
        return Channel.EMAIL.value, contact.email
    if _is_mobile(contact.phone):
        return Channel.TEXT.value, contact.phone
    return "", ""


def to_person(person: Person, kind: str, *, once_key: str, **filled: str) -> bool:
    """Write to a person; say whether there was a way to."""
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


def to_worker(worker: Any, kind: str, *, once_key: str, authority_id: UUID) -> None:
    """Tell a worker that something waits on their page, without saying about whom."""
    body = {"name": str(worker), "link": f"{settings.PUBLIC_ADDRESS}/desk/"}
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
    )


def _is_mobile(phone: str) -> bool:
    return phone.replace(" ", "").startswith(Person.MOBILE)
