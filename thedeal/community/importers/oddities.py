"""Counts what is odd in a feed, by kind, in words; nothing is dropped unsaid. Pure."""

from collections import Counter
from dataclasses import dataclass, field

EXAMPLES = 5

KINDS: dict[str, str] = {
    "not readable": "Record that could not be read, left out",
    "another kind": "Record that is no service (a venue, a category, a group with "
    "nothing on), left out",
    "no name": "Record without a name, left out",
    "no id": "Record without an id; one was made from its words",
    "id not a uuid": "Id that is not a UUID, kept as it is",
    "id not rfc 4122": "Id shaped like a UUID that is none by RFC 4122, kept as it is",
    "same record twice": "Record that the feed holds more than once, taken once",
    "one id, two names": "One id on records with different names, kept apart",
    "changed within the feed": "Record that the feed holds in two forms, later taken",
    "same name, one organisation": "Service of one organisation under a name it has "
    "already: look whether it is one, listed twice",
    "no organisation": "Record without an organisation, listed under its own name",
    "organisation without a name": "Organisation without a name, the record's taken",
    "html": "Description with HTML in it, cleaned",
    "picture in words": "Description with a picture inside it, the picture left out",
    "script": "Description with a script or an event handler, cleaned",
    "long description": "Description longer than we keep, cut, and says so",
    "blank value": "Blank where a value belongs, read as not given",
    "email odd": "Email address that cannot be one, left out",
    "email stand-in": "Email address that only stands in for one, left out",
    "email with blanks": "Email address with blanks around it, tidied",
    "web address without scheme": "Web address without http, https put before it",
    "web address odd": "Web address that is none, left out",
    "phone odd": "Phone number that nobody could ring, left out",
    "phone with label": "Phone number with words inside, taken apart",
    "age unknown": "Age that cannot be one (-1, 999), read as not known",
    "ages turned about": "Youngest age above the oldest, turned about",
    "stray blanks": "Audience or term with stray blanks, tidied",
    "path": "Term written as a path, its last part taken",
    "place outside the UK": "Point outside the United Kingdom, left out",
    "postcode odd": "Postcode that is none, left out",
    "no place": "Record that says neither a place nor that it is online",
    "sensitive": "Listing of a refuge or the like: its place is blurred",
    "date odd": "Date that is none, left out",
    "date without a zone": "Moment without a time zone, read as London time",
    "time with a zone": "Time of day with a zone, read as the clock on the wall",
    "time odd": "Time of day that is none; the timetable is kept in words",
    "timetable unclear": "Timetable that no rule can say, kept in words",
    "not its days": "Record outside the days on which its source shows it",
    "unknown status": "Status that the standard does not know, read as active",
    "value not in the standard": "Value that the standard's list does not hold",
    "cost odd": "Cost that is no amount, kept in words",
    "no check date": "Record without a check date",
    "check date old": "Record last checked more than a year ago",
    "single-day event": "Listing that is one single day",
    "camel case": "Field name in the wrong case, understood",
    "no detail record": "Record of which only the short form could be fetched",
    "not json": "Document that is not valid JSON, read as far as it goes",
    "not utf-8": "Text not in UTF-8, read as Windows-1252",
    "stopped half-way": "Feed that stopped half-way: nothing was ended",
    "page repeats": "Page that repeats what came before; paging stopped",
    "paging odd": "Page whose numbers do not agree with what it holds",
    "unknown column": "Column that is not known; kept in the document alone",
    "row without a start": "Row that adds to a record that is not there, left out",
    "withdrawn here": "Record of a group that asked not to be listed, left out",
    "merged here": "Record of a listing merged into another, kept beside it",
    "kept what was said here": "Field changed here since, kept as it stands here",
    "never here": "Deletion of a record that was never here, nothing to do",
    "gone, but confirmed here": "No longer in the feed, but confirmed here since: kept",
    "not ended, too many": "More than half would have ended at once: none was",
    "refused": "Record that our own rules refused, left out",
}


@dataclass
class Oddities:
    """What was odd, with a few places of each kind to look at."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, where: str = "") -> None:
        """Count one oddity of a kind of ``KINDS``; ``where`` says which record."""
        if kind not in KINDS:
            raise KeyError(kind)
        self.counts[kind] += 1
        seen = self.examples.setdefault(kind, [])
        if where and len(seen) < EXAMPLES and where not in seen:
            seen.append(where)

    def add(self, other: "Oddities") -> None:
        """Add what another found."""
        self.counts.update(other.counts)
        for kind, seen in other.examples.items():
            mine = self.examples.setdefault(kind, [])
            mine += [where for where in seen if where not in mine]
            del mine[EXAMPLES:]

    def told(self) -> list[dict[str, object]]:
        """Give them in words, the most frequent first."""
        return [
            {
                "kind": kind,
                "words": KINDS[kind],
                "count": count,
                "examples": self.examples.get(kind, []),
            }
            for kind, count in sorted(self.counts.items(), key=lambda c: (-c[1], c[0]))
        ]

    def lines(self) -> list[str]:
        """Give a line for each kind: "Blank where a value belongs, …: 221"."""
        return [f"{one['words']}: {one['count']}" for one in self.told()]
