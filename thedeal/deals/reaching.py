"""How and when a person may be written to, by what they told us; kept at all times.

Words on how they may be reached safely ("not while my son is in") are words that no
machine can keep: then nothing goes by itself, and their worker tells them. A good time
is kept where it can be read as hours of the week, and is treated like those words where
it cannot. Nothing here reads a row.
"""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from doorstep.hours import DAY_MINUTES

from thedeal.deals import free
from thedeal.messages.models import Channel
from thedeal.residents.models import Person

LONDON = ZoneInfo("Europe/London")
DAYS = 8  # a week, and today once more
TEXT, EMAIL = Channel.TEXT.value, Channel.EMAIL.value


def way_to(person: Person) -> tuple[str, str]:
    """Give channel and address by which to write to a person; ("", "") for none."""
    if not person.may_be_written_to or is_for_a_human(person):
        return "", ""
    text = (TEXT, person.phone) if is_mobile(person.phone) else ("", "")
    email = (EMAIL, person.email) if person.email else ("", "")
    if person.likes_contact_by == Person.Channel.TEXT and text[1]:
        return text
    if person.likes_contact_by in (Person.Channel.EMAIL, "") and email[1]:
        return email
    # somebody who likes the phone, a letter or a visit is rung or visited, not written to
    return text if person.likes_contact_by == "" else ("", "")


def is_for_a_human(person: Person) -> bool:
    """Say whether what they said of reaching them can be kept by a human alone."""
    when = person.when_to_reach.strip()
    return bool(person.how_to_reach.strip() or (when and free.known(when) is None))


def next_time(person: Person, now: dt.datetime) -> dt.datetime | None:
    """Give the first moment, now or later, of the hours that they said are good.

    None where they said no hours that can be read.
    """
    hours = free.known(person.when_to_reach)
    if hours is None:
        return None
    local = now.astimezone(LONDON)
    today = local.date()
    minute = local.hour * 60 + local.minute
    for ahead in range(DAYS):
        day = today + dt.timedelta(days=ahead)
        for first, past in _of_day(hours.spans, day.weekday()):
            if ahead or minute < past:
                starts = max(first, minute) if not ahead else first
                return now if starts == minute and not ahead else _at(day, starts)
    return None


def said(person: Person) -> str:
    """Give what follows for messages that go by themselves, as a worker reads it."""
    if is_for_a_human(person):
        return "None goes by itself: tell them, as they asked"
    hours = free.known(person.when_to_reach)
    return f"They arrive at: {hours}" if hours else ""


def is_mobile(phone: str) -> bool:
    """Say whether a text message may go to a number."""
    return phone.replace(" ", "").startswith(Person.MOBILE)


def _of_day(spans: Any, weekday: int) -> list[tuple[int, int]]:
    """Give a day's spans in minutes of that day."""
    first = weekday * DAY_MINUTES
    cut = [
        (max(start - first, 0), min(past - first, DAY_MINUTES)) for start, past in spans
    ]
    return [(start, past) for start, past in cut if start < past]


def _at(day: dt.date, minute: int) -> dt.datetime:
    time = dt.time(minute // 60, minute % 60)
    return dt.datetime.combine(day, time, tzinfo=LONDON)
