"""Takes a group's sessions from its own calendar, and explains what goes wrong.

Fetching is somebody else's (``clients``): it holds the limits and never reaches a
private address. While a calendar cannot be read, the dates we had stay.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community import calendars, cleaning, permissions
from thedeal.community.actions import listings
from thedeal.community.actions.writing import Origin
from thedeal.community.calendars import BadCalendarError
from thedeal.community.clients.fetching import Fetcher
from thedeal.community.facts import Times
from thedeal.community.models import Activity, Calendar, Contact
from thedeal.community.selectors import stored
from thedeal.community.states import SHOWN
from thedeal.lib import definitions, logins
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters

KIND = "community.calendar"
A_CALENDAR = "a calendar"
EVERY = dt.timedelta(hours=6)
LONGEST_WAIT = dt.timedelta(days=7)
# a morning without a network is no reason for a letter
FAILURES_BEFORE_A_LETTER = 4
MOST_IN_A_RUN = 40


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What came from an address; ``body`` is None where it has not changed."""

    body: bytes | None
    etag: str = ""


# raises UserFacingError with a sentence for the group
Fetch = Callable[[str, str], Fetched]


def asking(fetcher: Fetcher) -> Fetch:
    """Give a fetch that asks as a calendar is asked for."""

    def fetch(address: str, etag: str) -> Fetched:
        found = fetcher.get(address, etag=etag, accept="text/calendar, */*;q=0.5")
        return Fetched(body=None if found.is_unchanged else found.body, etag=found.etag)

    return fetch


@logins.atomic
def add(*, activity: Activity, address: str, by: Any) -> Calendar:
    """Take an activity's sessions from a calendar from now on.

    Raises UserFacingError where the address is none.
    """
    permissions.check_can_change(by, group=activity.group)
    plain = address.strip()
    if plain.lower().startswith("webcal://"):
        plain = f"https://{plain[len('webcal://') :]}"
    tidy = cleaning.web_address(plain)
    if not tidy:
        raise UserFacingError("Give the calendar’s whole address, from https:// on.")
    calendar, _ = Calendar.objects.update_or_create(
        activity=activity,
        defaults={
            "authority_id": activity.authority_id,
            "group": activity.group,
            "address": tidy,
            "etag": "",
            "digest": "",
            "next_at": timezone.now(),
            "failures": 0,
            "problem": "",
            "told_at": None,
            "is_stopped": False,
        },
    )
    trail.record("community.calendar_added", by=by, subject=activity)
    return calendar


@logins.atomic
def stop(*, calendar: Calendar, by: Any) -> None:
    """Take no more from a calendar; the dates we had stay."""
    permissions.check_can_change(by, group=calendar.group)
    Calendar.objects.filter(pk=calendar.pk).update(is_stopped=True, problem="")
    trail.record("community.calendar_stopped", by=by, subject=calendar.activity)


def refresh_due(*, fetch: Fetch, now: dt.datetime) -> tuple[int, int]:
    """Refresh the calendars whose time has come; give how many, and how many failed."""
    due = Calendar.objects.filter(
        is_stopped=False,
        next_at__lte=now,
        activity__state__in=SHOWN,
        group__state__in=SHOWN,
    ).select_related("activity", "group__authority")
    done = [
        refresh(calendar=each, fetch=fetch, now=now)
        for each in due.order_by("next_at", "id")[:MOST_IN_A_RUN]
    ]
    return len(done), done.count(False)


def refresh(*, calendar: Calendar, fetch: Fetch, now: dt.datetime) -> bool:
    """Fetch a calendar and take its sessions; give whether it could be read."""
    try:
        fetched = fetch(calendar.address, _stamp(calendar, now))
        if fetched.body is not None and _digest(fetched.body, now) != calendar.digest:
            today = timezone.localdate(now)
            found = calendars.read(
                fetched.body, today=today, name=calendar.activity.name
            )
            _take(calendar, found.times, now)
            problem = " ".join(found.oddities)
        else:
            problem = calendar.problem
    except (UserFacingError, BadCalendarError) as error:
        _failed(calendar, error.sentence, now)
        return False
    _worked(calendar, fetched, problem, now)
    return True


@logins.atomic
def _take(calendar: Calendar, times: tuple[Times, ...], now: dt.datetime) -> None:
    """Put a calendar's times in place of those we had, where they differ."""
    group, key = calendar.group, str(calendar.activity_id)
    facts = stored.of(group)
    mine = next((a for a in facts.activities if a.id == key), None)
    if mine is None or set(mine.sessions) == set(times):
        return
    changed = replace(mine, sessions=times, timing="session")
    listings.change(
        group=group,
        facts=replace(
            facts,
            activities=tuple(changed if a.id == key else a for a in facts.activities),
        ),
        by=None,
        how=A_CALENDAR,
        reason=f"the calendar of {mine.name}"[:300],
        origin=Origin(
            source=listings.own_source(group.authority), how=A_CALENDAR, at=now
        ),
        is_checked=False,
    )


@logins.atomic
def _worked(
    calendar: Calendar, fetched: Fetched, problem: str, now: dt.datetime
) -> None:
    calendar.fetched_at = calendar.good_at = now
    calendar.next_at, calendar.failures = now + EVERY, 0
    calendar.problem, calendar.told_at = problem[:300], None
    if fetched.body is not None:
        calendar.etag = fetched.etag[:200]
        calendar.digest = _digest(fetched.body, now)
    calendar.save()


@logins.atomic
def _failed(calendar: Calendar, sentence: str, now: dt.datetime) -> None:
    """Wait longer each time; after some failures in a row tell the group, once."""
    calendar.failures = min(calendar.failures + 1, 1000)
    wait = min(EVERY * 2 ** min(calendar.failures - 1, 8), LONGEST_WAIT)
    calendar.fetched_at, calendar.next_at = now, now + wait
    calendar.problem = sentence[:300]
    if calendar.failures >= FAILURES_BEFORE_A_LETTER and calendar.told_at is None:
        _tell(calendar, now)
    calendar.save()


def _tell(calendar: Calendar, now: dt.datetime) -> None:
    contact = Contact.objects.filter(group_id=calendar.group_id).first()
    if contact is None or not contact.email:
        return
    own = {"authority_id": calendar.authority_id}
    letters.write(
        kind=KIND,
        to=contact.email,
        subject=definitions.words("words/community.calendar_subject", **own),
        body=definitions.words("words/community.calendar_body", **own).format(
            activity=calendar.activity.name, problem=calendar.problem
        ),
        once_key=f"{KIND}:{calendar.pk}:{now:%Y-%m-%d}",
        authority_id=calendar.authority_id,
    )
    calendar.told_at = now
    trail.record("community.calendar_told", by=None, subject=calendar.group)


def _stamp(calendar: Calendar, now: dt.datetime) -> str:
    """Give the stamp to ask with; once a day all is read, for dates to come move on."""
    good_at = calendar.good_at
    is_today = good_at and timezone.localdate(good_at) == timezone.localdate(now)
    return calendar.etag if is_today else ""


def _digest(body: bytes, now: dt.datetime) -> str:
    """Give a stamp of what was read and on which day: dates to come move on."""
    return hashlib.sha256(f"{now:%Y-%m-%d}".encode() + body).hexdigest()
