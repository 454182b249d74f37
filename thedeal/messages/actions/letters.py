"""Writes letters into the outbox and hands them over, each once.

A letter is a row in the writer's own transaction, so nothing is sent of what was
rolled back. A job hands it over: the row is marked before and after, so a worker
that dies between leaves "unsure" for a person to settle, never a second sending.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.audit.models import Entry
from thedeal.lib import definitions, logins, queue
from thedeal.messages import gates, quiet
from thedeal.messages.actions import ways_out
from thedeal.messages.actions.ways_out import opt_out
from thedeal.messages.clients import carriers
from thedeal.messages.models import Channel, Letter
from thedeal.messages.states import LetterState

__all__ = [
    "nudge",
    "opt_out",
    "send_again",
    "send_due",
    "settle",
    "stop_for",
    "write",
]
MOST_TRIES = 60  # every half hour for more than a day
RETRY_AFTER = timedelta(minutes=30)
UNSURE_AFTER = timedelta(minutes=10)


def write(
    *,
    kind: str,
    to: str,
    subject: str,
    body: str,
    once_key: str,
    channel: str = Channel.EMAIL,
    authority_id: UUID | None = None,
    person_id: UUID | None = None,
    user_id: UUID | None = None,
    is_to_them: bool = False,
    urgent: bool = False,
) -> None:
    """Put a letter in the outbox; a second one with the same key is not written.

    ``urgent`` is for what the person asked for this minute (a sign-in code): it
    heeds neither quiet hours nor opt-outs. ``is_to_them`` is for a letter to the person
    whom it is about, who may read it again. Subjects must reveal nothing.
    """
    now = timezone.now()
    letter = Letter(
        kind=kind,
        to=to.strip(),
        subject=" ".join(subject.split())[:150],
        body=body,
        once_key=once_key,
        channel=channel,
        authority_id=authority_id,
        person_id=person_id,
        user_id=user_id,
        is_to_them=is_to_them,
        urgent=urgent,
        not_before=now if urgent else _not_before(now),
    )
    Letter.objects.bulk_create([letter], ignore_conflicts=True)


def send_due() -> int:
    """Hand over every letter whose time has come; give how many were sent."""
    _mark_unsure()
    sent = 0
    while letter := _take():
        sent += _hand_over(letter)
    return sent


def settle(letter: Letter, *, was_sent: bool, by: Any) -> None:
    """Say what became of an unsure letter: it arrived, or send it again."""
    now = timezone.now()
    fields = (
        {"state": LetterState.SENT, "sent_at": now}
        if was_sent
        else {"state": LetterState.WAITING, "not_before": now}
    )
    with logins.transaction_now():
        Letter.objects.filter(pk=letter.pk, state=LetterState.UNSURE).update(**fields)
        trail.record("messages.settled", by=by, subject=letter, was_sent=was_sent)


def send_again(letter: Letter, *, by: Any) -> None:
    """Try a letter again that its carrier refused; the caller checked who may."""
    with logins.transaction_now():
        Letter.objects.filter(pk=letter.pk, state=LetterState.FAILED).update(
            state=LetterState.WAITING, not_before=timezone.now(), tries=0, failure=""
        )
        trail.record("messages.sent_again", by=by, subject=letter)
    nudge()


def stop_for(person_id: UUID, *, by: Any, reason: str) -> int:
    """Stop every waiting message about a person at once; give how many."""
    with logins.transaction_now():
        stopped = Letter.objects.filter(
            person_id=person_id, state=LetterState.WAITING, urgent=False
        ).update(state=LetterState.HELD, failure=reason[:200])
        trail.record("messages.stopped", by=by, person_id=person_id, count=stopped)
    return stopped


def forget(person_id: UUID, *, by: Any) -> None:
    """Stop what waits about a person, and wipe to whom anything about them went.

    What the letters said is locked with the person's key, which goes with them.
    """
    stop_for(person_id, by=by, reason="the record was erased")
    with logins.transaction_now():
        Letter.objects.filter(person_id=person_id).update(
            to="", subject="", carrier_reference=""
        )


def _not_before(now: datetime) -> datetime:
    hours = definitions.get("messages.quiet_hours").value
    return quiet.next_time(now, from_hour=hours["from"], until_hour=hours["until"])


def _due() -> QuerySet[Letter]:
    return Letter.objects.filter(
        state=LetterState.WAITING, not_before__lte=timezone.now()
    ).order_by("-urgent", "not_before")


def _take() -> Letter | None:
    with logins.transaction_now():
        letter = _due().select_for_update(skip_locked=True).first()
        if letter is None:
            return None
        if _has_to_wait(letter):
            return letter
        letter.state = LetterState.SENDING
        letter.tries += 1
        letter.last_tried_at = timezone.now()
        if not letter.urgent and ways_out.is_taken(letter.to, kind=letter.kind):
            letter.state = LetterState.HELD
            letter.failure = "asked not to be written to"
        letter.save(update_fields=["state", "tries", "last_tried_at", "failure"])
    return letter


def _has_to_wait(letter: Letter) -> bool:
    """Put a letter off, or hold it, where it may not go at this hour or at all."""
    now = timezone.now()
    said = gates.asked(letter, now) or _quiet(letter, now)
    if isinstance(said, gates.Later):
        letter.not_before = said.at
    elif isinstance(said, gates.Never):
        letter.state, letter.failure = LetterState.HELD, said.why
    letter.save(update_fields=["not_before", "state", "failure"])
    return isinstance(said, gates.Later | gates.Never)


def _quiet(letter: Letter, now: datetime) -> gates.Later | None:
    """Keep a letter that has waited (the mail was down) out of the quiet hours."""
    if letter.urgent:
        return None
    at = _not_before(now)
    return gates.Later(at=at) if at > now else None


def _hand_over(letter: Letter) -> int:
    if letter.state != LetterState.SENDING:
        return 0
    if not letter.urgent:
        letter.body = ways_out.shown_under(letter)
    try:
        reference = carriers.carry(letter)
    except carriers.TryLaterError as error:
        _put_back(letter, str(error))
        return 0
    except carriers.RefusedError as error:
        _finish(letter, LetterState.FAILED, failure=str(error)[:200])
        return 0
    _finish(
        letter,
        LetterState.SENT,
        sent_at=timezone.now(),
        carrier_reference=reference[:120],
    )
    return 1


def _put_back(letter: Letter, why: str) -> None:
    if letter.tries >= MOST_TRIES:
        _finish(letter, LetterState.FAILED, failure=why[:200])
        return
    later = timezone.now() + RETRY_AFTER
    _finish(letter, LetterState.WAITING, not_before=later, failure=why[:200])


def _finish(letter: Letter, state: LetterState, **fields: Any) -> None:
    with logins.transaction_now():
        Letter.objects.filter(pk=letter.pk).update(state=state, **fields)
        trail.record(
            f"messages.{state}",
            by=None,
            subject=letter,
            person_id=letter.person_id,
            kind=Entry.Kind.SENT,
            letter_kind=letter.kind,
        )


def _mark_unsure() -> None:
    since = timezone.now() - UNSURE_AFTER
    Letter.objects.filter(state=LetterState.SENDING, last_tried_at__lt=since).update(
        state=LetterState.UNSURE
    )


def nudge() -> None:
    """Ask the worker to send what is due now, not at the next minute."""
    queue.defer("messages.send_due")
