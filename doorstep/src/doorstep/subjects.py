"""What a listing may be about that is not for everybody to be shown.

A tender subject (grief, abuse, addiction) is shown only to somebody whose own words
raise it: never because a wife or a neighbour was named, and never after "I don't
want". What is for people in particular circumstances (deaf people, veterans, children)
is shown on the same terms; what is for women, or for older people, stands lower unless
their words say they belong, with a caution to ask. Nothing is worked out about who a
person is: only what they themselves said counts, and only while it is asked.

The words are in `data/words/subjects.toml`; `doorstep.rules` says the rule in public.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from doorstep import io
from doorstep.phrases import EARLY_WORDS, SHORT_WORDS, Hit, Phrases, words_of

WHO_WORDS, WHO_EARLY_WORDS = 4, 40
"""Or a little later, after a word that says for whom: "adults who have disabilities"."""

EXAMPLE_WORDS = 8
"""What follows "for example" so closely is no more than one."""

AGAIN_WORDS = 5
"""Or again so many words later: a list names a thing once."""


@dataclass(frozen=True)
class Subject:
    """One subject: how it is known in a listing, and which words raise it.

    `is_tender`: left out unless raised. `is_apart`: the same, for what is plainly for
    others (children, say) and not for what hurts. Anything else stands lower unless
    raised, and is told as "It is for {whom}". A subject that a person wants to avoid,
    or that their words rule out (`refused_by`), is left out in any case. One that
    `goes_with_others` (low spirits, beside cancer) need not be raised where another of
    the listing's circumstances is.
    """

    name: str
    whom: str
    listed: tuple[str, ...]
    said: tuple[str, ...]
    unless_listed: tuple[str, ...] = ()
    unless_said: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    is_tender: bool = False
    is_apart: bool = False
    goes_with_others: bool = False


def _read(entry: dict[str, Any]) -> Subject:
    lists: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
    }
    both = lists.pop("both", ())
    listed, said = lists.pop("listed", ()), lists.pop("said", ())
    return Subject(listed=(*listed, *both), said=(*said, *both), **lists)


_TABLE = io.words_table("subjects")
_EXAMPLES = Phrases.of([_TABLE["examples"]])
_FOR_WHOM = frozenset(_TABLE["for_whom"])
SUBJECTS: tuple[Subject, ...] = tuple(_read(entry) for entry in _TABLE["subject"])
_LISTED, _UNLESS_LISTED, _SAID, _UNLESS_SAID, _REFUSED = (
    Phrases.of([getattr(subject, field) for subject in SUBJECTS], _TABLE["sets"])
    for field in ("listed", "unless_listed", "said", "unless_said", "refused_by")
)


def about(listing: str) -> int:
    """Give the subjects a listing is for, as bits in the order of SUBJECTS.

    Not what it only touches on: a community centre that names a youth club among ten
    things is not for children.
    """
    words = words_of(listing)
    unless = _UNLESS_LISTED.groups(words)
    examples = {hit.at for hit in _EXAMPLES.hits(words)}
    by_group: dict[int, list[Hit]] = {}
    for hit in _LISTED.hits(words):
        is_example = not examples.isdisjoint(range(hit.at - EXAMPLE_WORDS, hit.at))
        is_tender = SUBJECTS[hit.group].is_tender
        if hit.group not in unless and (is_tender or not is_example):
            by_group.setdefault(hit.group, []).append(hit)
    return _bits(
        group for group in by_group if _is_for(by_group[group], words, by_group)
    )


def _is_for(hits: Sequence[Hit], words: Sequence[str], found: Iterable[int]) -> bool:
    """Say whether a listing is for a subject and does not only touch on it.

    What is tender is taken to be what it is for sooner than what is not.
    """
    if hits[0].at < EARLY_WORDS or len(words) <= SHORT_WORDS:
        return True
    is_tender = SUBJECTS[hits[0].group].is_tender
    is_whom = any(
        not _FOR_WHOM.isdisjoint(words[max(0, hit.at - WHO_WORDS) : hit.at])
        for hit in hits
        if is_tender or hit.at < WHO_EARLY_WORDS
    )
    apart = hits[-1].at - hits[0].at
    is_said_again = apart >= AGAIN_WORDS or (is_tender and apart > 0)
    others = [group for group in found if SUBJECTS[group].is_tender]
    return is_whom or is_said_again or (is_tender and len(others) > 1)


def raised(words: str) -> int:
    """Give the subjects that somebody's own words raise, as bits."""
    said = words_of(words)
    return _bits(_SAID.groups(said) - _UNLESS_SAID.groups(said))


def named_in(words: str) -> int:
    """Give the subjects that words name at all, as a person or a listing would."""
    said = words_of(words)
    return _bits(_SAID.groups(said) | _LISTED.groups(said))


def ruled_out(words: str) -> int:
    """Give the subjects that what somebody says of themselves rules out, as bits."""
    return _bits(_REFUSED.groups(words_of(words)))


def words() -> frozenset[str]:
    """Give every single word by which a subject is known."""
    phrases = (phrase for s in SUBJECTS for phrase in (*s.listed, *s.said))
    return frozenset(phrase for phrase in phrases if phrase.isalpha())


def named(bits: int) -> tuple[Subject, ...]:
    """Give the subjects of some bits."""
    return tuple(s for number, s in enumerate(SUBJECTS) if bits >> number & 1)


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in set(numbers))


UNLESS_RAISED = _bits(
    number for number, s in enumerate(SUBJECTS) if s.is_tender or s.is_apart
)
"""The bits of the subjects that are left out unless raised."""

ALL = _bits(range(len(SUBJECTS)))
GO_WITH_OTHERS = _bits(n for n, s in enumerate(SUBJECTS) if s.goes_with_others)
TENDER = _bits(number for number, s in enumerate(SUBJECTS) if s.is_tender)
"""The bits of all, of those that may stand beside one that is raised, and of what is tender."""


def others_of_a_group(raised_bits: int) -> int:
    """Give the faiths other than those raised, and the homelands other than those.

    Somebody who names one is not to be sent to another.
    """
    others = 0
    for group in (FAITHS, HOMELANDS):
        if raised_bits & group:
            others |= group & ~raised_bits
    return others


def bit(*names: str) -> int:
    """Give the bits of some subjects by their names."""
    return _bits(number for number, s in enumerate(SUBJECTS) if s.name in names)


FAITHS = bit(*(s.name for s in SUBJECTS if s.name.endswith(" faith")))
HOMELANDS = bit(*_TABLE["homelands"])
"""The bits of the faiths, and of where people or their parents come from."""
