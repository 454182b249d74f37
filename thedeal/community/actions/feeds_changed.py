"""What a feed changes of a listing: by field for programs, and in words for people.

What stands in a reading's lines is seen by whoever minds the feeds, so it holds no
contact's number and nothing of a place that is not to be told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from os.path import commonprefix
from typing import Self

from thedeal.community import differences
from thedeal.community.differences import Difference
from thedeal.community.facts import GroupFacts, changes
from thedeal.community.importers.records import ref_of_activity

CONTACT = "contact"
LONGEST = 100  # letters of what was and of what is, each
BEFORE = 30  # letters that stay alike before what differs
KEPT_BACK = "not shown here"


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What differs from one group's listing to the next."""

    was: GroupFacts
    now: GroupFacts
    fields: tuple[str, ...] = ()
    in_words: tuple[Difference, ...] = ()

    def of(self, ref: str, name: str) -> Self:
        """Give what concerns one record of the group: the group's own, and its own."""
        names = {name, *_names(self.was, ref), *_names(self.now, ref)}
        mine = (f for f in self.fields if ": " not in f or _about(f, names))
        told = (d for d in self.in_words if not d.about or d.about in names)
        return replace(
            self,
            fields=tuple(mine),
            in_words=tuple(replace(d, about=_unless(d.about, name)) for d in told),
        )


def between(was: GroupFacts, now: GroupFacts) -> Changed:
    """Give all that differs; a contact is named where the feed brings one."""
    before, after = was.stored(), now.stored()
    fields = [name for name, _, _ in changes(before, after)]
    is_new_contact = now.contact is not None
    told = [
        _kept_back(one) if now.is_sensitive or was.is_sensitive else _short(one)
        for one in differences.between(before, {**after, "contact": None})
    ]
    if is_new_contact:
        told.append(Difference(about="", field=differences.CONTACT, was="", now=""))
    told += _moved(was, now, told)
    return Changed(
        was=was,
        now=now,
        fields=(*fields, *([CONTACT] if is_new_contact else [])),
        in_words=tuple(told),
    )


def _moved(
    was: GroupFacts, now: GroupFacts, told: Iterable[Difference]
) -> list[Difference]:
    """Give the activities whose place is as before in words, and elsewhere on the map."""
    said = {one.about for one in told if one.field == "Where"}
    before = {one.id: one for one in was.activities if one.id}
    return [
        Difference(about=one.name, field="Where", was="", now="another point on a map")
        for one in now.activities
        if one.id in before and one.spot != before[one.id].spot and one.name not in said
    ]


def _names(facts: GroupFacts, ref: str) -> set[str]:
    held = (a for a in facts.activities if ref_of_activity(a.source_ref) == ref)
    return {one.name for one in held}


def _about(field: str, names: Iterable[str]) -> bool:
    return any(field.startswith(f"{name}: ") for name in names)


def _unless(about: str, name: str) -> str:
    return "" if about == name else about


def _kept_back(one: Difference) -> Difference:
    return replace(one, was="", now=KEPT_BACK)


def _short(one: Difference) -> Difference:
    """Give both sides cut to what differs: a description may be a book."""
    start = 0
    if max(len(one.was), len(one.now)) > LONGEST:
        start = max(0, len(commonprefix([one.was, one.now])) - BEFORE)
    return replace(one, was=_cut(one.was, start), now=_cut(one.now, start))


def _cut(text: str, start: int) -> str:
    rest = text[start:]
    cut = rest if len(rest) <= LONGEST else f"{rest[: LONGEST - 1].rstrip()}…"
    return f"…{cut}" if start else cut
