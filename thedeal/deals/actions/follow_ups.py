"""Asks at 2, 8 and 26 weeks how it went, hears the answer, and tells of silence.

By the way the person likes; whoever likes no writing is on the worker's page instead,
the same day. It must never ask anybody who died, moved away or asked for silence.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import days, permissions
from thedeal.deals.actions import introductions, posting
from thedeal.deals.models import Deal, FollowUp, Introduction
from thedeal.deals.selectors import fell_short
from thedeal.deals.states import Asked, DealState, Introduced
from thedeal.lib import links, logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.residents.actions import people
from thedeal.residents.models import Person
from thedeal.residents.states import Whereabouts

PURPOSE = "deals.follow_up"
LONGEST = 2000
GONE = {Whereabouts.DIED.value, Whereabouts.MOVED_AWAY.value}
OVER = {Introduced.FULL.value, Introduced.CALLED_OFF.value}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody answered, all of it optional; they need not say whether they went."""

    went: FollowUp.Went | None = None
    mattered: FollowUp.Mattered | None = None
    words: str = ""
    we_fell_short: bool = False


@logins.atomic
def plan_for_deal(deal: Deal) -> int:
    """Plan the follow-ups of a deal that was agreed; give how many are new."""
    agreed = deal.versions.filter(agreed_at__isnull=False).last()
    if agreed is None or agreed.agreed_at is None:
        return 0
    return _plan(deal, since=agreed.agreed_at, deal=deal)


@logins.atomic
def plan_for_introduction(introduction: Introduction) -> int:
    """Plan the follow-ups of an introduction that was welcomed."""
    since = introduction.answered_at or introduction.asked_at
    return _plan(introduction, since=since, introduction=introduction)


def ask_due(*, now: dt.datetime) -> tuple[int, int]:
    """Ask who is due and tell workers of silence; give how many of each."""
    today = timezone.localdate(now)
    waiting = FollowUp.objects.filter(state=Asked.WAITING.value, due_on__lte=today)
    silent = FollowUp.objects.filter(state=Asked.ASKED.value)
    found = [
        *((_ask, pk) for pk in waiting.values_list("pk", flat=True)),
        *((_tell, pk) for pk in silent.values_list("pk", flat=True)),
    ]
    did = queue.each(found, lambda each: (each[0], each[0](each[1], now=now)))
    asked = sum(many for do, many in did if do is _ask)
    return asked, sum(many for _, many in did) - asked


@logins.atomic
def answer(follow_up: FollowUp, *, said: Said, by: Any = None) -> FollowUp:
    """Take an answer: by the person's own tap (``by`` None), or as a worker heard it.

    "I went" closes the introduction's question too. Raises UserFacingError where it
    was answered before.
    """
    if by is not None:
        permissions.check_beside(by, follow_up.person)
    if follow_up.answered_at is not None:
        raise UserFacingError("You have already answered. Thank you: nothing to do.")
    follow_up.went = said.went.value if said.went else ""
    follow_up.mattered = said.mattered.value if said.mattered else ""
    follow_up.words = said.words.strip()[:LONGEST]
    follow_up.we_fell_short = said.we_fell_short
    follow_up.state, follow_up.answered_at = Asked.ANSWERED.value, timezone.now()
    follow_up.save()
    people.in_touch(follow_up.person, on=timezone.localdate())
    _note_in_introduction(follow_up)
    _ask_no_more(follow_up)
    queue.defer("deals.after_follow_up", follow_up_id=str(follow_up.pk))
    trail.record(
        "deals.follow_up_answered",
        by=by,
        subject=follow_up,
        person_id=follow_up.person_id,
    )
    return follow_up


def _plan(
    of: Deal | Introduction,
    *,
    since: dt.datetime,
    deal: Deal | None = None,
    introduction: Introduction | None = None,
) -> int:
    weeks = days.numbers("follow_up_weeks", authority_id=of.authority_id)
    rows = [
        FollowUp(
            authority_id=of.authority_id,
            person_id=of.person_id,
            deal=deal,
            introduction=introduction,
            worker_id=of.worker_id,
            weeks=number,
            due_on=timezone.localdate(since) + dt.timedelta(weeks=number),
        )
        for number in weeks
    ]
    there = FollowUp.objects.filter(deal=deal, introduction=introduction)
    known = set(there.values_list("weeks", flat=True))
    new = [row for row in rows if row.weeks not in known]
    FollowUp.objects.bulk_create(new)
    return len(new)


