"""Which ages are told, by a listing in its words or by a person in theirs.

What is for another age than the one told is left out, so that a man of eighty is not
offered a youth theatre, nor a boy of nine a group for adults. Nothing is guessed: an age
counts where it is told as a number, or by a word that says it ("pensioner", "toddlers").
"""

import re
from collections.abc import Iterator

Ages = tuple[int, int]

ANY: Ages = (0, 120)
GROWN_UP, LATER, SLACK = 16, 50, 5
"""From what age somebody who tells no age, but no child either, is taken to be; from
what age somebody who says they are retired; and the years by which a group for older
people is taken to be glad of someone younger."""

_NUMBER = r"(\d{1,3})"
_TO = r"\s?(?:-|–|to|and|until)\s?"
_NOT_AGES = (
    r"(?!\d|[.:]\d|\s?(?:st|nd|rd|th|am|pm|%|mins?|minutes?|hours?|miles?|stones?|weeks?|months?"
    r"|days?|people|of us|years? (?!old|of age)|yrs? (?!old)|years?[.,;]|years?$))"
)
_TOLD = re.compile(
    rf"(?:\b(?:i'?m|i am|he'?s|she'?s|they'?re|we'?re|who'?s|is|are|only|just|turned|turning|aged?|nearly|almost"
    rf"|and|girl,|boy,|lad,|lass,)|(?<=[a-z])'s) {_NUMBER}\b{_NOT_AGES}"
    rf"|\b{_NUMBER}[ -]?(?:years?|yrs?|yr)[ -]?old"
)
_DECADE = re.compile(
    r"\bin (?:my|me|his|her|our|their) (?:early |mid |late |mid-|late-|early-)?"
    r"(?:([2-9])0'?s|(twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)"
)
_DECADES = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
_LATER = re.compile(
    r"\b(?:i'?m retired|retired|pensioner|bus pass|zimmer|old age|(?:i'?m|they are|getting"
    r"|too) old|great[- ]gran\w*)\b"
)

_FROM_TO = re.compile(
    rf"\b(?:aged?|ages|between(?: the ages of)?|years?|for)?\s?{_NUMBER}{_TO}{_NUMBER}"
    r"(?:[ -]?(?:years?|yrs?|yr)\b|(?<=\d)(?=[^\d:.]|$))"
)
_RANGE_CUE = re.compile(r"age|year|yr|between|old")
_FROM = re.compile(
    rf"\bover[- ]?(?:the age of )?{_NUMBER}'?s?\b|\bages? {_NUMBER}\s?\+"
    r"|\b(16|18|40|45|50|55|60|65|70|75)\s?\+"
    rf"|\b{_NUMBER} (?:years )?(?:and|or) over\b|\bfrom (?:age )?{_NUMBER} years"
    rf"|\baged {_NUMBER} (?:and|or) (?:over|above|older)|\b{_NUMBER}\s?(?:years|yrs)? to adults?"
)
_UNTIL = re.compile(
    rf"\bunder[- ]?(?:the age of )?{_NUMBER}'?s?\b|\bup to (?:the age of )?{_NUMBER} years"
)
_OPEN = re.compile(
    r"\b(?:all ages|any age|every age|ages and|of all ages|everyone|everybody|famil\w+|whole"
    r" community|all the family|young and old)\b"
)
_ADULTS, _CHILDREN = (
    re.compile(r"\badults?\b"),
    re.compile(
        r"\b(?:child(?:ren)?|kids|boys|girls|pupils|juniors|young people|youth|schools?"
        r"|playgroups?|pre-?school\w*|toddlers?)\b"
    ),
)
OLDEST, YOUNGEST_LATER = 110, 40


def of_listing(text: str) -> Ages:
    """Give the ages a listing is for as its words tell them; ANY where they do not.

    >>> of_listing("Gym for children aged 11-15"), of_listing("Football, over 50s")
    ((11, 15), (45, 120))
    >>> of_listing("A club for boys and girls from age 4 to adults")
    (4, 120)
    """
    plain = text.lower()
    if _OPEN.search(plain):
        return ANY
    told = [*_numbered(plain)]
    has_children = bool(_CHILDREN.search(plain))
    if has_children and any(low >= YOUNGEST_LATER - SLACK for low, _ in told):
        return ANY  # "over 60s, dance schools, playgroups": a place for many ages
    if _ADULTS.search(plain) and (told or not has_children):
        told.append((GROWN_UP, 120))
    return _together(told)


def of_person(words: str, *, has_child: bool) -> Ages:
    """Give the ages that somebody tells of whoever they ask for.

    A child's age counts beside their own. Nobody who tells no age and no child is taken
    to be a child.

    >>> of_person("our lad is 9", has_child=True), of_person("I sing", has_child=False)
    ((9, 9), (16, 120))
    """
    plain = words.lower().replace("’", "'")
    told = [age for age in _ages(plain) if age <= OLDEST]
    if told:
        return min(told), max(told) if not _LATER.search(plain) else 120
    if _LATER.search(plain):
        return (0, 120) if has_child else (LATER, 120)
    return ANY if has_child else (GROWN_UP, 120)


def tells_a_child(words: str) -> bool:
    """Say whether somebody tells the age of a child, and so asks for one."""
    told = [*_ages(words.lower().replace("’", "'"))]
    return bool(told) and min(told) < GROWN_UP


def any_in(words: str) -> bool:
    """Say whether somebody tells an age."""
    return bool([*_ages(words.lower().replace("’", "'"))])


def _ages(plain: str) -> Iterator[int]:
    for found in _TOLD.finditer(plain):
        yield int(found[1] or found[2])
    for found in _DECADE.finditer(plain):
        decade = int(found[1]) if found[1] else 2 + _DECADES.index(found[2])
        yield 10 * decade + 5


def _numbered(plain: str) -> Iterator[Ages]:
    for found in _FROM_TO.finditer(plain):
        low, high = int(found[1]), int(found[2])
        around = plain[max(0, found.start() - 12) : found.end() + 12]
        if low < high <= OLDEST and _RANGE_CUE.search(around):
            yield _with_slack(low), high
    for found in _FROM.finditer(plain):
        low = int(next(group for group in found.groups() if group))
        if low <= OLDEST:
            yield _with_slack(low), 120
    for found in _UNTIL.finditer(plain):
        high = int(found[1] or found[2])
        if high <= OLDEST:
            yield 0, high


def _with_slack(low: int) -> int:
    return low - SLACK if low >= YOUNGEST_LATER else low


def _together(ages: list[Ages]) -> Ages:
    if not ages:
        return ANY
    return min(low for low, _ in ages), max(high for _, high in ages)
