"""Keeps what was found on the doorstep, or says why it was not for this person.

A why changes one named weight of the match, for this person alone; it is seen beside
the results and can be taken back.
"""

from typing import Any

from django.utils import timezone
from doorstep.rules import NotForMe

from thedeal.audit.actions import trail
from thedeal.community.models import Activity
from thedeal.deals import permissions
from thedeal.deals.models import Conversation, Fit, FollowUp
from thedeal.deals.models.fitting import MATTERED, WHYS
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.residents.models import Person


@logins.atomic
def keep(
    person: Person,
    *,
    activity: Activity,
    by: Any,
    conversation: Conversation | None = None,
) -> Fit:
    """Keep a listing for somebody; what was said of it before is taken back."""
    return _say(person, activity, by=by, conversation=conversation, is_kept=True)


@logins.atomic
def not_for_me(
    person: Person,
    *,
    activity: Activity,
    why: str,
    by: Any,
    conversation: Conversation | None = None,
) -> Fit:
    """Note that a listing is not for somebody; ``why`` is one of ``WHYS``."""
    if why not in dict(WHYS):
        raise UserFacingError("Say why, so that the next ones fit better.")
    return _say(
        person, activity, by=by, conversation=conversation, is_kept=False, why=why
    )


@logins.atomic
def take_back(fit: Fit, *, by: Any) -> None:
    """Undo either; the row stays, so that both are seen."""
    permissions.check_beside(by, fit.person)
    fit.taken_back_at = timezone.now()
    fit.save(update_fields=["taken_back_at"])
    trail.record("deals.fit_taken_back", by=by, subject=fit, person_id=fit.person_id)


@logins.atomic
def learn(follow_up: FollowUp) -> Fit | None:
    """Note that what somebody tried mattered, or was not for them, by their own answer.

    The next match weighs the like of it more, or leaves it out and weighs its like
    less; it stands beside the results with the rest, and can be taken back. None where
    they said neither, or it was noted before.
    """
    introduction, why = follow_up.introduction, _told(follow_up)
    if not why or introduction is None or introduction.activity is None:
        return None
    said = Fit.objects.filter(
        person=follow_up.person,
        activity=introduction.activity,
        why=why,
        created_at__gte=introduction.created_at,
    )
    if said.exists():
        return None
    return _write(
        follow_up.person,
        introduction.activity,
        by=follow_up.worker,
        is_kept=why == MATTERED,
        why=why,
    )


def _told(follow_up: FollowUp) -> str:
    """Give the why behind an answer: it mattered, it was not their sort, or neither."""
    no = FollowUp.Went.NO.value, FollowUp.Mattered.NO.value
    if follow_up.went == no[0] or follow_up.mattered == no[1]:
        return NotForMe.NOT_MY_SORT.value
    return MATTERED if follow_up.mattered == FollowUp.Mattered.YES.value else ""


def _say(person: Person, activity: Activity, *, by: Any, **said: Any) -> Fit:
    permissions.check_beside(by, person)
    return _write(person, activity, by=by, **said)


def _write(person: Person, activity: Activity, *, by: Any, **said: Any) -> Fit:
    Fit.objects.filter(
        person=person, activity=activity, taken_back_at__isnull=True
    ).update(taken_back_at=timezone.now())
    fit = Fit.objects.create(
        authority_id=person.authority_id,
        person=person,
        activity=activity,
        by=by,
        **said,
    )
    trail.record("deals.fit_said", by=by, subject=fit, person_id=person.pk)
    return fit
