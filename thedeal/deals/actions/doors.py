"""Opens the law's doors: a request always goes through, and nothing makes it wait.

Whoever may see a person may open a door for them, and so may the person. It asks for
no reason, no form and no approval; where the authority has named nobody, whoever is
alongside and the council's guardian are told to ring today. A refusal ends it only as section 11 of the Care Act 2014 lets it:
from somebody who can decide and is not at risk, and asking again revives it.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.accounts.models import User
from thedeal.audit.actions import trail
from thedeal.deals import days, permissions
from thedeal.deals.actions import posting
from thedeal.deals.models import DoorHappening, DoorPlace, LawDoor
from thedeal.deals.states import Door, DoorState, DoorStep
from thedeal.lib import links, logins, queue, wording
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.partners.models import Membership
from thedeal.residents import reach
from thedeal.residents.models import Person

PURPOSE = "deals.door"
MOST_CHASES = 2
A_MOMENT = dt.timedelta(minutes=10)


@logins.atomic
def open_door(
    person: Person, *, door: Door, by: Any, who_asked: str = "", words: str = ""
) -> LawDoor:
    """Give the request, told at once to whom the authority named; words are optional.

    Raises NotAllowedError only where ``by`` may not see the person at all. Asking
    again is never refused: it is one more request.
    """
    permissions.check_may_ask(by, person)
    request = LawDoor.objects.create(
        authority_id=person.authority_id,
        person=person,
        door=door.value,
        asked_by=by,
        who_asked=who_asked.strip(),
        words=words.strip(),
        place=_place(person.authority_id, door),
        # should the telling below be lost, the next round of chasing finds it
        next_chase_at=timezone.now() + A_MOMENT,
    )
    trail.record("deals.door_opened", by=by, subject=request, person_id=person.pk)
    _tell_soon(request)
    return request


@logins.atomic
def tell(request_id: UUID, *, now: dt.datetime, after: int = 0) -> None:
    """Tell whom the authority named, or that nobody is named; safe to run twice.

    ``after`` is how many things had happened at the door when telling was asked for.
    """
    request = _locked(request_id)
    if request.happenings.count() != after:
        return
    _tell(request, now=now)


def chase_due(*, now: dt.datetime) -> int:
    """Ask again where no receipt came in time, twice; then tell who asked."""
    due = LawDoor.objects.filter(state=DoorState.ASKED.value, next_chase_at__lte=now)
    found = due.values_list("pk", flat=True)
    return sum(queue.each(found, lambda pk: _chase(pk, now=now)))


@logins.atomic
def receipt(request: LawDoor, *, who: str, words: str = "", by: Any = None) -> None:
    """Note that the request was received: by the named place's tap, or as heard."""
    if by is not None:
        permissions.check_may_ask(by, request.person)
    locked = _locked(request.pk)
    if locked.state != DoorState.ASKED.value:
        return
    _set(locked, DoorState.RECEIVED, next_chase_at=None)
    _happened(locked, DoorStep.RECEIPT, by=by, who=who, words=words)


@logins.atomic
def refuse(
    request: LawDoor, *, words: str, had_capacity: bool, is_at_risk: bool, by: Any
) -> bool:
    """Note that the person does not want it after all; say whether that ends it.

    It does only where they can decide it and are not at risk (section 11). Otherwise
    the request stands, and what was said is kept beside it.
    """
    permissions.check_may_ask(by, request.person)
    locked = _locked(request.pk)
    if not words.strip():
        raise UserFacingError("Write what they said, in their words.")
    if not had_capacity or is_at_risk:
        _happened(locked, DoorStep.REFUSED, by=by, words=words)
        return False
    locked.refusal, locked.had_capacity = words.strip(), True
    locked.is_at_risk = False
    locked.save(update_fields=["refusal", "had_capacity", "is_at_risk"])
    _set(locked, DoorState.REFUSED, next_chase_at=None)
    _happened(locked, DoorStep.REFUSED, by=by, words=words)
    return True


@logins.atomic
def ask_again(request: LawDoor, *, by: Any, words: str = "") -> None:
    """Revive a request that was refused or done: they asked again, or life changed."""
    permissions.check_may_ask(by, request.person)
    locked = _locked(request.pk)
    _happened(locked, DoorStep.ASKED_AGAIN, by=by, words=words)
    locked.chases = 0
    locked.save(update_fields=["chases"])
    _set(locked, DoorState.ASKED, next_chase_at=timezone.now() + A_MOMENT)
    _tell_soon(locked)


