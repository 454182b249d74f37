"""Lets a person into their own page by a code sent to the contact we hold.

The same is said and done whether or not a contact is known: the page that asks only
leaves a note, and a job looks (``send``). A code goes by a way the person likes, never
to somebody who asked for silence or gave words on how they may be reached safely, which
no machine can keep: their worker reads it with them. It must never open one record to
another person who shares a phone: there a name and a date of birth must fit too, and in
any doubt nothing opens.
"""

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from thedeal.accounts.actions import people as users
from thedeal.accounts.models import User
from thedeal.audit.actions import limits, trail
from thedeal.audit.models import Entry
from thedeal.lib import definitions, links, logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters
from thedeal.messages.models import Channel
from thedeal.residents import reach
from thedeal.residents.about import contact_key, name_key
from thedeal.residents.models import OwnPage, PageCode, Person
from thedeal.residents.states import Entered

LASTS = dt.timedelta(minutes=10)
MOST_TRIES = 5
QUARTER_S = 15 * 60
FROM_ONE_PLACE, AT_ONE_CONTACT = 30, 5
AGAIN = "This page was left too long. Ask for a new code."


@logins.atomic
def ask(typed: str, *, place: str) -> str:
    """Give a ticket for a code that comes if this is a contact of somebody here.

    ``place`` is the network address that asks. Raises UserFacingError where this is no
    email address or phone number, TooManyError where it was asked too often.
    """
    contact = contact_key(typed)
    limits.hit("own_page:from", place, most=FROM_ONE_PLACE, seconds=QUARTER_S)
    limits.hit("own_page:at", contact, most=AT_ONE_CONTACT, seconds=QUARTER_S)
    return _begin(contact)


@logins.atomic
def ask_for(person: Person, *, place: str) -> str:
    """Give a ticket for a code to one person, whom a checked link already names."""
    limits.hit("own_page:from", place, most=FROM_ONE_PLACE, seconds=QUARTER_S)
    limits.hit("own_page:at", str(person.pk), most=AT_ONE_CONTACT, seconds=QUARTER_S)
    contacts = [c for c in (person.phone, person.email) if may_be_sent(person, c)]
    return _begin(contacts[0] if contacts else "", only=[person.pk])


@logins.atomic
def send(code_id: UUID) -> bool:
    """Find whose contact was typed and send the code there; say whether one was sent.

    The job's work; safe to run twice.
    """
    row = PageCode.objects.select_for_update().get(pk=code_id)
    contact, row.contact = row.contact, ""
    row.save(update_fields=["contact"])
    if not contact or row.expires_at <= timezone.now():
        return False
    holders = list(
        reach.standing().filter(
            Q(email__iexact=contact) | Q(phone=contact), forgotten_at__isnull=True
        )
    )
    row.is_shared = len(holders) > 1
    asked = [x for x in holders if not row.candidates or x.pk in row.candidates]
    found = [person for person in asked if may_be_sent(person, contact)]
    if found:
        _give_code(row, found, to=contact)
    return bool(found)


@logins.atomic
def try_code(ticket: str, *, code: str) -> Entered:
    """Say what a typed code does: opens, is wrong, or comes too late. Counts the try."""
    row = _held(ticket)
    if row is None or row.proved_at:
        return Entered.OVER
    row.tries += 1
    typed = "".join(filter(str.isdigit, code))
    right = bool(row.code_digest) and hmac.compare_digest(
        row.code_digest, _digest(row, typed)
    )
    if right:
        row.proved_at = timezone.now()
        row.tries = 0
    row.save(update_fields=["tries", "proved_at"])
    if not right:
        return Entered.OVER if row.tries >= MOST_TRIES else Entered.WRONG
    return Entered.WHICH if row.is_shared else Entered.IN


@logins.atomic
def say_who(ticket: str, *, name: str, born_on: dt.date) -> Entered:
    """Say whether name and birthday fit just one of those who share a contact.

    Nobody's name is ever given; one who gave us no date of birth is never let in so.
    """
    row = _held(ticket)
    if row is None or not row.proved_at:
        return Entered.OVER
    row.tries += 1
    fitting = [
        pk for pk in row.candidates if _is_called(_seen(pk), name=name, born_on=born_on)
    ]
    row.person_id = fitting[0] if len(fitting) == 1 else None
    row.save(update_fields=["tries", "person_id"])
    return Entered.IN if row.person_id else Entered.RING


