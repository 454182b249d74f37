"""Dates, money, counts and distances as a person would say them aloud.

Used by pages, letters and texts alike. Pure: it knows no request and reads no clock
except where ``today`` is left out. The style is GOV.UK's (10am, 4 March, £1,000, 6 to 8).
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
HIDDEN = "*"
METRES_TO_A_MILE = 1609.344
FEW_METRES = 1000
HOUR = 60
THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000


def date(value: dt.date | None, *, year: bool = False, weekday: bool = False) -> str:
    """Give "4 March", or "Tuesday 4 March 2025" when asked for both."""
    if value is None:
        return ""
    value = _local(value)
    text = f"{value.day} {value:%B}"
    text = f"{value:%A} {text}" if weekday else text
    return f"{text} {value.year}" if year else text


def as_published(text: str) -> str:
    """Give a source's date in words: "21 March 2021", "April 2025"; "2025" as it is."""
    known = {10: "%Y-%m-%d", 7: "%Y-%m"}
    try:
        found = dt.datetime.strptime(text, known[len(text)]).date()  # noqa: DTZ007 - a day has no zone
    except (KeyError, ValueError):
        return text
    return date(found, year=True) if len(text) == 10 else f"{found:%B %Y}"


def time(value: dt.datetime | dt.time | None) -> str:
    """Give "10am", "2:30pm", "midday" or "midnight", in London."""
    if value is None:
        return ""
    told = _moment(value) if isinstance(value, dt.datetime) else value
    if told.minute == 0 and told.hour in (0, 12):
        return "midnight" if told.hour == 0 else "midday"
    minutes = f":{told.minute:02d}" if told.minute else ""
    return f"{told.hour % 12 or 12}{minutes}{'am' if told.hour < 12 else 'pm'}"


def when(value: dt.datetime | None, *, today: dt.date | None = None) -> str:
    """Give "Tuesday 4 March, 10am", with the year when it is not this year."""
    if value is None:
        return ""
    local = _moment(value)
    this_year = (today or _today()).year
    said = date(local, weekday=True, year=local.year != this_year)
    return f"{said}, {time(local)}"


def day(value: dt.date | None, *, today: dt.date | None = None) -> str:
    """Give "today", "tomorrow", "yesterday", or the day as ``when`` would."""
    if value is None:
        return ""
    local = _as_date(value)
    today = today or _today()
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((local - today).days)
    return near or date(local, weekday=True, year=local.year != today.year)


def since(value: dt.datetime | None, *, now: dt.datetime | None = None) -> str:
    """Give "just now", "5 minutes ago", "3 days ago", "2 years ago"."""
    if value is None:
        return ""
    seconds = ((now or dt.datetime.now(dt.UTC)) - value).total_seconds()
    for unit, size in (("year", 31_557_600), ("month", 2_629_800), ("day", 86_400)):
        if seconds >= size:
            return f"{plural(int(seconds // size), unit)} ago"
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= size:
            return f"{plural(int(seconds // size), unit)} ago"
    return "just now"


def pounds(value: float | Decimal | None) -> str:
    """Give "£17", "£1,000", "£17.50", "-£3"; pence only where there are some."""
    if value is None:
        return ""
    exact = Decimal(str(value)).quantize(Decimal("0.01"))
    sign = "-" if exact < 0 else ""
    exact = abs(exact)
    whole = exact == exact.to_integral_value()
    return f"{sign}£{exact:,.0f}" if whole else f"{sign}£{exact:,.2f}"


def pounds_short(value: float | Decimal | None) -> str:
    """Give "£160 million", "£1.2 billion", "£45,000": at most three figures' detail."""
    if value is None:
        return ""
    amount = Decimal(str(value))
    for name, size in (("billion", BILLION), ("million", MILLION)):
        if abs(amount) >= size:
            sign = "-" if amount < 0 else ""
            scaled = f"{abs(amount) / size:.3g}"
            plain = f"{Decimal(scaled):f}"
            return f"{sign}£{plain} {name}"
    return pounds(round(amount) if abs(amount) >= THOUSAND else amount)


def number(value: float | str | None) -> str:
    """Give "1,234"; a hidden count ("*") stays as it is."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def percent(value: float | None, *, places: int = 0) -> str:
    """Give "43%" for 0.43."""
    return "" if value is None else f"{value * 100:.{places}f}%"


def plural(count: int | str | None, one: str, many: str = "") -> str:
    """Give "1 group", "3 groups", "1 person" with ``many`` for odd ones."""
    if count is None:
        return ""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def people(count: object) -> str:
    """Give "1 person", "25 people"; a hidden count is said as what it means."""
    if count is None:
        return ""
    if str(count) == HIDDEN:
        return "1 to 7 people"
    return plural(int(str(count).replace(",", "")), "person", "people")


def minutes(value: float | None) -> str:
    """Give "under a minute", "6 minutes", "1 hour 20 minutes"."""
    if value is None:
        return ""
    whole = round(value)
    if whole < 1:
        return "under a minute"
    hours, left = divmod(whole, HOUR)
    parts = [plural(hours, "hour")] if hours else []
    return " ".join([*parts, plural(left, "minute")] if left else parts)


def walk(value: float | None, *, by_wheelchair: bool = False) -> str:
    """Give "6 minutes’ walk" for minutes on foot, and "next door" for none; to who
    does not walk, "6 minutes by wheelchair".
    """
    if value is None:
        return ""
    whole = round(value)
    if whole < 1:
        return "next door"
    if by_wheelchair:
        return f"{minutes(whole)} by wheelchair"
    return "1 minute’s walk" if whole == 1 else f"{minutes(whole)}’ walk"


def distance(metres: float | None) -> str:
    """Give "350 metres" under a kilometre, then miles: "1.2 miles"."""
    if metres is None:
        return ""
    if metres < FEW_METRES:
        return plural(max(10, round(metres / 10) * 10), "metre")
    miles = f"{metres / METRES_TO_A_MILE:.1f}".removesuffix(".0")
    return "1 mile" if miles == "1" else f"{miles} miles"


def listed(items: Iterable[object], *, last: str = "and") -> str:
    """Give "tea, cards and a chat"."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str | None) -> str:
    """Give the text with its first letter a capital, the rest left alone."""
    return text[:1].upper() + text[1:] if text else ""


def _local(value: dt.date) -> dt.date:
    """A moment as London's clocks show it; a plain date as it is."""
    return _moment(value) if isinstance(value, dt.datetime) else value


def _moment(value: dt.datetime) -> dt.datetime:
    return value.astimezone(LONDON) if value.tzinfo is not None else value


def _as_date(value: dt.date) -> dt.date:
    local = _local(value)
    return local.date() if isinstance(local, dt.datetime) else local


def _today() -> dt.date:
    return dt.datetime.now(LONDON).date()
