"""Why it fits, and what to ask first, in sentences a person would say aloud.

Never a score. A reason says only what is known or what the person themselves said; a
caution says what nobody has told us, and gives the number to ring where there is one.
"""

import datetime as dt
import re
from dataclasses import dataclass

from doorstep import subjects
from doorstep.languages import code_of, name_of
from doorstep.listings import FACTS, NEEDS, Known, Listing, Room
from doorstep.walks import band_words, walk_words
from doorstep.wishes import Kind, Wish

STALE_DAYS = 120
SLOW_DAYS = 5
SIGNED = "bfi"
PENNIES_OF_NONE = re.compile(r"(£\d+)\.00\b")  # "£3.00" is said "£3"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is to be told of one listing to one person."""

    listing: Listing
    walk_minutes: float | None
    walk_is_estimate: bool
    starts: dt.datetime | None
    doubts: tuple[str, ...]
    wish: Wish | None
    gift: Wish | None
    is_loose: bool
    raised: int
    about: int
    needs: frozenset[str]
    language: str
    must_be_free: bool
    today: dt.date
    mattered: Listing | None = None
    """What mattered to them that this is most like, if it is like any."""
    by_wheelchair: bool = False
    is_another_time: bool = False
    """It is on, but not when they said."""


def reasons(told: Told) -> tuple[str, ...]:
    """Give why it fits, the walk first."""
    listing = told.listing
    found = [
        _walk(told),
        None if told.starts is None else _when(told.starts),
        cost_words(listing) if listing.cost_pence is not None else None,
        _said(told),
        _mattered(told),
        *(
            f"Has {NEEDS[fact]}" if fact != "step_free" else "Step-free all the way in"
            for fact in FACTS
            if fact in told.needs and listing.access.get(fact) is Known.YES
        ),
        _language(told),
        "Room for more" if listing.room is Room.OPEN else None,
        _answers(listing),
    ]
    return tuple(reason for reason in found if reason)


def cautions(told: Told) -> tuple[str, ...]:
    """Give what to ask first, the hard needs first."""
    listing = told.listing
    ring = f": ring {listing.telephone}" if listing.telephone else ""
    ask = f"ring {listing.telephone} and ask" if listing.telephone else "ask"
    found = [
        "Not quite what you said." if told.is_loose else None,
        *(
            f"Ask first about {NEEDS[fact]}: nobody has told us{_or_ring(listing)}."
            for fact in FACTS
            if fact in told.needs
            and listing.access.get(fact, Known.UNKNOWN) is Known.UNKNOWN
        ),
        _language_unknown(told),
        f"Ask what it costs{ring}."
        if told.must_be_free and listing.cost_pence is None
        else None,
        f"It is full just now: ask about a waiting list{ring}."
        if listing.room is Room.FULL
        else None,
        "Not when you said." if told.is_another_time else None,
        f"No set time: {ask} when." if told.starts is None else None,
        f"We do not know where it is: {ask}." if _is_nowhere(told) else None,
        *told.doubts,
        *(
            f"It is for {subject.whom}."
            for subject in subjects.named(told.about & ~told.raised)
            if not subject.is_tender
        ),
        _stale(told),
        _unseen(listing),
        _slow(listing),
    ]
    return tuple(caution for caution in found if caution)


def cost_words(listing: Listing) -> str:
    """Say what it costs: "Free", "50p for a brew", "£3.50"."""
    if listing.cost_words and listing.cost_pence != 0:
        return PENNIES_OF_NONE.sub(r"\1", listing.cost_words)
    if listing.cost_pence is None:
        return "Cost not known"
    if listing.cost_pence == 0:
        return "Free"
    if listing.cost_pence < 100:
        return f"{listing.cost_pence}p"
    return f"£{listing.cost_pence / 100:.2f}".removesuffix(".00")


def _walk(told: Told) -> str | None:
    minutes = told.walk_minutes
    if told.listing.is_online:
        return "From home: online or by phone"
    if minutes is None:
        return None
    words = band_words if told.listing.is_blurred else walk_words
    said = words(
        minutes, is_estimate=told.walk_is_estimate, by_wheelchair=told.by_wheelchair
    )
    return said.capitalize()


def _when(starts: dt.datetime) -> str:
    return f"{starts:%A} at {_clock(starts)}, next on {starts.day} {starts:%B}"


def _clock(starts: dt.datetime) -> str:
    if starts.minute == 0 and starts.hour in (0, 12):
        return "midday" if starts.hour else "midnight"
    minutes = f":{starts.minute:02d}" if starts.minute else ""
    return f"{starts.hour % 12 or 12}{minutes}{'am' if starts.hour < 12 else 'pm'}"


def _said(told: Told) -> str | None:
    if told.wish is None or told.is_loose:
        return None
    if told.gift is not None and told.listing.asks:
        return f"They ask for: {told.listing.asks.rstrip('.')}. You said: “{_aloud(told.gift.said)}”"
    return f"You said: “{_aloud(told.wish.said)}”"


def _mattered(told: Told) -> str | None:
    if told.mattered is None:
        return None
    if told.mattered.key == told.listing.key:
        return "You went before, and it mattered to you"
    return f"Like {told.mattered.activity}, which mattered to you"


def _aloud(said: str) -> str:
    """Give somebody's words with a capital for "I" and at the beginning."""
    aloud = re.sub(r"\bi\b", "I", said)
    return aloud[:1].upper() + aloud[1:]


def _language(told: Told) -> str | None:
    spoken = {code_of(each) for each in told.listing.languages}
    if not told.language or code_of(told.language) not in spoken:
        return None
    return f"{name_of(told.language)} is {_used(told.language)}"


def _language_unknown(told: Told) -> str | None:
    if not told.language or told.listing.languages:
        return None
    name, used = name_of(told.language), _used(told.language)
    return f"Ask first whether {name} is {used}{_or_ring(told.listing)}."


def _used(language: str) -> str:
    return "signed" if code_of(language) == SIGNED else "spoken"


def _or_ring(listing: Listing) -> str:
    return f", ring {listing.telephone}" if listing.telephone else ""


def _is_nowhere(told: Told) -> bool:
    return told.walk_minutes is None and not told.listing.is_online


def _answers(listing: Listing) -> str | None:
    days = listing.answers_in_days
    if days is None or days > 2:
        return None
    return "Answers within a day" if days <= 1 else "Answers within two days"


def _slow(listing: Listing) -> str | None:
    days = listing.answers_in_days
    if days is None or days < SLOW_DAYS:
        return None
    return f"They can take {round(days)} days to answer."


def _stale(told: Told) -> str | None:
    checked = told.listing.trust.checked_on
    if checked is None:
        return "Nobody has checked this listing yet."
    if (told.today - checked).days <= STALE_DAYS:
        return None
    same_year = checked.year == told.today.year
    return f"Not checked since {checked:%B}{'' if same_year else f' {checked.year}'}."


def _unseen(listing: Listing) -> str | None:
    trust = listing.trust
    if trust.needs_safeguarding and trust.safeguarding_seen_on is None:
        return "Nobody has seen its safeguarding policy yet."
    return None


def gift_of(wish: Wish | None) -> Wish | None:
    """Give the wish if it is something that a person can give."""
    return wish if wish is not None and wish.kind is Kind.GIVES else None
