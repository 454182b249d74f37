"""The room's jobs: chasing, following up, telling; each safe to run twice."""

from collections import Counter
from uuid import UUID

from django.utils import timezone

from thedeal.deals.actions import (
    asks,
    coming,
    doors,
    fitting,
    follow_ups,
    handing_over,
    huddles,
    introductions,
    planning,
    sending,
)
from thedeal.deals.models import Deal, FollowUp, Introduction
from thedeal.deals.states import Introduced
from thedeal.lib import queue
from thedeal.partners import selectors as partners


@queue.daily("deals.introductions", cron="20 7 * * *")
def chase_introductions() -> tuple[int, int, int]:
    """Chase groups that have not answered, and ask whether people came."""
    now = timezone.now()
    return *introductions.chase_due(now=now), coming.ask_due(now=now)


@queue.daily("deals.follow_ups", cron="50 7 * * *")
def follow_up() -> tuple[int, int]:
    """Ask how it went, and tell workers of silence."""
    return follow_ups.ask_due(now=timezone.now())


@queue.job("deals.plan_follow_ups")
def plan_follow_ups(deal_id: str) -> int:
    """Plan when to ask how a deal went."""
    return follow_ups.plan_for_deal(Deal.objects.get(pk=deal_id))


@queue.job("deals.after_follow_up")
def after_follow_up(follow_up_id: str) -> None:
    """Let how it went change what is found next, and tell of a promise we broke."""
    found = FollowUp.objects.select_related("worker", "deal", "introduction__deal")
    follow_up = found.get(pk=follow_up_id)
    fitting.learn(follow_up)
    follow_ups.tell_that_we_fell_short(follow_up)


@queue.job("deals.after_answer")
def after_answer(introduction_id: str) -> None:
    """Tell the worker what a group said, and plan when to ask how it went."""
    introductions.after_answer(UUID(introduction_id))
    introduction = Introduction.objects.get(pk=introduction_id)
    if introduction.state == Introduced.YES.value:
        follow_ups.plan_for_introduction(introduction)


@queue.job("deals.tell_wants_to_talk")
def tell_wants_to_talk(version_id: str) -> None:
    """Tell a worker that somebody would rather talk about their deal first."""
    sending.tell_wants_to_talk(UUID(version_id))


@queue.job("deals.tell_door")
def tell_door(request_id: str, after: int = 0) -> None:
    """Tell whom the authority named of a request through one of the law's doors."""
    doors.tell(UUID(request_id), now=timezone.now(), after=after)


@queue.daily("deals.doors", cron="*/15 * * * *")
def chase_doors() -> int:
    """Ask again where a request through one of the law's doors has no receipt."""
    return doors.chase_due(now=timezone.now())


@queue.daily("deals.huddles", cron="*/10 * * * *")
def take_off_what_may_not_be_told() -> int:
    """Take off the huddle's lists what was shared by a yes or an agreement now ended."""
    return huddles.take_off_unshared()


@queue.job("deals.sharing_changed")
def sharing_changed(person_id: str) -> int:
    """Take somebody off other organisations' lists at once, as they asked."""
    return huddles.take_off_unshared(person_id=UUID(person_id))


@queue.job("deals.ask_came")
def ask_came(ask_id: str) -> int:
    """Tell the neighbourhood's team that somebody would like to talk."""
    return asks.tell_team(UUID(ask_id))


@queue.daily("deals.asks", cron="5 * * * *")
def asks_without_an_owner() -> int:
    """Tell the leads of whoever asked to talk and has no owner by the day's end."""
    return asks.tell_leads(now=timezone.now())


@queue.daily("deals.owners", cron="40 6 * * *")
def whom_nobody_owns() -> dict[str, int]:
    """Tell the leads of whoever and whatever has nobody; give how many of each."""
    today = timezone.localdate()
    found = queue.each(
        partners.authority_ids(),
        lambda pk: handing_over.tell_of_ownerless(pk, today=today),
    )
    return dict(sum(map(Counter, found), Counter()))


@queue.daily("deals.plans", cron="30 2 * * 1")
def make_plans() -> int:
    """Make each authority's plan of the week: proposals for desks, and nothing sent."""
    found = partners.authority_ids()
    for authority_id in found:
        planning.make(authority_id)
    return len(found)
