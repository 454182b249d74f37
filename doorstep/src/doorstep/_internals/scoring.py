"""The loop over every listing: may it be shown, and how well does it fit.

Numbers only; what they mean is in `doorstep.rules`. Compiled once and kept on disk.
Functions here are untyped to mypy because Numba reads their types itself. They take
single numbers and rows, not the whole tuple of arrays: handing that on costs more than
the sums.
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
    """What one person asks, in single numbers."""

    limit: Any
    enough: Any
    language: Any
    must_be_free: Any
    age: Any
    raised: Any
    refused: Any
    tender: Any
    tender_bit: Any
    today: Any
    floor: Any
    floor_in_words: Any
    tender_floor: Any
    stale_days: Any


class Hours(NamedTuple):
    """The free hours and the hard needs of one person, as rows."""

    first: Any
    past: Any
    needs: Any


class One(NamedTuple):
    """The single numbers of one listing."""

    is_open: Any
    has_place: Any
    is_online: Any
    walk: Any
    cost: Any
    youngest: Any
    oldest: Any
    languages: Any
    room: Any
    checked: Any
    answers: Any
    about: Any
    is_quiet: Any


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
    """Give the product of two rows of small whole numbers.

    The products are narrowed at each step, so that sixteen fit in one instruction.
    """
    total = np.int32(0)
    for i in range(np.uint64(one.shape[0])):
        product = np.int32(np.int16(one[i]) * np.int16(other[i]))
        total = np.int32(total + product)
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
def walk_to(venue, is_online, minutes, limit):
    """Give the minutes' walk; what is online or nowhere stands at the limit."""
    if is_online != 0 or venue < 0:
        return limit
    return minutes[venue]


@compiled
def is_left_out(one, person):
    """Say whether a firm rule leaves a listing out, whatever it is about."""
    return (
        one.is_open == 0
        or not one.walk <= person.limit
        or (one.about & person.tender & ~person.raised) != 0
        or (one.about & person.refused) != 0
        or (person.age >= 0 and person.age < one.youngest)
        or person.age > one.oldest
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
def tier_of(one, person, access, needs, slot, has_hours):
    """Put a listing in its tier: what is not known of a hard need comes last."""
    if slot == NO_TIME_FITS:
        return OUT
    tier = max(
        access_tier(access, needs),
        language_tier(one.languages, person.language),
        cost_tier(one.cost, person.must_be_free),
    )
    is_nowhere = one.is_online == 0 and not one.has_place
    has_no_time = slot == NO_TIME_KNOWN and has_hours
    if is_nowhere or has_no_time or one.room == FULL:
        tier = max(tier, LAST)
    return tier


@compiled
def write_fit(what, what_scale, asks, asks_scale, wishes, scales, kinds, weights, term):
    """Write the terms of what was said; give the best wish's number, -1 for none.

    Meaning is half the cosine of everything wanted together and half that of the one
    wish it fits best, so that a listing may answer one wish of several.
    """
    joined, best, giving, avoided, which = 0.0, -1.0, 0.0, 0.0, -1
    for k in range(kinds.shape[0]):
        value = dot(what, wishes[k]) * scales[k] * what_scale
        if kinds[k] == JOINED:
            joined = value
        elif kinds[k] == AVOID:
            avoided = max(avoided, value)
        elif value > best:
            best, which = value, k
        if kinds[k] == GIVE and asks_scale > 0:
            giving = max(giving, dot(asks, wishes[k]) * scales[k] * asks_scale)
    near = 0.5 * (joined + best) if which >= 0 else 0.0
    term[MEANING] = weights[MEANING] * near
    term[GIVING] = weights[GIVING] * giving
    term[AVOIDED] = -weights[AVOIDED] * max(0.0, avoided - near)
    return which


@compiled
def left(value, most):
    """Give how much of a most is left, 1 to 0; 0 where the value is not known."""
    return max(0.0, 1.0 - value / most) if value >= 0 else 0.0


@compiled
def write_facts(one, person, weights, term, share):
    """Write the terms that come of facts and not of what was said."""
    mask = ~person.raised & ~person.tender & ~person.tender_bit
    strange = min(2, count_bits(one.about & mask))
    days = max(0, person.today - one.checked) if one.checked >= 0 else -1
    term[WHOM] = -weights[WHOM] * strange
    term[WALK] = weights[WALK] * left(one.walk, person.limit)
    term[TIME] = weights[TIME] * share
    term[COST] = weights[COST] * left(one.cost, 1000.0)
    term[ROOM] = weights[ROOM] * (one.room == YES)
    term[FRESH] = weights[FRESH] * left(days, person.stale_days)
    term[ANSWERS] = weights[ANSWERS] * left(one.answers, 14.0)
    term[QUIET] = weights[QUIET] * one.is_quiet


@compiled
def is_near_enough(term, subject, person, has_meaning):
    """Say whether a listing has enough to do with what was said to be shown."""
    fit = term[MEANING] + term[WORDS] + term[GIVING]
    floor = person.floor if has_meaning else person.floor_in_words
    is_tender = (subject & person.tender_bit) != 0
    return fit >= floor and (not is_tender or fit >= person.tender_floor)


@compiled
def score_rows(
    columns: Columns,
    person: Person,
    hours: Hours,
    minutes: Any,
    said: Said,
    weights: Any,
    found: Found,
) -> None:
    """Write for every listing its tier, score, terms, time slot and best wish."""
    (is_open, venue, is_online, slot_start, slot_minutes, cost, youngest, oldest,
     languages, access, room, checked, answers, about, what, what_scale, asks,
     asks_scale) = columns  # fmt: skip
    tiers, scores, terms, slots, which = found
    first, past, needs = hours
    wishes, scales, kinds, lexical = said
    for row in range(is_open.shape[0]):
        tiers[row] = OUT
        one = One(
            is_open[row],
            venue[row] >= 0,
            is_online[row],
            walk_to(venue[row], is_online[row], minutes, person.limit),
            cost[row],
            youngest[row],
            oldest[row],
            languages[row],
            room[row],
            checked[row],
            answers[row],
            about[row],
            access[row, QUIET_FACT] == YES,
        )
        if is_left_out(one, person):
            continue
        slot, share = fitting_slot(
            slot_start[row], slot_minutes[row], first, past, person.enough
        )
        tier = tier_of(one, person, access[row], needs, slot, first.shape[0] > 0)
        if tier == OUT:
            continue
        term = terms[row]
        which[row] = write_fit(
            what[row], what_scale[row], asks[row], asks_scale[row],
            wishes, scales, kinds, weights, term,
        )  # fmt: skip
        term[WORDS] = weights[WORDS] * lexical[row]
        if not is_near_enough(term, about[row], person, what_scale[row] > 0):
            continue
        write_facts(one, person, weights, term, share)
        tiers[row] = tier
        slots[row] = slot
        scores[row] = term.sum()


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
