"""What a person's own page holds back, and why: the whole rule, and nothing else.

Everything about a person is theirs to read and take away, except:

* a concern about somebody's safety: it may be about whoever looks over their shoulder.
  The Social Prescribing Information Standard 1.1 (January 2023) asks of its section on
  safeguarding that it can be filtered from the person's own view;
* what somebody else said in confidence: the common law duty is to them, and their
  words are about them too (practice notes 5.6, confidentiality apart from the data
  protection basis);
* what a worker felt or supposed, which is kept apart from what was said and seen. It is
  not a fact about the person; they may ask for it, and a person looks at that;
* another person's own record.

Held back means looked at: whoever keeps the council's records reviews it with the
person who asks. A page says the same general words to everybody, and never whether
anything is held back from this person. Pure: it reads no row, and knows only labels.
The database holds back the first two by its own policies besides.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from thedeal.deals.states import Door
from thedeal.deals.writing import WORDS, Content


class Kind(StrEnum):
    """What may be held back, in words that are said to everybody alike."""

    SAFETY = "concerns about somebody’s safety"
    CONFIDENCE = "what somebody else told us in confidence"
    SUPPOSED = "what a worker only felt or supposed"
    OTHERS = "what is in another person’s own record"


# "room.Model.field" -> why it is not given, for every row
FIELDS: dict[str, Kind] = {
    "deals.FieldNote.felt": Kind.SUPPOSED,
    "residents.OfferChoice.felt_wrong": Kind.CONFIDENCE,
    "residents.OfferChoice.offer": Kind.OTHERS,
    "residents.Relation.other": Kind.OTHERS,
    "residents.Merge.kept_person": Kind.OTHERS,
    "residents.Merge.gone_person": Kind.OTHERS,
    "residents.Merge.reason": Kind.OTHERS,
}
# what is not given because it is not about the person, or says nothing that the rest
# does not: with the reason, for whoever reads this file
LEFT_OUT: dict[str, str] = {
    "deals.AskToTalk.words": "Nobody's record: plain words to a team, gone in 6 months.",
    "deals.AskToTalk.how_to_reach": "Goes with them; what stands is in the record.",
    "deals.AskToTalk.person": "Only says which record the asking led to.",
    "deals.Plan.people": "How many, of a whole place: nobody's record.",
    "deals.Plan.placed": "How many, of a whole place: nobody's record.",
    "deals.NewGroup.people": "How many may be asked: nobody's record.",
    "deals.NewGroup.asked": "How many were asked: nobody's record.",
    "deals.NewGroup.said_yes": "How many said yes: nobody's record.",
    "residents.Person.sort_key": "The names once more, as they are searched.",
    "residents.Forgetting.person": "Only says whose record it is.",
    "residents.OwnPage.person": "Only says whose page it is.",
    "residents.OwnPage.user": "The sign-in of this very page.",
    "residents.PageCode.contact": "Wiped before the code is sent.",
    "residents.PageCode.candidates": "May name who shares a phone; gone in a month.",
    "residents.PageCode.person_id": "Only says whose code it was.",
}


def of_row(label: str, row: Mapping[str, Any]) -> Kind | None:
    """Give why a whole row is held back, or None where it is the person's to read.

    ``row`` has the row's fields by name; of a happening at one of the law's doors,
    ``door`` too.
    """
    if "door" in row and row["door"] == Door.SAFEGUARDING.value:
        return Kind.SAFETY
    if label == "deals.FieldNote" and row["is_in_confidence"]:
        return Kind.CONFIDENCE
    return None


def own_words(content: Content) -> str:
    """Give the person's own words of a draft or a version, and no other box of it.

    The other boxes become field notes, which may be held back one by one; as they
    stand in a draft nobody has said yet which.
    """
    return content.get(WORDS, "")


def said_to_everybody() -> list[str]:
    """Give what may be held back, one a line, the same for each reader."""
    return [kind.value for kind in Kind]
