"""What differs between two versions of a listing is told as people say it."""

from tests.factories import listings as made
from thedeal.community import differences, screen
from thedeal.community.models.groups import Kind, LegalForm


def told(before: dict, after: dict) -> dict[str, tuple[str, str]]:
    """Give what differs, by field."""
    was, now = made.facts(**before).stored(), made.facts(**after).stored()
    return {one.field: (one.was, one.now) for one in differences.between(was, now)}


def test_choices_are_told_by_their_words_and_not_their_codes():
    assert told({"kind": "informal"}, {"kind": "cic", "legal_form": "cic"}) == {
        "Kind": (screen.KINDS["informal"], screen.KINDS["group"]),
        "Legal form": ("None", "Community interest company"),
    }


def test_every_choice_has_its_words():
    assert set(screen.KINDS) == set(Kind.values)
    assert dict(LegalForm.choices) | {"none": "None"} == differences.LEGAL_FORMS


def test_languages_and_days_are_told_in_words():
    before = made.activity(languages=["en"], ends_on="2027-03-05")
    after = made.activity(
        languages=["en", "pl"], capacity="full", capacity_until="2027-03-05"
    )
    assert told({"activities": [before]}, {"activities": [after]}) == {
        "Languages": ("English", "English, Polish"),
        "Ends on": ("5 March 2027", ""),
        "Room now": ("Not said", "Full just now, until 5 March 2027"),
    }
