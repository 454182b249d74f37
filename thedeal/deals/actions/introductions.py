"""Introduces a person to a group warmly, hears its answer, chases twice, then tells.

The group learns a first name and what the person chose to say, and nothing else. How
soon a group answers becomes a fact of its listing that suggestions use.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community.actions import reliability
from thedeal.community.models import Activity, Group
from thedeal.deals import days, permissions
from thedeal.deals.actions import posting
from thedeal.deals.models import Deal, Introduction, Signpost
from thedeal.deals.selectors import answering
from thedeal.deals.states import (
    ANSWERS,
    WAITING,
    Introduced,
    Moved,
    introduction_to,
)
from thedeal.lib import links, logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.partners.models import Team
from thedeal.residents.models import Person
from thedeal.residents.states import Whereabouts

PURPOSE = "deals.introduction"
CAME = "deals.came"
LONGEST = 300
CHASED = (Introduced.ASKED, Introduced.CHASED_ONCE, Introduced.CHASED_TWICE)


@logins.atomic
def introduce(
    person: Person,
    *,
    team: Team,
    group: Group,
    by: Any,
    first_name: str,
    says: str,
    they_said_yes: bool,
    activity: Activity | None = None,
    deal: Deal | None = None,
) -> Introduction:
    """Give a new introduction, on its way to whoever answers for the group.

    Raises UserFacingError where the person did not say yes to just these words, the
    group is full to them already, or nobody of the group can be written to.
    """
    permissions.check_beside_in(by, person, team=team)
    _check_may_go(person, group, they_said_yes=they_said_yes)
    now = timezone.now()
    introduction = Introduction.objects.create(
        authority_id=person.authority_id,
        person=person,
        team=team,
        worker=by,
        group=group,
        activity=activity,
        deal=deal,
        first_name=_first(first_name),
        says=" ".join(says.split())[:LONGEST],
        they_said_yes_at=now,
        asked_at=now,
    )
    _write_or_refuse(introduction)
    _record("deals.introduced", introduction, by=by)
    return introduction


def _check_may_go(person: Person, group: Group, *, they_said_yes: bool) -> None:
    if not they_said_yes:
        raise UserFacingError("Read it to them first. It goes only with their yes.")
    if _waiting_for(person, group).exists():
        raise UserFacingError(f"{group.name} has been asked already.")


def _write_or_refuse(introduction: Introduction) -> None:
    if not _write(introduction):
        raise UserFacingError(
            f"{introduction.group.name} gave nobody to write to. Ring them, or give "
            "the name and number as a signpost."
        )


@logins.atomic
def answer(
    introduction: Introduction,
    *,
    state: Introduced,
    by: Any = None,
    come_on: dt.date | None = None,
    words: str = "",
) -> Introduction:
    """Take a group's answer: yes (come on a day), full, or ring me.

    ``by`` is the worker who heard it, or None for the group's own tap.
    """
    if by is not None:
        permissions.check_beside(by, introduction.person)
    if state not in ANSWERS:
        raise UserFacingError("Choose one of the answers.")
    _move(introduction, state)
    introduction.come_on = come_on
    introduction.answered_at = introduction.answered_at or timezone.now()
    introduction.answer_words = " ".join(words.split())[:LONGEST]
    introduction.save(update_fields=["state", "come_on", "answered_at", "answer_words"])
    taps.withdraw(introduction.pk, purpose=links.PURPOSES[PURPOSE])
    _record("deals.group_answered", introduction, by=by, answer=state.value)
    queue.defer("deals.after_answer", introduction_id=str(introduction.pk))
    return introduction


@logins.atomic
def went(introduction: Introduction, *, by: Any = None) -> Introduction:
    """Note that they came: said by the worker, the group or the person."""
    if by is not None:
        permissions.check_beside(by, introduction.person)
    if introduction.state in (Introduced.WENT.value, Introduced.SETTLED.value):
        return introduction
    _move(introduction, Introduced.WENT)
    introduction.went_at = timezone.now()
    introduction.save(update_fields=["state", "went_at"])
    _record("deals.went", introduction, by=by)
    return introduction


@logins.atomic
def settled(introduction: Introduction, *, by: Any) -> Introduction:
    """Note that somebody belongs there now: a thing to celebrate."""
    permissions.check_beside(by, introduction.person)
    _move(introduction, Introduced.SETTLED)
    introduction.settled_at = timezone.now()
    introduction.save(update_fields=["state", "settled_at"])
    _record("deals.settled", introduction, by=by)
    return introduction


@logins.atomic
def call_off(introduction: Introduction, *, by: Any) -> None:
    """Call an introduction off, because the person would rather not after all."""
    permissions.check_beside(by, introduction.person)
    _move(introduction, Introduced.CALLED_OFF)
    introduction.save(update_fields=["state"])
    taps.withdraw(introduction.pk, purpose=links.PURPOSES[PURPOSE])
    _record("deals.called_off", introduction, by=by)


@logins.atomic
def signpost(
    person: Person,
    *,
    group: Group,
    by: Any,
    activity: Activity | None = None,
    words: str = "",
) -> Signpost:
    """Give a name and a number to take away: nobody else is told, nobody is chased."""
    permissions.check_beside(by, person)
    given = Signpost.objects.create(
        authority_id=person.authority_id,
        person=person,
        group=group,
        activity=activity,
        worker=by,
        words=words.strip(),
    )
    trail.record("deals.signposted", by=by, subject=given, person_id=person.pk)
    return given


def chase_due(*, now: dt.datetime) -> tuple[int, int]:
    """Chase who is due and tell workers of silence; give how many of each."""
    waiting = Introduction.objects.filter(state__in=[s.value for s in WAITING])
    found = waiting.values_list("pk", flat=True)
    did = queue.each(found, lambda pk: _chase_one(pk, now=now))
    return did.count("chased"), did.count("told")


@logins.atomic
def after_answer(introduction_id: UUID) -> None:
    """Tell the worker what a group answered, and the listing how soon it answers."""
    found = Introduction.objects.select_related("worker", "group")
    introduction = found.get(pk=introduction_id)
    kind = "group_" + introduction.state.replace(" ", "_")
    if introduction.state in {s.value for s in ANSWERS}:
        posting.to_worker(
            introduction.worker,
            kind,
            once_key=f"deals.{kind}:{introduction.pk}",
            authority_id=introduction.authority_id,
        )
    reliability.note(
        introduction.group, answers_in_days=answering.days_of(introduction.group)
    )


@logins.atomic
def _chase_one(pk: UUID, *, now: dt.datetime) -> str:
    found = Introduction.objects.select_for_update(of=("self",))
    introduction = found.select_related("person", "group__authority", "worker").get(
        pk=pk
    )
    if introduction.person.whereabouts != Whereabouts.HERE:
        return _hold(introduction)
    own = introduction.authority_id
    waited = (now - introduction.asked_at).days
    due = days.numbers("introduction_chase_days", authority_id=own)[:2]
    if waited >= days.number("introduction_tell_days", authority_id=own):
        return _tell_of_silence(introduction, now=now)
    if introduction.chases < len(due) and waited >= due[introduction.chases]:
        return _chase(introduction, now=now)
    return ""


def _hold(introduction: Introduction) -> str:
    """Ask nobody about somebody who is away; call it off where they do not come back."""
    if introduction.person.whereabouts != Whereabouts.IN_HOSPITAL:
        _move(introduction, Introduced.CALLED_OFF)
        introduction.save(update_fields=["state"])
        taps.withdraw(introduction.pk, purpose=links.PURPOSES[PURPOSE])
        _record("deals.called_off", introduction, by=None)
    return ""


def _chase(introduction: Introduction, *, now: dt.datetime) -> str:
    introduction.chases += 1
    introduction.last_chased_at = now
    _move(introduction, CHASED[introduction.chases])
    introduction.save(update_fields=["chases", "last_chased_at", "state"])
    _write(introduction)
    _record("deals.chased", introduction, by=None, time=introduction.chases)
    return "chased"


def _tell_of_silence(introduction: Introduction, *, now: dt.datetime) -> str:
    introduction.state = Introduced.NO_ANSWER.value
    introduction.worker_told_at = now
    introduction.save(update_fields=["state", "worker_told_at"])
    posting.to_worker(
        introduction.worker,
        "group_silent",
        once_key=f"deals.group_silent:{introduction.pk}",
        authority_id=introduction.authority_id,
    )
    _record("deals.nobody_answered", introduction, by=None)
    return "told"


def _write(introduction: Introduction) -> bool:
    purpose = links.PURPOSES[PURPOSE]
    taps.withdraw(introduction.pk, purpose=purpose)
    link = taps.make(
        purpose,
        subject_id=introduction.pk,
        authority_id=introduction.authority_id,
        person_id=introduction.person_id,
    )
    times = introduction.chases
    return posting.to_group(
        introduction.group,
        "introduction",
        once_key=f"deals.introduction:{introduction.pk}:{times}",
        person_id=introduction.person_id,
        first_name=introduction.first_name,
        says=introduction.says or "They would like to come along.",
        link=link,
    )


def _waiting_for(person: Person, group: Group) -> QuerySet[Introduction]:
    states = [s.value for s in WAITING | {Introduced.YES, Introduced.RING_ME}]
    return Introduction.objects.filter(person=person, group=group, state__in=states)


def _first(name: str) -> str:
    words = name.split()
    if len(words) != 1:
        raise UserFacingError("Give one first name, as they like to be called.")
    return words[0][:40]


def _move(introduction: Introduction, state: Introduced) -> None:
    try:
        moved = introduction_to(Introduced(introduction.state), state)
    except Moved:
        raise UserFacingError(
            f"This introduction is at “{introduction.state}” already."
        ) from None
    introduction.state = moved.value


def _record(action: str, row: Introduction, *, by: Any, **detail: Any) -> None:
    trail.record(action, by=by, subject=row, person_id=row.person_id, **detail)
