"""The loop over every listing: may it be shown, and how well does it fit.

Numbers only; what they mean is in `doorstep.rules`. Compiled once and kept on disk.
Functions here are untyped to mypy because Numba reads their types itself.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from typing import Any, NamedTuple

import numpy as np

from doorstep._internals.compiled import compiled

SHOWN, LAST, OUT = 0, 1, 2
JOINED, WANT, GIVE, AVOID = 0, 1, 2, 3
NOT_TOLD, YES, NO, FULL = 0, 1, 2, 2
NO_TIME_FITS, NO_TIME_KNOWN = -1, -2
WEEK = 10080
QUIET_FACT = 3

MEANING, WORDS, GIVING, AVOIDED, WHOM, WALK, TIME, COST, ROOM, FRESH, ANSWERS, QUIET = (
    range(12)
)
N_TERMS = 12


class Columns(NamedTuple):
    """The arrays of the catalogue that the loop reads."""

    is_open: Any
    venue: Any
    is_online: Any
    slot_start: Any
    slot_minutes: Any
    cost_pence: Any
    youngest: Any
    oldest: Any
    languages: Any
    access: Any
    room: Any
    checked_day: Any
    answers_days: Any
    about: Any
    what: Any
    what_scale: Any
    asks: Any
    asks_scale: Any


class Person(NamedTuple):
    """What one person asks, in numbers."""

    limit: Any
    first: Any
    past: Any
    enough: Any
    needs: Any
    language: Any
    must_be_free: Any
    age: Any
    raised: Any
    refused: Any
    tender: Any
    tender_bit: Any
    today: Any
    floor: Any
    tender_floor: Any
    stale_days: Any


class Said(NamedTuple):
    """The wishes as rows of whole numbers, and the score of their very words."""

    wishes: Any
    scales: Any
    kinds: Any
    lexical: Any


class Found(NamedTuple):
    """What the loop writes, a row a listing."""

    tiers: Any
    scores: Any
    terms: Any
    slots: Any
    which: Any


@compiled
def dot(one, other):
    """Give the product of two rows of small whole numbers."""
    total = np.int32(0)
    for i in range(one.shape[0]):
        total += np.int32(one[i]) * np.int32(other[i])
    return total


@compiled
def overlap(start, minutes, first, past):
    """Give the minutes of a session in free hours; it may run over the week's end."""
    total = 0
    for i in range(first.shape[0]):
        for shift in (0, WEEK):
            low = max(start, first[i] + shift)
            high = min(start + minutes, past[i] + shift)
            total += max(0, high - low)
    return total


@compiled
def fitting_slot(starts, lengths, first, past, enough):
    """Give the next time that overlaps the free hours enough, and the share free.

    NO_TIME_FITS or NO_TIME_KNOWN stand for a time.
    """
    if starts[0] < 0:
        return NO_TIME_KNOWN, 0.0
    if first.shape[0] == 0:
        return 0, 1.0
    for slot in range(starts.shape[0]):
        if starts[slot] < 0:
            break
        free = overlap(starts[slot], lengths[slot], first, past)
        if free >= min(enough, lengths[slot]):
            return slot, free / lengths[slot]
    return NO_TIME_FITS, 0.0


@compiled
def count_bits(bits):
    """Count the ones."""
    total = 0
    while bits != 0:
        bits &= bits - np.uint64(1)
        total += 1
    return total


@compiled
def walk_to(columns, row, minutes, limit):
    """Give the minutes' walk; what is online or nowhere stands at the limit."""
    if columns.is_online[row] != 0 or columns.venue[row] < 0:
        return limit
    return minutes[columns.venue[row]]


@compiled
def is_left_out(columns, row, person, walk):
    """Say whether a firm rule leaves a listing out, whatever it is about."""
    subject = columns.about[row]
    return (
        columns.is_open[row] == 0
        or not walk <= person.limit
        or (subject & person.tender & ~person.raised) != 0
        or (subject & person.refused) != 0
        or (person.age >= 0 and person.age < columns.youngest[row])
        or person.age > columns.oldest[row]
    )


@compiled
def access_tier(access, needs):
    """Put in its tier what must be known of the place."""
    tier = SHOWN
    for i in range(access.shape[0]):
        if needs[i] and access[i] == NO:
            return OUT
        if needs[i] and access[i] != YES:
            tier = LAST
    return tier


@compiled
def language_tier(languages, language):
    """Put in its tier which languages are spoken."""
    if language == 0 or (languages & language) != 0:
        return SHOWN
    return LAST if languages == 0 else OUT


@compiled
def cost_tier(cost, must_be_free):
    """Put in its tier what it costs."""
    if not must_be_free or cost == 0:
        return SHOWN
    return LAST if cost < 0 else OUT


@compiled
def tier_of(columns, row, person, slot):
    """Put a listing in its tier: what is not known of a hard need comes last."""
    tier = max(
        access_tier(columns.access[row], person.needs),
        language_tier(columns.languages[row], person.language),
        cost_tier(columns.cost_pence[row], person.must_be_free),
    )
    if slot == NO_TIME_FITS:
        return OUT
    is_nowhere = columns.is_online[row] == 0 and columns.venue[row] < 0
    has_no_time = slot == NO_TIME_KNOWN and person.first.shape[0] > 0
    if is_nowhere or has_no_time or columns.room[row] == FULL:
        tier = max(tier, LAST)
    return tier


