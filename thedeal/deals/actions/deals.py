"""Writes a deal, shows it, and keeps what became of each promise.

Rewording, adding and letting go send a deal back to be shown and agreed again; the
version that was agreed stands until then. Agreeing has its own module.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import columns, permissions
from thedeal.deals.actions import conversations, posting
from thedeal.deals.models import Conversation, Deal, DealVersion, Promise, Sorry
from thedeal.deals.selectors.deals import lines_now
from thedeal.deals.states import DealState, PromiseState, Side, WhyCut
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Team
from thedeal.residents.actions import alongside
from thedeal.residents.models import Person

LONGEST = 500


@logins.atomic
def start(
    person: Person,
    *,
    team: Team,
    by: Any,
    conversation: Conversation | None = None,
    about: str = "",
) -> Deal:
    """Give a new deal, with both columns empty."""
    permissions.check_beside_in(by, person, team=team)
    if conversation is not None and conversation.person_id != person.pk:
        raise UserFacingError("That conversation was with somebody else.")
    deal = Deal.objects.create(
        authority_id=person.authority_id,
        person=person,
        organisation_id=team.organisation_id,
        team=team,
        worker=by,
        conversation=conversation,
        about=about.strip(),
    )
    _record("deals.deal_started", deal, by=by)
    return deal


@logins.atomic
def promise(
    deal: Deal,
    *,
    side: Side,
    what: str,
    by_when: dt.date,
    by: Any,
    who: str = "",
    owner: Any = None,
) -> Promise:
    """Give a new promise of one side, by a day that is not past.

    ``owner`` is the colleague on whose desk one of ours falls due, who is told: ``by``
    where left out. ``who`` is how it is said on paper; the name is taken where left out.
    """
    permissions.check_beside(by, deal.person)
    _check_stands(deal)
    whose = _owner(deal, owner or by) if side == Side.OURS else None
    made = Promise.objects.create(
        authority_id=deal.authority_id,
        person=deal.person,
        deal=deal,
        side=side.value,
        owner=whose,
        made_by=by,
        who=_text(who or (str(whose) if whose else deal.person.name)),
        what=_text(what),
        by_when=_ahead(by_when),
    )
    _back_to_writing(deal)
    _tell_owner(made, by=by)
    _record("deals.promised", deal, by=by, side=side.value)
    return made


@logins.atomic
def reword(
    promise: Promise, *, by: Any, what: str, by_when: dt.date, who: str = ""
) -> Promise:
    """Change a promise that is open; what was agreed before stays as it was shown."""
    permissions.check_beside(by, promise.person)
    _check_stands(promise.deal)
    _check_open(promise)
    if promise.sorries.exists():
        raise UserFacingError("We broke this one before. Make a new promise instead.")
    promise.what, promise.by_when = _text(what), _ahead(by_when)
    promise.who = _text(who or promise.who)
    promise.save(update_fields=["what", "by_when", "who"])
    _back_to_writing(promise.deal)
    _record("deals.reworded", promise.deal, by=by, side=promise.side)
    return promise


@logins.atomic
def show(deal: Deal, *, by: Any) -> DealVersion:
    """Give the version to look at together; raise UserFacingError with one column.

    Showing again what was shown before gives the same version.
    """
    permissions.check_beside(by, deal.person)
    locked = Deal.objects.select_for_update().get(pk=deal.pk)
    _check_stands(locked)
    lines = lines_now(locked)
    columns.check_both(lines)
    newest = locked.versions.first()
    if newest is not None and newest.content == columns.packed(lines):
        _set_state(deal, DealState.AGREED if newest.agreed_at else DealState.SHOWN)
        return newest
    version = DealVersion.objects.create(
        authority_id=locked.authority_id,
        person_id=locked.person_id,
        deal=locked,
        number=newest.number + 1 if newest else 1,
        made_by=by,
        n_ours=len(columns.of_side(lines, Side.OURS)),
        n_yours=len(columns.of_side(lines, Side.YOURS)),
        content=columns.packed(lines),
    )
    _set_state(deal, DealState.SHOWN)
    if deal.conversation is not None:
        conversations.cut(deal.conversation, by=by, why=WhyCut.SHARE)
    _record("deals.shown", deal, by=by, number=version.number)
    return version


@logins.atomic
def kept(promise: Promise, *, by: Any, how_it_went: str = "") -> Promise:
    """Note that a promise was kept, and how it went in their words."""
    return _close(promise, PromiseState.KEPT, by=by, words=how_it_went)


@logins.atomic
def let_go(promise: Promise, *, by: Any, why: str) -> Promise:
    """Let a promise go because life changed; for ours, only with why."""
    if promise.side == Side.OURS.value and not why.strip():
        raise UserFacingError("Say why we let a promise of ours go.")
    closed = _close(promise, PromiseState.LET_GO, by=by, words=why)
    _back_to_writing(promise.deal)
    return closed


@logins.atomic
def sorry(promise: Promise, *, by: Any, words: str, new_by_when: dt.date) -> Sorry:
    """Say that we broke a promise of ours: it stays shown as broken, with a new date."""
    permissions.check_beside(by, promise.person)
    _check_open(promise)
    if promise.side != Side.OURS.value:
        raise UserFacingError("Only a promise of ours is ours to be sorry for.")
    if promise.by_when >= timezone.localdate():
        raise UserFacingError("This promise is not due yet.")
    said = Sorry.objects.create(
        authority_id=promise.authority_id,
        person_id=promise.person_id,
        promise=promise,
        was_due_on=promise.by_when,
        new_by_when=_ahead(new_by_when),
        words=_text(words),
        by=by,
    )
    promise.by_when, promise.told_at = new_by_when, None
    promise.save(update_fields=["by_when", "told_at"])
    _record("deals.broke_a_promise", promise.deal, by=by)
    return said


@logins.atomic
def hand_promise_to(promise: Promise, *, to: Any, by: Any) -> Promise:
    """Give one of our promises another owner, of the same team, who is told.

    What the person agreed to stands: who does it is said anew by rewording.
    """
    permissions.check_beside(by, promise.person)
    _check_stands(promise.deal)
    _check_open(promise)
    if promise.side != Side.OURS.value:
        raise UserFacingError("Their part is theirs: it has no owner here.")
    promise.owner = _owner(promise.deal, to)
    promise.save(update_fields=["owner"])
    _tell_owner(promise, by=by)
    _record("deals.promise_handed_over", promise.deal, by=by, to=str(to.pk))
    return promise


@logins.atomic
def end(deal: Deal, *, by: Any, why: str) -> None:
    """End a deal; its versions and what became of each promise stay."""
    permissions.check_beside(by, deal.person)
    _check_stands(deal)
    if not why.strip():
        raise UserFacingError("Say in a few words why it ends.")
    deal.state, deal.why_ended = DealState.ENDED.value, _text(why)
    deal.ended_at, deal.ended_by = timezone.now(), by
    deal.save(update_fields=["state", "why_ended", "ended_at", "ended_by"])
    _record("deals.deal_ended", deal, by=by)


def _close(promise: Promise, state: PromiseState, *, by: Any, words: str) -> Promise:
    permissions.check_beside(by, promise.person)
    _check_open(promise)
    promise.state, promise.how_it_went = state.value, words.strip()[:LONGEST]
    promise.told_at = timezone.now()
    promise.save(update_fields=["state", "how_it_went", "told_at"])
    _record(f"deals.promise_{state.value}".replace(" ", "_"), promise.deal, by=by)
    return promise


def _back_to_writing(deal: Deal) -> None:
    if deal.state != DealState.ENDED.value:
        _set_state(deal, DealState.WRITING)


def _set_state(deal: Deal, state: DealState) -> None:
    Deal.objects.filter(pk=deal.pk).update(state=state.value)
    deal.state = state.value


def _owner(deal: Deal, owner: Any) -> Any:
    alongside.check_works_in(owner, deal.team)
    return owner


def _tell_owner(promise: Promise, *, by: Any) -> None:
    if promise.owner is None or promise.owner == by:
        return
    posting.to_worker(
        promise.owner,
        "promise_given",
        once_key=f"deals.promise_given:{promise.pk}:{timezone.now().isoformat()}",
        authority_id=promise.authority_id,
        at=f"deals/{promise.deal_id}/",
    )


def _check_stands(deal: Deal) -> None:
    if deal.state == DealState.ENDED.value:
        raise UserFacingError("This deal has ended. Make a new one.")


def _check_open(promise: Promise) -> None:
    if promise.state != PromiseState.OPEN.value:
        raise UserFacingError("This promise is closed already.")


def _text(words: str) -> str:
    tidy = " ".join(words.split())
    if not tidy or len(tidy) > LONGEST:
        raise UserFacingError(f"Say it in 1 to {LONGEST} letters.")
    return tidy


def _ahead(day: dt.date) -> dt.date:
    if day < timezone.localdate():
        raise UserFacingError("Choose a day that is not past.")
    return day


def _record(action: str, deal: Deal, *, by: Any, **detail: Any) -> None:
    trail.record(action, by=by, subject=deal, person_id=deal.person_id, **detail)