@logins.atomic
def done(request: LawDoor, *, by: Any, words: str) -> None:
    """Note what came of it, once it has; raise UserFacingError without a word."""
    permissions.check_may_ask(by, request.person)
    locked = _locked(request.pk)
    if locked.state != DoorState.RECEIVED.value:
        raise UserFacingError("Nobody has said yet that they have this request.")
    if not words.strip():
        raise UserFacingError("Write what came of it.")
    _set(locked, DoorState.DONE, next_chase_at=None)
    _happened(locked, DoorStep.DONE, by=by, words=words)


@logins.atomic
def _chase(pk: UUID, *, now: dt.datetime) -> int:
    request = _locked(pk)
    if request.state != DoorState.ASKED.value:
        return 0
    if not request.happenings.exists():
        _tell(request, now=now)
        return 1
    if request.chases >= MOST_CHASES:
        _tell_who_rings(request, "door_silent", DoorStep.WORKER_TOLD)
        # until somebody answers it stays open, and is told again each week
        _set(request, DoorState.ASKED, next_chase_at=now + dt.timedelta(days=7))
        return 1
    request.chases += 1
    request.save(update_fields=["chases"])
    _tell(request, now=now, step=DoorStep.CHASED)
    return 1


def _tell_soon(request: LawDoor) -> None:
    """Have it told in a transaction of its own: no carrier or template undoes asking."""
    queue.defer(
        "deals.tell_door",
        request_id=str(request.pk),
        after=request.happenings.count(),
    )


def _tell(
    request: LawDoor, *, now: dt.datetime, step: DoorStep = DoorStep.TOLD
) -> None:
    place = _place(request.authority_id, Door(request.door))
    own = {"authority_id": request.authority_id}
    hours = place.receipt_hours if place else days.number("door_receipt_hours", **own)
    _set(request, DoorState.ASKED, next_chase_at=now + dt.timedelta(hours=hours))
    if place is None:
        _tell_who_rings(request, "door_unnamed", DoorStep.NOBODY_NAMED)
        return
    times = request.happenings.count()
    posting.to_place(
        place.email,
        "door",
        once_key=f"deals.door:{request.pk}:{times}",
        authority_id=request.authority_id,
        person_id=request.person_id,
        door=request.door,
        reference=str(request.pk)[:8],
        when=wording.when(timezone.localtime(request.created_at)),
        council=place.authority.name,
        link=taps.make(
            links.PURPOSES[PURPOSE],
            subject_id=request.pk,
            authority_id=request.authority_id,
            person_id=request.person_id,
        ),
    )
    LawDoor.objects.filter(pk=request.pk).update(place=place)
    _happened(request, step, by=None, who=f"{place.name}, {place.phone}")


def _tell_who_rings(request: LawDoor, kind: str, step: DoorStep) -> None:
    times, told = request.happenings.count(), []
    for user in _who_rings(request):
        if posting.to_worker(
            user,
            kind,
            once_key=f"deals.{kind}:{request.pk}:{user.pk}:{times}",
            authority_id=request.authority_id,
        ):
            told.append(str(user))
    _happened(request, step, by=None, who=wording.listed(told))


def _who_rings(request: LawDoor) -> list[User]:
    """Give whoever is beside the person, and the guardians, who see every door.

    Somebody who asked on their own page may have nobody beside them: the guardians
    answer for the council.
    """
    ties = request.person.alongside.filter(ended_at__isnull=True)
    beside = [tie.worker for tie in ties.select_related("worker")]
    guardians = Membership.objects.counting().filter(
        authority_id=request.authority_id, role=reach.GUARDIAN
    )
    found = [*beside, *(held.user for held in guardians.select_related("user"))]
    return list(dict.fromkeys(found))


def _place(authority_id: UUID, door: Door) -> DoorPlace | None:
    found = DoorPlace.objects.filter(authority_id=authority_id, door=door.value)
    return found.select_related("authority").first()


def _locked(pk: UUID) -> LawDoor:
    found = LawDoor.objects.select_for_update(of=("self",))
    return found.select_related("person").get(pk=pk)


def _set(
    request: LawDoor, state: DoorState, *, next_chase_at: dt.datetime | None
) -> None:
    request.state, request.next_chase_at = state.value, next_chase_at
    request.save(update_fields=["state", "next_chase_at"])


def _happened(
    request: LawDoor, step: DoorStep, *, by: Any, who: str = "", words: str = ""
) -> None:
    DoorHappening.objects.create(
        authority_id=request.authority_id,
        person_id=request.person_id,
        request=request,
        step=step.value,
        by=by,
        who=who.strip(),
        words=words.strip(),
    )
    trail.record(
        f"deals.door_{step.value}".replace(" ", "_"),
        by=by,
        subject=request,
        person_id=request.person_id,
    )
