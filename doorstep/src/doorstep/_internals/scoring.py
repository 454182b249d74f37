"""The loop over every listing: may it be shown, and how well does it fit.

Numbers only; what they mean is in `doorstep.rules`. Compiled once and kept on disk.
Functions here are untyped to mypy because Numba reads their types itself. They take
single numbers and rows, not the whole tuple of arrays: handing that on costs more than
the sums.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from typing import Any, NamedTuple

import numpy as np

from doorstep._internals.asked_of_rows import (
    Facts,
    Found,
    Hours,
    Meanings,
    Person,
    Said,
    Wanted,
)
from doorstep._internals.compiled import compiled

SHOWN, LAST, OUT, LOOSE = 0, 1, 2, 3
WORDS_TO_FIT = 0.5
JOINED, WANT, GIVE, AVOID, LIKED, TELL = 0, 1, 2, 3, 4, 5
NOT_TOLD, YES, NO, FULL = 0, 1, 2, 2
NO_TIME_FITS, NO_TIME_KNOWN = -1, -2
WEEK = 10080
QUIET_FACT = 3

(MEANING, WORDS, GIVING, AVOIDED, WHOM, WALK, TIME, COST, ROOM, FRESH, ANSWERS, QUIET,
 MATTERED, THEMES) = range(14)  # fmt: skip
N_TERMS = 14
BROADLY, TOUCHED, UNWANTED, RAISED = 0.6, 0.7, 0.3, 0.8


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
        or is_for_others(one.about, person)
        or person.oldest < one.youngest
        or person.youngest > one.oldest
    )


@compiled
def is_for_others(about, person):
    """Say whether a listing is for what was refused, or for others than the person.

    What is raised only by a gift is well where a listing asks for helpers; what may go
    with others, where another circumstance of the listing is raised.
    """
    never = person.never if about & person.helps_bit else person.never_but_to_help
    if about & never:
        return True
    return (about & person.beside) != 0 and (about & person.beside_of) == 0


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
def share_of(themes, touches, wanted, broad):
    """Give how much the themes of a listing and of a wish are the same: none to 1."""
    if touches & wanted == 0:
        return 0.0
    if themes & wanted & ~broad:
        return 1.0
    if touches & wanted & ~broad:
        return TOUCHED
    return BROADLY if themes & wanted else TOUCHED * BROADLY


@compiled
def write_fit(
    what, what_scale, asks, asks_scale, themes, touches, broad, said, weights, term
):  # fmt: skip
    """Write the terms of what was said; give the best wish's number, -1 for none.

    Meaning is half the cosine of everything wanted together and half that of the one
    wish it fits best, so that a listing may answer one wish of several.
    """
    wishes, scales, kinds, wanted, _ = said
    joined, best, giving, avoided, liked, which = 0.0, -1.0, 0.0, 0.0, 0.0, -1
    share, first = 0.0, -1.0
    for k in range(kinds.shape[0]):
        value = dot(what, wishes[k]) * scales[k] * what_scale
        if kinds[k] == JOINED:
            joined = value
        elif kinds[k] == AVOID:
            avoided = max(avoided, value)
        elif kinds[k] == LIKED:
            liked = max(liked, value)
        else:
            same = share_of(themes, touches, wanted[k], broad)
            if kinds[k] == TELL:
                same, value = BROADLY * same, BROADLY * value
            best, share = max(best, value), max(share, same)
            if value + weights[THEMES] * same > first:
                first, which = value + weights[THEMES] * same, k
        if kinds[k] == GIVE and asks_scale > 0:
            giving = max(giving, dot(asks, wishes[k]) * scales[k] * asks_scale)
    near = 0.5 * (joined + best) if which >= 0 else 0.0
    term[MEANING] = weights[MEANING] * near
    term[GIVING] = weights[GIVING] * giving
    term[AVOIDED] = -weights[AVOIDED] * max(0.0, avoided - near)
    term[MATTERED] = weights[MATTERED] * liked
    term[THEMES] = weights[THEMES] * share
    return which


@compiled
def left(value, most):
    """Give how much of a most is left, 1 to 0; 0 where the value is not known."""
    return max(0.0, 1.0 - value / most) if value >= 0 else 0.0


@compiled
def write_facts(one, person, weights, term, share):
    """Write the terms that come of facts and not of what was said."""
    strange = min(2, count_bits(one.about & person.strange))
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
def tier_by_fit(term, subject, wanted, has_meaning, tier):
    """Give the tier again, LOOSE or OUT where it has little to do with what was said.

    Words count half here: one rare word in common says little by itself. What is about
    a tender subject that they raised themselves counts for more than its words.
    """
    if not has_meaning:
        return tier if term[WORDS] + term[THEMES] >= wanted.floor_in_words else OUT
    fit = term[MEANING] + WORDS_TO_FIT * term[WORDS] + term[GIVING] + term[THEMES]
    if term[THEMES] <= 0 and wanted.wanted_themes & ~wanted.broad:
        fit -= wanted.elsewhere
    if term[THEMES] >= wanted.named or subject & wanted.hurts:
        fit = max(fit, wanted.floor)
    is_tender = (subject & wanted.tender_bit) != 0
    if fit < wanted.floor or (is_tender and fit < wanted.tender_floor):
        return OUT
    if fit >= wanted.firm_floor:
        return tier
    return OUT if tier == LAST else LOOSE


@compiled
def near_rows(indptr: Any, rows: Any, minutes: Any, limit: float, near: Any) -> int:
    """Write the rows of no place and those at a venue within the limit; give how many.

    Group 0 of the rows has no place to walk to, group ``v + 1`` is at venue ``v``.
    """
    count = 0
    for group in range(indptr.shape[0] - 1):
        if group == 0 or minutes[group - 1] <= limit:
            for k in range(indptr[group], indptr[group + 1]):
                near[count] = rows[k]
                count += 1
    return count


@compiled
def sift(
    rows: Any, facts: Facts, person: Person, hours: Hours, minutes: Any, weights: Any,
    found: Found,
) -> None:  # fmt: skip
    """Write of each row its tier by the firm rules, its time, and the terms of facts."""
    (is_open, venue, is_online, slot_start, slot_minutes, cost, youngest, oldest,
     languages, access, room, checked, answers, about) = facts  # fmt: skip
    tiers, _, terms, slots, _ = found
    first, past, liked_first, liked_past, needs = hours
    for i in range(rows.shape[0]):
        row = rows[i]
        walk = walk_to(venue[row], is_online[row], minutes, person.limit)
        one = One(
            is_open[row], venue[row] >= 0, is_online[row], walk, cost[row],
            youngest[row], oldest[row], languages[row], room[row], checked[row],
            answers[row], about[row], access[row, QUIET_FACT] == YES,
        )  # fmt: skip
        tiers[i] = OUT
        if is_left_out(one, person):
            continue
        slots[i], share = fitting_slot(
            slot_start[row], slot_minutes[row], first, past, person.enough
        )
        if slots[i] >= 0 and liked_first.shape[0] > 0:
            liked, share = fitting_slot(
                slot_start[row], slot_minutes[row], liked_first, liked_past,
                person.enough,
            )  # fmt: skip
            slots[i] = max(liked, 0)
        tiers[i] = tier_of(
            one, person, access[row], needs, slots[i], first.shape[0] > 0
        )
        write_facts(one, person, weights, terms[i], share)


@compiled
def weigh(
    rows: Any, meanings: Meanings, wanted: Wanted, said: Said, weights: Any,
    found: Found,
) -> None:  # fmt: skip
    """Write of each row not left out what was said of it, its score and its best wish."""
    about, themes, touches, what, what_scale, asks, asks_scale = meanings
    tiers, scores, terms, _, which = found
    lexical = said[4]
    for i in range(rows.shape[0]):
        if tiers[i] == OUT:
            continue
        row, term = rows[i], terms[i]
        is_unwanted = (themes[row] & wanted.avoided_themes) != 0
        is_wanted = (themes[row] & wanted.wanted_themes & ~wanted.broad) != 0
        if is_unwanted and not is_wanted:
            tiers[i] = OUT
            continue
        which[i] = write_fit(
            what[row], what_scale[row], asks[row], asks_scale[row],
            themes[row], touches[row], wanted.broad, said, weights, term,
        )  # fmt: skip
        if is_unwanted:
            term[AVOIDED] -= weights[AVOIDED] * UNWANTED
        if about[row] & wanted.apart:
            term[THEMES] += weights[THEMES] * RAISED
        term[WORDS] = weights[WORDS] * lexical[row]
        tiers[i] = tier_by_fit(term, about[row], wanted, what_scale[row] > 0, tiers[i])
        scores[i] = term.sum()


@compiled
def add_meant(rows: Any, meant: Found, found: Found) -> None:
    """Write the same as ``weigh`` from what it wrote of every row of the catalogue."""
    meant_tiers, _, meant_terms, _, meant_which = meant
    tiers, scores, terms, _, which = found
    for i in range(rows.shape[0]):
        row, term = rows[i], terms[i]
        if meant_tiers[row] == OUT or (meant_tiers[row] == LOOSE and tiers[i] == LAST):
            tiers[i] = OUT
        if tiers[i] == OUT:
            continue
        tiers[i] = max(tiers[i], meant_tiers[row])
        for k in (MEANING, WORDS, GIVING, AVOIDED, MATTERED, THEMES):
            term[k] = meant_terms[row, k]
        which[i] = meant_which[row]
        scores[i] = term.sum()
