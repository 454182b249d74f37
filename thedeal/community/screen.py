"""One screen for one listing: its facts as questions, and the answers as facts.

The same screen serves a group that taps "something's changed", a worker on the
telephone, a stranger's suggestion and a new listing. Pure: no Django.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from thedeal.community import answers, cleaning, recurrence
from thedeal.community.facts import (
    ACCESS,
    ActivityFacts,
    GroupFacts,
    Times,
)
from thedeal.community.languages import name_of
from thedeal.lib.errors import UserFacingError

ROOM = {
    "open": "Room for more",
    "room": "Room for a few",
    "full": "Full just now",
    "waiting list": "Waiting list",
    "unknown": "Not said",
}
ACCESS_WORDS = {
    "step_free": "Step-free all the way in",
    "hearing_loop": "Hearing loop",
    "toilet": "Toilet anyone can use",
    "changing_place": "Changing Places toilet",
    "quiet": "Somewhere quiet",
    "parking": "Parking beside it",
    "captions": "Captions",
}
EVERY = {
    "": "Choose",
    "weekly": "Every week",
    "fortnightly": "Every two weeks",
    "monthly": "Once a month, on this weekday",
    "once": "Just once",
    "other": "Some other way (say below)",
}
KINDS = {
    "group": "A group of people",
    "charity": "A charity",
    "business": "A local business that is good for people",
    "informal": "An informal place or gathering, like a bench or a chip shop",
    "venue-run": "Run by a venue",
    "council": "The council or the NHS",
}
SHOWS = {
    "number": "Name and phone number",
    "email": "Name and email address",
    "ask": "Nothing: pass messages on to us",
    "nobody": "Nothing at all",
}
WORDS = ("name", "description", "first_time", "asks")
YES_NO = {"unknown": "Not said", "yes": "Yes", "no": "No"}
WEEKDAYS = {"": "Choose", **{str(n): day for n, day in enumerate(recurrence.NAMES)}}
TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Simple:
    """Times that one line of questions can say."""

    weekday: int
    every: str
    starts: str
    ends: str


def simple_times(activity: ActivityFacts) -> Simple | None:
    """Give the times as simple answers, or None where they are more than that."""
    if len(activity.sessions) != 1:
        return None
    times = activity.sessions[0]
    found = recurrence.parts(times.rule)
    days = recurrence.weekdays(times.rule, starts_on=times.starts_on)
    if len(days) != 1 or found.get("FREQ") != "WEEKLY":
        return None
    every = {"1": "weekly", "2": "fortnightly"}.get(found.get("INTERVAL", "1"))
    if every is None:
        return None
    ends = dt.datetime.combine(times.starts_on, times.at)
    ends += dt.timedelta(minutes=times.minutes)
    return Simple(
        weekday=days[0],
        every=every,
        starts=f"{times.at:%H:%M}",
        ends=f"{ends:%H:%M}",
    )


def page(facts: GroupFacts, contact: Mapping[str, str]) -> dict[str, Any]:
    """Give what the page of one listing asks, with what stands now."""
    return {
        "facts": facts,
        "questions": [_asked(n, a) for n, a in enumerate(facts.activities)],
        "contact": {k: contact.get(k, "") for k in ("name", "phone", "email")},
        "kinds": _items(KINDS, facts.kind),
        "shows": _items(SHOWS, contact.get("show", "ask")),
    }


def _asked(number: int, facts: ActivityFacts) -> dict[str, Any]:
    simple = simple_times(facts)
    day = str(simple.weekday) if simple else ""
    return {
        "at": f"a{number}-",
        "facts": facts,
        "when": said(facts),
        "starts": simple.starts if simple else "",
        "ends": simple.ends if simple else "",
        "every": _items(EVERY, simple.every if simple else ""),
        "days": _items(WEEKDAYS, day),
        "rooms": _items(ROOM, facts.capacity),
        "languages": ", ".join(name_of(code) for code in facts.languages),
        "access": [
            (key, label, _items(YES_NO, facts.access.get(key) or "unknown"))
            for key, label in ACCESS_WORDS.items()
        ],
    }


def times_as_typed(typed: Mapping[str, str], at: str) -> dict[str, Any]:
    """Give the answers about times as they were typed, to be put right."""
    return {
        "starts": typed.get(f"{at}starts", ""),
        "ends": typed.get(f"{at}ends", ""),
        "every": _items(EVERY, typed.get(f"{at}every", "")),
        "days": _items(WEEKDAYS, typed.get(f"{at}weekday", "")),
    }


def page_again(
    facts: GroupFacts, contact: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, Any]:
    """Give the page as it was filled in, to be mended: nothing typed is lost."""
    activities = tuple(_as_typed(a, typed, n) for n, a in enumerate(facts.activities))
    names = ("name", "what", "website", "kind")
    given: dict[str, Any] = {n: typed.get(n, getattr(facts, n)) for n in names}
    whom = {n: typed.get(f"contact-{n}", v) for n, v in contact.items()}
    found = page(replace(facts, activities=activities, **given), whom)
    for asked in found["questions"]:
        at = asked["at"]
        asked["languages"] = typed.get(f"{at}languages", asked["languages"])
        asked["starts"] = typed.get(f"{at}starts", asked["starts"])
        asked["ends"] = typed.get(f"{at}ends", asked["ends"])
        asked["every"] = _items(EVERY, typed.get(f"{at}every", ""))
        asked["days"] = _items(WEEKDAYS, typed.get(f"{at}weekday", ""))
    return found


def _as_typed(facts: ActivityFacts, typed: Mapping[str, str], n: int) -> ActivityFacts:
    at = f"a{n}-"
    names = (*WORDS, "capacity", "capacity_words", "min_age", "max_age")
    given: dict[str, Any] = {m: typed.get(at + m, getattr(facts, m)) for m in names}
    return replace(
        facts,
        cost_words=typed.get(f"{at}cost", facts.cost_words),
        access={
            k: typed.get(f"{at}access-{k}", facts.access.get(k, "")) for k in ACCESS
        },
        spot=replace(
            facts.spot,
            name=typed.get(f"{at}place", facts.spot.name),
            postcode=typed.get(f"{at}postcode", facts.spot.postcode),
        ),
        **given,
    )


def _items(words: Mapping[str, str], chosen: str) -> list[dict[str, Any]]:
    """Give a list to choose from, as the look's components take it."""
    return [
        {"value": value, "text": text, "selected": value == chosen}
        for value, text in words.items()
    ]