@logins.atomic
def _ask(pk: UUID, *, now: dt.datetime) -> int:
    found = FollowUp.objects.select_for_update(of=("self",)).select_related(
        "person__authority", "deal", "introduction__group", "worker"
    )
    row = found.get(pk=pk)
    if row.state != Asked.WAITING.value:
        return 0
    if _is_over(row):
        return _set(row, Asked.STOPPED)
    if row.person.whereabouts == Whereabouts.IN_HOSPITAL:
        return 0  # asked when they are back
    if _was_asked_lately(row, now=now):
        return 0  # one question at a time: this one in a few days
    if row.person.may_be_written_to and _write(row):
        row.asked_at = now
        row.save(update_fields=["asked_at"])
        _set(row, Asked.ASKED)
        return 1
    return _to_worker(row, now=now)


@logins.atomic
def _tell(pk: UUID, *, now: dt.datetime) -> int:
    found = FollowUp.objects.select_for_update(of=("self",)).select_related("worker")
    row = found.get(pk=pk)
    own = row.authority_id
    patience = days.number("follow_up_silence_days", authority_id=own)
    since = row.asked_at
    if row.state != Asked.ASKED.value or since is None or (now - since).days < patience:
        return 0
    _to_worker(row, now=now)
    return 1


def _was_asked_lately(row: FollowUp, *, now: dt.datetime) -> bool:
    apart = days.number("follow_up_days_apart", authority_id=row.authority_id)
    since = now - dt.timedelta(days=apart)
    mine = Q(asked_at__gt=since) | Q(told_at__gt=since)
    return FollowUp.objects.filter(mine, person_id=row.person_id).exists()


def _to_worker(row: FollowUp, *, now: dt.datetime) -> int:
    row.told_at = now
    row.save(update_fields=["told_at"])
    posting.to_worker(
        row.worker,
        "follow_up_silent",
        once_key=f"deals.follow_up_silent:{row.pk}",
        authority_id=row.authority_id,
    )
    return _set(row, Asked.WORKER_TOLD)


def _write(row: FollowUp) -> bool:
    purpose = links.PURPOSES[PURPOSE]
    link = taps.make(
        purpose,
        subject_id=row.pk,
        authority_id=row.authority_id,
        person_id=row.person_id,
    )
    return posting.to_person(
        row.person, "follow_up", once_key=f"deals.follow_up:{row.pk}", link=link
    )


def _is_over(row: FollowUp) -> bool:
    """Whether asking would hurt or be silly: they died, or it never came to be."""
    person = row.person
    if person.whereabouts in GONE or person.forgotten_at:
        return True
    if person.likes_contact_by == Person.Channel.NONE:
        return True
    if row.deal is not None:
        return row.deal.state == DealState.ENDED.value
    return row.introduction is not None and row.introduction.state in OVER


def _note_in_introduction(row: FollowUp) -> None:
    introduction = row.introduction
    if introduction is None or row.went != FollowUp.Went.YES.value:
        return
    if introduction.state not in OVER:
        introductions.went(introduction)


def _ask_no_more(row: FollowUp) -> None:
    """Stop the later questions about what they said was not for them."""
    if row.introduction is not None and row.went == FollowUp.Went.NO.value:
        later = row.introduction.follow_ups.filter(state=Asked.WAITING.value)
        later.update(state=Asked.STOPPED.value)


@logins.atomic
def tell_that_we_fell_short(row: FollowUp) -> int:
    """Tell the worker at once that we promised something and did not do it, and every
    colleague whose promise it may be; give how many were told.
    """
    if not row.we_fell_short:
        return 0
    key = f"deals.fell_short:{row.pk}"
    keys = {row.worker: key}
    for owner in fell_short.owners(row):
        keys.setdefault(owner, f"{key}:{owner.pk}")
    told = (
        posting.to_worker(
            who, "fell_short", once_key=once, authority_id=row.authority_id
        )
        for who, once in keys.items()
    )
    return sum(told)


def _set(row: FollowUp, state: Asked) -> int:
    FollowUp.objects.filter(pk=row.pk).update(state=state.value)
    row.state = state.value
    return 0
