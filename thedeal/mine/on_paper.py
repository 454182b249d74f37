"""All that a person takes away, on paper: tagged for screen readers, large if liked.

What the file says, in words: no ids, no counters of a machine's, no "no" to what nobody
asked, and nothing that the file has not.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from thedeal.lib import paper, wording
from thedeal.residents.about import helps_words

TEMPLATE = Path(__file__).parent / "templates" / "mine" / "everything.typ"
# in the file, and of no use to read
SKIPPED = frozenset(
    {
        "id",
        "is_anonymous",
        "latitude",
        "longitude",
        "n_ours",
        "n_yours",
        "number",
        "promise",
        "revision",
    }
)
# a plain no to these says nothing
UNASKED = frozenset({"is_carer", "is_in_confidence", "is_under_18", "we_fell_short"})
# what a field is called for the person, where its own name would not say
LABELS = {
    "agreed_at": "You said yes",
    "by_when": "By",
    "called": "You like to be called",
    "chosen_by_them": "You chose it",
    "content": "What it said",
    "created_at": "Written down",
    "door": "You asked for",
    "exact_words": "Your exact words",
    "free_when": "When you are free",
    "helps": "What helps you",
    "how_to_reach": "How it is safe to reach you",
    "is_carer": "You look after somebody",
    "is_under_18": "Under 18",
    "kind": "What it is",
    "likes_contact_by": "How you like to be reached",
    "made_by": "Written down by",
    "owner": "Who sees to it",
    "place_words": "Where, in your words",
    "saw_heard": "Seen and heard",
    "side": "Whose part",
    "state": "How far it is",
    "told_at": "You were told",
    "went": "Did you go?",
    "mattered": "Did it matter?",
    "when_to_reach": "A good time",
    "whereabouts": "Where you are",
    "writer": "Written by",
}


def everything_pdf(
    held: dict[str, Any], *, name: str, made_up: str, is_large: bool
) -> bytes:
    """Give the PDF of what ``selectors.everything`` gave."""
    sections = [
        {"heading": "About you", "rows": [_pairs(held["about_you"])]},
        *(
            {"heading": title, "rows": [_pairs(row) for row in rows]}
            for title, rows in held["held_about_you"].items()
        ),
        {
            "heading": "What we sent you",
            "rows": [_pairs(row) for row in held["what_we_sent_you"]],
        },
        {"heading": "Who looked", "rows": [_pairs(x) for x in held["who_looked"]]},
    ]
    return paper.pdf(
        TEMPLATE,
        {
            "title": f"What we hold about {name}",
            "council": held["council"],
            "made_at": said(held["made_at"]),
            "held_back": wording.listed(held["may_be_held_back"], last="or"),
            "sections": [s for s in sections if s["rows"]],
            "is_large": is_large,
            "made_up": made_up,
        },
    )


def said(value: Any) -> str:
    """Give any value of the file as words: dates as people say them, lists in one line.

    >>> said("2026-11-23"), said(True), said(["tea", "cards"])
    ('23 November 2026', 'yes', 'tea; cards')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {words}" for key, words in _pairs(value))
    if isinstance(value, list):
        return "; ".join(said(each) for each in value)
    return _date(str(value))


def _pairs(row: dict[str, Any]) -> list[list[str]]:
    found = []
    for key, value in row.items():
        if _is_id(key, value) or (value is False and key in UNASKED):
            continue
        if key == "helps":
            value = [helps_words().get(each, each) for each in value]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            numbered = enumerate(value, start=1)
            found += [[f"{_key(key)}, {n}", said(each)] for n, each in numbered]
        else:
            found.append([_key(key), said(value)])
    return found


def _is_id(key: str, value: Any) -> bool:
    if key in SKIPPED:
        return True
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _key(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def _date(text: str) -> str:
    for read in _READERS:
        try:
            found = read(text)
        except ValueError:
            continue
        if isinstance(found, dt.datetime):
            return wording.when(found)
        return wording.date(found, year=True)
    return text


_READERS: Iterable[Any] = (dt.date.fromisoformat, dt.datetime.fromisoformat)