def said(activity: ActivityFacts) -> list[str]:
    """Say when an activity is, a line for each rule."""
    lines = [
        f"{recurrence.said(t.rule, starts_on=t.starts_on)}, "
        f"{recurrence.span_said(t.at, minutes=t.minutes)}"
        + (", in term time" if t.is_term_time else "")
        for t in activity.sessions
    ]
    for hours in activity.hours:
        lines.append(
            f"{recurrence.NAMES[hours.weekday]} {recurrence.time_said(hours.opens)} "
            f"to {recurrence.time_said(hours.closes)}"
        )
    return lines


def applied(facts: GroupFacts, typed: Mapping[str, str]) -> GroupFacts:
    """Give the facts with what was typed; raises UserFacingError with what to mend."""
    activities = [
        _activity(activity, typed, f"a{n}-")
        for n, activity in enumerate(facts.activities)
        if typed.get(f"a{n}-stopped") != "yes"
    ]
    given = replace(facts, activities=tuple(activities)).stored()
    for name in ("name", "what", "website", "kind"):
        if name in typed:
            given[name] = typed[name]
    _check_website(typed.get("website", ""))
    if any(typed.get(f"contact-{n}") is not None for n in ("name", "phone", "email")):
        given["contact"] = {
            n: typed.get(f"contact-{n}", "") for n in ("name", "phone", "email", "show")
        }
    read = GroupFacts.read(given)
    if not read.name:
        raise UserFacingError("Give the group a name.")
    return read


def _check_website(typed: str) -> None:
    if typed.strip() and not cleaning.web_address(typed):
        raise UserFacingError("Give the website’s address, like www.knitters.org.uk.")


def _activity(facts: ActivityFacts, typed: Mapping[str, str], at: str) -> ActivityFacts:
    def new(name: str, otherwise: Any) -> Any:
        return typed.get(at + name, otherwise)

    access = {k: new(f"access-{k}", facts.access.get(k, "unknown")) for k in ACCESS}
    said = {name: new(name, getattr(facts, name)) for name in WORDS}
    changed = replace(
        facts,
        **said,
        **answers.for_whom(facts, typed, at),
        **answers.online(facts, typed, at),
        access={k: v for k, v in access.items() if v in ("yes", "no")},
        **answers.room(facts, typed, at),
    )
    if typed.get(f"{at}cost", facts.cost_words) != facts.cost_words:
        changed = replace(changed, **cost_of(typed[f"{at}cost"]))
    changed = replace(changed, spot=answers.spot(facts.spot, typed, at))
    times = times_of(typed, at)
    if times is not None:
        told = _kept_beside(times, facts, typed, at)
        changed = replace(changed, sessions=(told,), timing="session")
    if not changed.name.strip():
        raise UserFacingError("Give each thing you do a name.")
    return changed