@logins.atomic
def come_in(ticket: str) -> User:
    """Give the user whose page it is, once; raise UserFacingError in any doubt."""
    row = _held(ticket)
    if row is None or not row.proved_at:
        raise UserFacingError(AGAIN)
    known = row.person_id or (None if row.is_shared else row.candidates[0])
    person = _seen(known) if known else None
    if person is None or person.forgotten_at or person.merged_into_id:
        raise UserFacingError(AGAIN)
    row.used_at, row.code_digest, row.candidates = timezone.now(), "", []
    row.save(update_fields=["used_at", "code_digest", "candidates"])
    user = _user_of(person)
    trail.record(
        "residents.own_page_opened",
        by=user,
        subject=person,
        person_id=person.pk,
        kind=Entry.Kind.SIGN_IN,
    )
    return user


def may_be_sent(person: Person, contact: str) -> bool:
    """Say whether a code may go to this contact of a person, by what they told us."""
    if not contact or not person.may_be_written_to or person.how_to_reach:
        return False
    if "@" in contact:
        return person.likes_contact_by in ("", Person.Channel.EMAIL)
    is_mobile = contact.startswith(Person.MOBILE)
    return is_mobile and person.likes_contact_by in ("", Person.Channel.TEXT)


def _begin(contact: str, *, only: Sequence[UUID] = ()) -> str:
    """Leave a note for the job and give its ticket; ``only`` whom a link names."""
    ticket = links.new_token()
    logins.hold_ticket(links.digest(ticket))
    row = PageCode.objects.create(
        ticket_digest=links.digest(ticket),
        contact=contact,
        candidates=list(only),
        expires_at=timezone.now() + LASTS,
    )
    queue.defer("residents.send_page_code", code_id=str(row.pk))
    return ticket


def _give_code(row: PageCode, found: list[Person], *, to: str) -> None:
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_digest = _digest(row, code)
    row.candidates = [person.pk for person in found]
    row.expires_at = timezone.now() + LASTS
    row.save()
    own = {"authority_id": found[0].authority_id}
    channel = Channel.EMAIL if "@" in to else Channel.TEXT
    letters.write(
        kind="residents.page_code",
        to=to,
        channel=channel.value,
        subject=definitions.words("words/residents.page_code_subject", **own),
        body=definitions.words(f"words/residents.page_code_{channel}", **own).format(
            code=code
        ),
        once_key=f"page_code:{row.pk}",
        person_id=found[0].pk,
        # of one who shares a phone we do not know whether it was them who asked
        is_to_them=len(found) == 1,
        urgent=True,
        **own,
    )
    letters.nudge()


def _held(ticket: str) -> PageCode | None:
    digest = links.digest(ticket)
    logins.hold_ticket(digest)
    return (
        PageCode.objects.select_for_update()
        .filter(
            ticket_digest=digest,
            used_at__isnull=True,
            expires_at__gt=timezone.now(),
            tries__lt=MOST_TRIES,
        )
        .first()
    )


def _digest(row: PageCode, code: str) -> str:
    said = f"page code:{row.pk}:{code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def _seen(person_id: UUID) -> Person | None:
    logins.speak_for(person_id)
    return Person.objects.filter(pk=person_id).first()


def _is_called(person: Person | None, *, name: str, born_on: dt.date) -> bool:
    if person is None or person.born_on is None or person.born_on != born_on:
        return False
    typed = name_key(name)
    return typed in {name_key(n) for n in (person.called, person.full_name) if n}


def _user_of(person: Person) -> User:
    """Give the user of a person's page: one with no address, so of no other power."""
    pages = person.own_pages.filter(
        ended_at__isnull=True, user__email__isnull=True, user__is_active=True
    )
    page = pages.select_related("user").first()
    if page is not None:
        return page.user
    user = users.create(display_name=person.name, by=None)
    OwnPage.objects.create(authority_id=person.authority_id, person=person, user=user)
    return user
