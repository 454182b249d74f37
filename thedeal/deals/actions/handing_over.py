"""Hands everything of a worker who leaves to a colleague, so that nothing is ownerless.

People first (residents), then what hangs on them here: promises, next steps,
introductions, follow-ups, asks. ``selectors.owners`` proves that none is left.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from thedeal.accounts.models import User
from thedeal.audit.actions import trail
from thedeal.deals.actions import posting
from thedeal.deals.actions.asks import LEADS
from thedeal.deals.models import (
    AskToTalk,
    Deal,
    FollowUp,
    Introduction,
    NextStep,
    Promise,
)
from thedeal.deals.selectors import owners
from thedeal.deals.states import Asked, DealState, PromiseState
from thedeal.lib import logins
from thedeal.partners.models import Membership, Team
from thedeal.residents.actions import alongside


@logins.atomic
def tell_of_ownerless(authority_id: UUID, *, today: dt.date) -> dict[str, int]:
    """Tell the leads where somebody, or something we owe, has nobody; give how many."""
    found = owners.without(authority_id)
    if not any(found.values()):
        return found
    leads = Membership.objects.counting().filter(
        authority_id=authority_id, role__in=LEADS
    )
    for user in {held.user for held in leads.select_related("user")}:
        posting.to_worker(
            user,
            "nobody_owns",
            once_key=f"deals.nobody_owns:{authority_id}:{user.pk}:{today}",
            authority_id=authority_id,
        )
    return found


@logins.atomic
def everything(*, leaver: User, team: Team, to: User, by: Any) -> dict[str, int]:
    """Hand over all that a worker holds in a team; give how many of each kind.

    Raises UserFacingError where ``to`` does not work in the team, NotAllowedError
    where ``by`` does not.
    """
    people = alongside.hand_over_everyone(leaver=leaver, team=team, to=to, by=by)
    moved = {"people": people, **_moved(leaver, team, to)}
    told = ", ".join(f"{count} {kind}" for kind, count in moved.items())
    trail.record(
        "deals.handed_over",
        by=by,
        subject=team,
        was=str(leaver.pk),
        now=str(to.pk),
        moved=told,
    )
    return moved


def _moved(leaver: User, team: Team, to: User) -> dict[str, int]:
    ours = {"deal__team": team}
    of_team = {"person__alongside__team": team}
    live = Promise.objects.filter(owner=leaver, **ours)
    promises = live.filter(state=PromiseState.OPEN.value)
    deals = Deal.objects.filter(worker=leaver, team=team)
    steps = NextStep.objects.filter(owner=leaver, done_at__isnull=True, **of_team)
    waiting = [Asked.WAITING.value, Asked.ASKED.value, Asked.WORKER_TOLD.value]
    follow_ups = FollowUp.objects.filter(worker=leaver, state__in=waiting, **of_team)
    asks = AskToTalk.objects.filter(
        owner=leaver, answered_at__isnull=True, authority=team.authority_id
    )
    return {
        "promises": promises.update(owner=to),
        "deals": deals.exclude(state=DealState.ENDED.value).update(worker=to),
        "steps": _all(NextStep, steps).update(owner=to),
        "introductions": Introduction.objects.filter(worker=leaver, team=team).update(
            worker=to
        ),
        "follow_ups": _all(FollowUp, follow_ups).update(worker=to),
        "asks": asks.update(owner=to),
    }


def _all(model: Any, rows: Any) -> Any:
    """Give the same rows without their joins, which an update cannot have."""
    return model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
