"""Begins and ends being alongside a person, and hands people over.

Nobody is left without an owner: the last one alongside ends it only for a reason
after which it is right that nobody is, and hands over otherwise.
"""

from typing import Any

from django.utils import timezone

from thedeal.accounts.models import User
from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners.models import Membership, Team
from thedeal.residents import permissions
from thedeal.residents.models import Alongside, Person, SharingChoice
from thedeal.residents.states import ENDINGS, WhyEnded


@logins.atomic
def begin(person: Person, *, team: Team, worker: User, by: Any) -> Alongside:
    """Let another team be alongside a person, through one of its workers.

    A team of another organisation needs the person's own yes (a sharing choice).
    Raises UserFacingError where the team is alongside already.
    """
    permissions.check_can_change(by, person)
    check_works_in(worker, team)
    _check_person_lets(person, team)
    if person.alongside.filter(team=team, ended_at__isnull=True).exists():
        raise UserFacingError(f"{team} is alongside {person.name} already.")
    begun = _start(person, team=team, worker=worker, by=by)
    _record("residents.alongside_began", begun, by=by)
    return begun


@logins.atomic
def hand_over(
    alongside: Alongside, *, to: User, by: Any, team: Team | None = None
) -> Alongside:
    """Give the new tie: ``to`` is alongside from now, in this team or another one."""
    permissions.check_can_change(by, alongside.person)
    _check_open(alongside)
    logins.speak_for(alongside.person_id)  # handing over ends what lets us see
    receiving = team or alongside.team
    check_works_in(to, receiving)
    if receiving.pk != alongside.team_id:
        _check_person_lets(alongside.person, receiving)
    elif to.pk == alongside.worker_id:
        raise UserFacingError(f"{to} is alongside {alongside.person.name} already.")
    return _hand_over(alongside, to=to, team=receiving, by=by)


@logins.atomic
def hand_over_everyone(*, leaver: User, team: Team, to: User, by: Any) -> int:
    """Hand all that a worker is alongside for in a team to another; give how many."""
    permissions.check_in_team(by, team)
    check_works_in(to, team)
    if to.pk == leaver.pk:
        raise UserFacingError("Choose somebody else to hand these people to.")
    open_ties = team.alongside.filter(worker=leaver, ended_at__isnull=True)
    ties = list(open_ties.select_related("person").select_for_update(of=("self",)))
    for tie in ties:
        _hand_over(tie, to=to, team=team, by=by)
    return len(ties)


@logins.atomic
def end(alongside: Alongside, *, why: WhyEnded, by: Any) -> None:
    """End being alongside; raise UserFacingError where it would leave nobody."""
    permissions.check_can_change(by, alongside.person)
    _check_open(alongside)
    others = alongside.person.alongside.filter(ended_at__isnull=True)
    if why not in ENDINGS and not others.exclude(pk=alongside.pk).exists():
        raise UserFacingError(
            f"Nobody else is alongside {alongside.person.name}. Hand over to somebody."
        )
    _record("residents.alongside_ended", alongside, by=by, why=why.value)
    _end(alongside, why=why, by=by)


def check_works_in(worker: User, team: Team) -> None:
    """Raise UserFacingError unless somebody sees people in this team today."""
    works = Membership.objects.held_by(worker).filter(team=team, sees_people=True)
    if team.ended_at is not None or not works.exists():
        raise UserFacingError(
            f"{worker} does not work in {team}. Choose somebody else."
        )


def _check_person_lets(person: Person, team: Team) -> None:
    if team.authority_id != person.authority_id:
        raise NotAllowedError("That team belongs to another council.")
    there = person.alongside.filter(
        organisation_id=team.organisation_id, ended_at__isnull=True
    )
    said_yes = person.sharing_choices.filter(
        organisation_id=team.organisation_id,
        purpose=SharingChoice.Purpose.ALONGSIDE,
        withdrawn_at__isnull=True,
        may=True,
    )
    if not there.exists() and not said_yes.exists():
        raise UserFacingError(
            f"{person.name} has not said that {team.organisation} may know them. "
            "Ask them first, and write down what they say."
        )


def _check_open(alongside: Alongside) -> None:
    if alongside.ended_at is not None:
        raise UserFacingError("This has ended already. Open the page again.")


def _hand_over(tie: Alongside, *, to: User, team: Team, by: Any) -> Alongside:
    standing = tie.person.alongside.filter(team=team, ended_at__isnull=True)
    there = standing.exclude(pk=tie.pk).first()
    _end(tie, why=WhyEnded.HANDED_OVER, by=by)
    new = there or _start(tie.person, team=team, worker=to, by=by)
    _record(
        "residents.handed_over",
        new,
        by=by,
        was=str(tie.worker_id),
        now=str(new.worker_id),
    )
    return new


def _start(person: Person, *, team: Team, worker: User, by: Any) -> Alongside:
    return Alongside.objects.create(
        authority_id=team.authority_id,
        organisation_id=team.organisation_id,
        team=team,
        worker=worker,
        person=person,
        started_by=by,
    )


def _end(alongside: Alongside, *, why: WhyEnded, by: Any) -> None:
    alongside.ended_at, alongside.ended_by = timezone.now(), by
    alongside.why_ended = why.value
    alongside.save(update_fields=["ended_at", "ended_by", "why_ended"])


def _record(action: str, tie: Alongside, *, by: Any, **detail: Any) -> None:
    trail.record(action, by=by, subject=tie, person_id=tie.person_id, **detail)
