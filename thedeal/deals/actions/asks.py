"""Takes in "I'd like to talk to someone", finds it an owner the same day, and answers.

Asking happens on the public login, which may add a row and read none. It must never
ask more than what is on somebody's mind and how to reach them.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from thedeal.accounts import roles
from thedeal.accounts.models import User
from thedeal.accounts.roles import Permission
from thedeal.audit.actions import trail
from thedeal.deals import days, same_day, writing
from thedeal.deals.actions import conversations, posting
from thedeal.deals.models import AskToTalk, Conversation
from thedeal.deals.selectors import owners, serving
from thedeal.lib import logins, queue
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners.models import Authority, Membership, Team
from thedeal.partners.selectors import memberships_of
from thedeal.residents import permissions as residents
from thedeal.residents.models import Person

LEADS = ("team_lead", "neighbourhood_lead")
LONGEST_WORDS, LONGEST_REACH = 2000, 254


@logins.atomic
def ask(
    *,
    authority: Authority,
    words: str,
    how_to_reach: str,
    neighbourhood_id: UUID | None = None,
    for_whom: AskToTalk.For = AskToTalk.For.MYSELF,
    they_know: bool = True,
) -> AskToTalk:
    """Keep what somebody asked; raise UserFacingError where a field is empty.

    For a neighbour or a patient it takes that they know of it.
    """
    said, reach = words.strip()[:LONGEST_WORDS], " ".join(how_to_reach.split())
    if not said or not reach or len(reach) > LONGEST_REACH:
        raise UserFacingError(
            "Say what it is about, and a number or address to reach you on."
        )
    if for_whom != AskToTalk.For.MYSELF and not they_know:
        raise UserFacingError("Ask them first, please: we only ring who knows of it.")
    hour = days.number("ask_day_ends", authority_id=authority.pk)
    asked = AskToTalk(
        authority=authority,
        neighbourhood_id=neighbourhood_id,
        for_whom=for_whom,
        they_know=True,
        words=said,
        how_to_reach=reach,
        due_by=same_day.due_by(timezone.now(), day_ends_hour=hour),
    )
    # the public login may add and never read: nothing is asked back
    AskToTalk.objects.bulk_create([asked])
    trail.record("deals.asked_to_talk", by=None, subject=asked)
    queue.defer("deals.ask_came", ask_id=str(asked.pk))
    return asked


@logins.atomic
def take(asked: AskToTalk, *, by: Any) -> AskToTalk:
    """Own somebody's ask; raise UserFacingError where a colleague was quicker."""
    _check_may(by, asked)
    locked = AskToTalk.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if locked.owner_id not in (None, by.pk):
        raise UserFacingError(f"{locked.owner} has taken this already.")
    locked.owner, locked.owned_at = by, locked.owned_at or timezone.now()
    locked.save(update_fields=["owner", "owned_at"])
    trail.record("deals.ask_taken", by=by, subject=locked)
    return locked


@logins.atomic
def answer(asked: AskToTalk, *, by: Any, person: Person | None = None) -> AskToTalk:
    """Note that we talked, and with whom, where they have a record now."""
    taken = take(asked, by=by)
    if person is not None:
        residents.check_can_change(by, person)
        taken.person = person
    taken.answered_at = timezone.now()
    # what stands is in the person's record, or was said aloud; nobody has a key to these
    taken.words = taken.how_to_reach = ""
    taken.save(update_fields=["person", "answered_at", "words", "how_to_reach"])
    trail.record(
        "deals.ask_answered",
        by=by,
        subject=taken,
        person_id=person.pk if person else None,
    )
    return taken


@logins.atomic
def hand(asked: AskToTalk, *, to: User, by: Any) -> AskToTalk:
    """Give somebody's ask to a colleague, who is told; the clock runs on.

    Raises UserFacingError where the colleague does not work with people here.
    """
    _check_may(by, asked)
    if not owners.who_may_take(asked.authority_id).filter(pk=to.pk).exists():
        raise UserFacingError("Choose somebody who works with people here.")
    locked = AskToTalk.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    locked.owner, locked.owned_at = to, timezone.now()
    locked.save(update_fields=["owner", "owned_at"])
    trail.record("deals.ask_handed", by=by, subject=locked, to=str(to.pk))
    if to.pk != by.pk:
        posting.to_worker(
            to,
            "ask_handed",
            once_key=f"deals.ask_handed:{asked.pk}:{locked.owned_at.isoformat()}",
            authority_id=asked.authority_id,
        )
    return locked


