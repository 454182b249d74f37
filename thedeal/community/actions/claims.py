"""Lets a group take its listing into its own hands: by a code, or by a worker's word.

The code goes to the contact that stands on the listing, the link to whoever claims:
only somebody who has both is let in. Asking happens on the public login, which may
add a claim and can read nothing; a job sends the two letters.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from thedeal.accounts.actions import people
from thedeal.accounts.models import User
from thedeal.audit.actions import trail
from thedeal.community import cleaning, permissions
from thedeal.community.models import Claim, Contact, Group
from thedeal.community.states import ClaimState
from thedeal.lib import definitions, links, logins
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters, taps
from thedeal.messages.models import Channel
from thedeal.partners.actions import authorities, memberships
from thedeal.partners.models import Kind, Membership, Organisation

KIND = "community.claim"
ROLE = "group_organiser"
MOST_TRIES = 5
CODE_LASTS = timedelta(days=7)
WRONG = "That is not the code. Look again and type it once more."


@logins.atomic
def ask(*, group: Group, name: str, email: str, role: str = "organiser") -> None:
    """Keep a claim, for a job to send its letters; raise where name or address is odd."""
    tidy, address = cleaning.line(name, most=120), cleaning.email(email)
    if not tidy or not address:
        raise UserFacingError("Give your name and an email address that is yours.")
    claim = Claim(
        authority_id=group.authority_id,
        group=group,
        name=tidy,
        email=address,
        role="deputy" if role == "deputy" else "organiser",
    )
    # the public login may add and never read: nothing is asked back
    Claim.objects.bulk_create([claim])
    trail.record("community.claim_asked", by=None, subject=claim)


def send_all() -> int:
    """Send the letters of every claim that waits for them; give how many waited."""
    waiting = Claim.objects.filter(state=ClaimState.ASKED)
    found = list(waiting.select_related("group__authority"))
    for claim in found:
        send_letters(claim=claim)
    return len(found)


@logins.atomic
def send_letters(*, claim: Claim) -> None:
    """Send the code to the contact on the listing and the link to the claimant."""
    if claim.state != ClaimState.ASKED:
        return
    contact = Contact.objects.filter(group_id=claim.group_id).first()
    if contact is None or not (contact.email or contact.phone):
        _move(claim, ClaimState.WORD_NEEDED, by=None)
        return
    code = f"{secrets.randbelow(1_000_000):06d}"
    claim.code_digest = _digest(claim, code)
    claim.code_expires_at = timezone.now() + CODE_LASTS
    _move(claim, ClaimState.SENT, by=None)
    to, channel = contact.email, Channel.EMAIL
    if not to:
        to, channel = contact.phone, Channel.TEXT
    _write(claim, "claim_code", to, channel=channel, code=code)
    link = taps.make(
        links.PURPOSES[KIND],
        subject_id=claim.group_id,
        authority_id=claim.authority_id,
        claim=str(claim.pk),
    )
    _write(claim, "claim_link", claim.email, link=link)


@logins.atomic
def accept_code(*, group: Group, claim_id: str, code: str) -> str:
    """Take a code; give the sentence to show. Five wrong ones end the claim."""
    claim = Claim.objects.select_for_update().get(pk=claim_id, group=group)
    if claim.state == ClaimState.ACCEPTED:
        raise UserFacingError("This listing is already in your hands.")
    expires = claim.code_expires_at
    if claim.state != ClaimState.SENT or expires is None or expires < timezone.now():
        raise UserFacingError("This code has run out. Ask for a new one.")
    claim.tries += 1
    claim.save(update_fields=["tries"])
    if not hmac.compare_digest(_digest(claim, code), claim.code_digest):
        if claim.tries >= MOST_TRIES:
            _move(claim, ClaimState.REFUSED, by=None)
            return "That was tried too often. Ask for a new code."
        return WRONG
    _hand_over(claim, by=None)
    return (
        f"{group.name} is in your hands. Sign in with {claim.email}: we send you a "
        "code each time, so there is no password to keep."
    )


@logins.atomic
def accept_by_word(*, claim: Claim, by: Any) -> None:
    """Accept a claim because a worker knows the group and says so."""
    permissions.check_can_answer(by, group=claim.group)
    _check_open(claim)
    _hand_over(claim, by=by)


@logins.atomic
def hand_to(*, group: Group, organisation: Organisation, by: Any) -> None:
    """Put a listing into the hands of an organisation that is a partner already."""
    permissions.check_can_edit(by, authority=group.authority)
    if organisation.authority_id != group.authority_id:
        raise UserFacingError("Choose an organisation of this council's.")
    Group.objects.filter(pk=group.pk).update(organisation=organisation)
    trail.record("community.handed_over", by=by, subject=group, to=str(organisation.pk))


@logins.atomic
def refuse(*, claim: Claim, by: Any) -> None:
    """Refuse a claim."""
    permissions.check_can_edit(by, authority=claim.group.authority)
    _check_open(claim)
    _move(claim, ClaimState.REFUSED, by=by)


def _check_open(claim: Claim) -> None:
    if claim.state in (ClaimState.ACCEPTED, ClaimState.REFUSED):
        raise UserFacingError("This claim has been answered already.")


def _hand_over(claim: Claim, *, by: Any) -> None:
    """Make the group an organisation with the claimant as its organiser."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=claim.group_id)
    owner = group.organisation or _organisation(group)
    if group.organisation_id is None:
        Group.objects.filter(pk=group.pk).update(organisation=owner)
    user = User.objects.filter(email=claim.email).first()
    if user is None:
        user = people.create(display_name=claim.name, email=claim.email, by=by)
    people.prove_address(user, by=by)
    held = Membership.objects.held_by(user).filter(organisation=owner)
    if not held.exists():
        memberships.start(user=user, organisation=owner, role=ROLE, by=by)
    _move(claim, ClaimState.ACCEPTED, by=by)


def _organisation(group: Group) -> Organisation:
    there = Organisation.objects.filter(
        authority_id=group.authority_id, slug=group.slug
    ).exists()
    return authorities.add_organisation(
        authority=group.authority,
        kind=Kind.BUSINESS if group.kind == "business" else Kind.GROUP,
        name=group.name,
        by=None,
        slug=f"{group.slug[:70]}-{str(group.pk)[:8]}" if there else group.slug,
    )


def _move(claim: Claim, state: ClaimState, *, by: Any) -> None:
    claim.state = state
    if state in (ClaimState.ACCEPTED, ClaimState.REFUSED):
        claim.answered_at = timezone.now()
        claim.answered_by_id = getattr(by, "pk", None)
    claim.save()
    trail.record(f"community.claim_{state.replace(' ', '_')}", by=by, subject=claim)


def _write(
    claim: Claim, words: str, to: str, *, channel: str = Channel.EMAIL, **filled: str
) -> None:
    own = {"authority_id": claim.authority_id}
    letters.write(
        kind=KIND,
        to=to,
        channel=channel,
        subject=definitions.words("words/community.claim_subject", **own),
        body=definitions.words(f"words/community.{words}", **own).format(
            name=claim.name, group=claim.group.name, **filled
        ),
        once_key=f"{KIND}:{words}:{claim.pk}",
        authority_id=claim.authority_id,
        urgent=True,
    )


def _digest(claim: Claim, code: str) -> str:
    key = settings.SECRET_KEY.encode()
    typed = "".join(c for c in code if c.isdigit())
    text = f"claim:{claim.pk}:{typed}".encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()