@compiled
def write_fit(columns, row, said, weights, term):
    """Write the terms of what was said; give the best wish's number, -1 for none.

    Meaning is half the cosine of everything wanted together and half that of the one
    wish it fits best, so that a listing may answer one wish of several.
    """
    joined, best, giving, avoided, which = 0.0, -1.0, 0.0, 0.0, -1
    for k in range(said.kinds.shape[0]):
        scale = said.scales[k] * columns.what_scale[row]
        value = dot(columns.what[row], said.wishes[k]) * scale
        if said.kinds[k] == JOINED:
            joined = value
        elif said.kinds[k] == AVOID:
            avoided = max(avoided, value)
        elif value > best:
            best, which = value, k
        if said.kinds[k] == GIVE:
            asked = dot(columns.asks[row], said.wishes[k]) * said.scales[k]
            giving = max(giving, asked * columns.asks_scale[row])
    near = 0.5 * (joined + best) if which >= 0 else 0.0
    term[MEANING] = weights[MEANING] * near
    term[WORDS] = weights[WORDS] * said.lexical[row]
    term[GIVING] = weights[GIVING] * giving
    term[AVOIDED] = -weights[AVOIDED] * max(0.0, avoided - near)
    return which


@compiled
def left(value, most):
    """Give how much of a most is left, 1 to 0; 0 where the value is not known."""
    return max(0.0, 1.0 - value / most) if value >= 0 else 0.0


@compiled
def write_facts(columns, row, person, weights, term, walk, share):
    """Write the terms that come of facts and not of what was said."""
    mask = ~person.raised & ~person.tender & ~person.tender_bit
    strange = min(2, count_bits(columns.about[row] & mask))
    checked = columns.checked_day[row]
    days = max(0, person.today - checked) if checked >= 0 else -1
    is_quiet = columns.access[row, QUIET_FACT] == YES
    term[WHOM] = -weights[WHOM] * strange
    term[WALK] = weights[WALK] * left(walk, person.limit)
    term[TIME] = weights[TIME] * share
    term[COST] = weights[COST] * left(columns.cost_pence[row], 1000.0)
    term[ROOM] = weights[ROOM] * (columns.room[row] == YES)
    term[FRESH] = weights[FRESH] * left(days, person.stale_days)
    term[ANSWERS] = weights[ANSWERS] * left(columns.answers_days[row], 14.0)
    term[QUIET] = weights[QUIET] * is_quiet


@compiled
def is_near_enough(term, subject, person):
    """Say whether a listing has enough to do with what was said to be shown."""
    fit = term[MEANING] + term[WORDS] + term[GIVING]
    is_tender = (subject & person.tender_bit) != 0
    return fit >= person.floor and (not is_tender or fit >= person.tender_floor)


@compiled
def score_rows(
    columns: Columns,
    person: Person,
    minutes: Any,
    said: Said,
    weights: Any,
    found: Found,
) -> None:
    """Write for every listing its tier, score, terms, time slot and best wish."""
    for row in range(columns.is_open.shape[0]):
        found.tiers[row] = OUT
        walk = walk_to(columns, row, minutes, person.limit)
        if is_left_out(columns, row, person, walk):
            continue
        slot, share = fitting_slot(
            columns.slot_start[row],
            columns.slot_minutes[row],
            person.first,
            person.past,
            person.enough,
        )
        tier = tier_of(columns, row, person, slot)
        if tier == OUT:
            continue
        term = found.terms[row]
        which = write_fit(columns, row, said, weights, term)
        if not is_near_enough(term, columns.about[row], person):
            continue
        write_facts(columns, row, person, weights, term, walk, share)
        found.tiers[row] = tier
        found.scores[row] = term.sum()
        found.slots[row] = slot
        found.which[row] = which


@compiled
def may_follow(row, others, kinds, groups, most):
    """Say whether a listing would be too many of its kind or its group."""
    same_kind, same_group = 0, 0
    for other in others:
        same_kind += kinds[row] >= 0 and kinds[other] == kinds[row]
        same_group += groups[row] >= 0 and groups[other] == groups[row]
    return same_kind < most[0] and same_group < most[1]


@compiled
def pick(
    order: Any,
    worth: Any,
    which: Any,
    kinds: Any,
    groups: Any,
    what: Any,
    what_scale: Any,
    how_many: int,
    most: tuple[int, int],
    likeness: float,
    unanswered: float,
) -> Any:
    """Give a short varied list out of the best rows, in the order it is told.

    Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next is the
    one worth most after `likeness` times its likeness to what stands already is taken
    off; one that answers a wish nothing yet answers is worth `unanswered` more. `most`
    holds how many there may be of a kind and of a group.
    """
    chosen = np.empty(min(how_many, order.shape[0]), np.int64)
    repeats = np.zeros(order.shape[0], np.float64)
    count = 0
    while count < chosen.shape[0]:
        best, best_value = -1, -1e9
        for i in range(order.shape[0]):
            row = order[i]
            value = worth[row] - likeness * repeats[i]
            if which[row] >= 0 and not (which[chosen[:count]] == which[row]).any():
                value += unanswered
            is_free = not (chosen[:count] == row).any()
            if (
                is_free
                and value > best_value + 1e-9
                and may_follow(row, chosen[:count], kinds, groups, most)
            ):
                best, best_value = i, value
        if best < 0:
            break
        taken = order[best]
        chosen[count] = taken
        count += 1
        for i in range(order.shape[0]):
            alike = dot(what[order[i]], what[taken]) * what_scale[taken]
            repeats[i] = max(repeats[i], alike * what_scale[order[i]])
    return chosen[:count]