def _kept_beside(
    times: Times, facts: ActivityFacts, typed: Mapping[str, str], at: str
) -> Times:
    """Give the times as typed, with what the screen does not ask about them kept.

    Somebody who mends the price says nothing of the days: dates left out, term time and
    the week that a fortnight is counted from stay as they were. Nor does somebody who
    moves it to another day say anything of its season.
    """
    if not facts.sessions or not times.rule:
        return times  # what is just once has no season
    old = facts.sessions[0]
    was = simple_times(facts)
    days = (typed.get(f"{at}every", ""), typed.get(f"{at}weekday", ""))
    is_dated = bool(typed.get(f"{at}date", "").strip())
    if was and days == (was.every, str(was.weekday)) and not is_dated:
        return replace(old, at=times.at, minutes=times.minutes)
    begins = times if is_dated else _in_the_week_of(old, times)
    return _in_the_season_of(facts.sessions, begins)


def _in_the_week_of(old: Times, times: Times) -> Times:
    """Count from the week that the old days were counted from, on the new weekday."""
    if recurrence.parts(times.rule)["FREQ"] != "WEEKLY":
        return times
    moved = times.starts_on.weekday() - old.starts_on.weekday()
    return replace(times, starts_on=old.starts_on + dt.timedelta(days=moved))


def _in_the_season_of(old: tuple[Times, ...], times: Times) -> Times:
    """Keep the part of the year that every one of the old times had."""
    rule = times.rule
    for name in ("BYMONTH", "UNTIL"):
        said = {recurrence.parts(each.rule).get(name, "") for each in old}
        kept = said.pop() if len(said) == 1 else ""
        if kept and not (name == "UNTIL" and kept < f"{times.starts_on:%Y%m%d}"):
            rule += f";{name}={kept}"
    return replace(
        times,
        rule=rule,
        is_term_time=all(each.is_term_time for each in old),
        on_bank_holidays=old[0].on_bank_holidays,
        note=old[0].note,
    )


def cost_of(words: str) -> dict[str, Any]:
    """Give pence and words for a cost as typed: "free", "£2.50", "50p for a brew"."""
    plain = words.strip()
    if not plain:
        return {"cost_pence": None, "cost_words": ""}
    if re.search(r"\b(free|nothing|no charge)\b", plain, re.IGNORECASE):
        return {"cost_pence": 0, "cost_words": plain}
    pounds = re.search(r"£\s*(\d{1,4})(?:\.(\d{2}))?", plain)
    pence = re.search(r"\b(\d{1,4})\s*p\b", plain)
    if pounds:
        amount = int(pounds[1]) * 100 + int(pounds[2] or 0)
        return {"cost_pence": amount, "cost_words": plain}
    return {"cost_pence": int(pence[1]) if pence else None, "cost_words": plain}


def times_of(typed: Mapping[str, str], at: str) -> Times | None:
    """Give the times typed, or None where nothing was said of them.

    Raises UserFacingError where they are begun and cannot be read.
    """
    every = typed.get(f"{at}every", "")
    starts, ends = typed.get(f"{at}starts", ""), typed.get(f"{at}ends", "")
    if every in ("", "other") or not starts.strip():
        return None
    first = _day(typed, at, every)
    begin, end = clock(starts), clock(ends)
    if begin is None or end is None:
        raise UserFacingError("Write times like 10:30 or 2pm, from and until.")
    span = dt.datetime.combine(first, end) - dt.datetime.combine(first, begin)
    minutes = int(span.total_seconds() // 60) % 1440 or 1440
    return Times(starts_on=first, at=begin, minutes=minutes, rule=_rule(every, first))


def _day(typed: Mapping[str, str], at: str, every: str) -> dt.date:
    written = typed.get(f"{at}date", "").strip()
    if written:
        try:
            return dt.date.fromisoformat(written)
        except ValueError:
            raise UserFacingError("Choose the date from the calendar.") from None
    weekday = typed.get(f"{at}weekday", "")
    if every == "once" or weekday not in "0123456" or not weekday:
        raise UserFacingError("Say on which day it is.")
    monday = dt.date(2026, 9, 7)
    return monday + dt.timedelta(days=int(weekday))


def _rule(every: str, first: dt.date) -> str:
    day = recurrence.DAYS[first.weekday()]
    if every == "monthly":
        return f"FREQ=MONTHLY;BYDAY={(first.day - 1) // 7 + 1}{day}"
    return {
        "weekly": f"FREQ=WEEKLY;BYDAY={day}",
        "fortnightly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
    }.get(every, "")


def clock(typed: str) -> dt.time | None:
    """Give a time as people type it, or None: 10, 10.30, 2pm, 14:00, noon."""
    plain = typed.strip().lower().replace("noon", "12pm").replace("midnight", "12am")
    found = TIME.fullmatch(plain)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