@logins.atomic
def talk(asked: AskToTalk, *, person: Person, team: Team, by: Any) -> Conversation:
    """Answer an ask with a conversation that begins with the words they sent.

    Nothing is typed twice: their words stand in it as its first draft.
    """
    said = {writing.WORDS: f"{asked.words}\n\n({asked.how_to_reach})"}
    answer(asked, by=by, person=person)
    begun = conversations.start(person, team=team, by=by)
    conversations.save_draft(begun, by=by, content=said, revision=0)
    return begun


@logins.atomic
def tell_team(ask_id: UUID) -> int:
    """Tell the team that answers there, or every lead where none does; give how many."""
    asked = AskToTalk.objects.select_for_update().get(pk=ask_id)
    if asked.owner_id is not None or asked.worker_told_at is not None:
        return 0
    team = _of_neighbourhood(asked)
    told = _tell(asked, team if team.exists() else _leads(asked), "first")
    asked.worker_told_at = timezone.now()
    asked.save(update_fields=["worker_told_at"])
    return told


def tell_leads(*, now: dt.datetime) -> int:
    """Give a lead every ask whose clock ran out without an owner, and tell the leads.

    Where nobody works with people that day it is tried again each time.
    """
    late = AskToTalk.objects.filter(
        owner__isnull=True, answered_at__isnull=True, due_by__lte=now
    )
    found = late.values_list("pk", flat=True)
    return sum(queue.each(found, lambda pk: _tell_late(pk, now)))


@logins.atomic
def _tell_late(pk: UUID, now: dt.datetime) -> int:
    asked = AskToTalk.objects.select_for_update().get(pk=pk)
    owner = _who_answers_for_it(asked)
    if asked.owner_id is not None or (asked.lead_told_at and owner is None):
        return 0  # with nobody at work yet it is tried again, until somebody is
    _tell(asked, _leads(asked), "late")
    asked.lead_told_at = asked.lead_told_at or now
    asked.owner = owner
    asked.owned_at = now if asked.owner else None
    asked.save(update_fields=["lead_told_at", "owner", "owned_at"])
    trail.record("deals.ask_fell_to", by=None, subject=asked, to=str(asked.owner_id))
    return 1


def _who_answers_for_it(asked: AskToTalk) -> User | None:
    """Give whose an ask is at the day's end: a lead of its neighbourhood, or another.

    Of several, whoever has the fewest that wait. Nobody has asked and gone home with it
    unowned; a lead hands it on as they like.
    """
    near = _of_neighbourhood(asked).filter(role__in=LEADS)
    leads = near if near.exists() else _leads(asked)
    users = leads.values("user_id") if leads.exists() else None
    found = owners.who_may_take(asked.authority_id)
    if users is not None:
        found = found.filter(pk__in=users)
    waits = Count("asks_to_talk", filter=Q(asks_to_talk__answered_at__isnull=True))
    return found.annotate(waits=waits).order_by("waits", "sort_key").first()


def _tell(asked: AskToTalk, members: QuerySet[Membership], when: str) -> int:
    users = {m.user_id: m.user for m in members.select_related("user")}
    for user in users.values():
        posting.to_worker(
            user,
            "ask_waits",
            once_key=f"deals.ask_waits:{asked.pk}:{user.pk}:{when}",
            authority_id=asked.authority_id,
        )
    return len(users)


def _of_neighbourhood(asked: AskToTalk) -> QuerySet[Membership]:
    """Give who works in the team that answers for the neighbourhood, or for the rest."""
    team = serving.team_for(asked.authority_id, asked.neighbourhood_id)
    return _working(asked).filter(team=team) if team else Membership.objects.none()


def _leads(asked: AskToTalk) -> QuerySet[Membership]:
    return _working(asked).filter(role__in=LEADS)


def _working(asked: AskToTalk) -> QuerySet[Membership]:
    today = timezone.localdate()
    return Membership.objects.filter(
        authority_id=asked.authority_id, ended_at__isnull=True, sees_people=True
    ).exclude(until__lt=today)


def _check_may(user: Any, asked: AskToTalk) -> None:
    for held in memberships_of(user).filter(authority_id=asked.authority_id):
        if Permission.MAKE_DEALS in roles.get(held.role).permissions:
            user.acting_as = held.role
            return
    raise NotAllowedError("Only whoever works with people here may take this.")
