"""Several wishes in one breath, what is not wanted, and what others enjoy."""

import pytest
from doorstep.wishes import Kind, read_wishes
from hypothesis import given
from hypothesis import strategies as st

from doorstep import subjects


def pieces(words):
    return [(piece.kind, piece.said) for piece in read_wishes(words).pieces]


def names(bits):
    return {subject.name for subject in subjects.named(bits)}


def test_two_wishes_in_one_breath_are_two():
    assert pieces("I used to sing, and I can still bake") == [
        (Kind.WANTS, "I used to sing"),
        (Kind.GIVES, "I can still bake"),
    ]


@pytest.mark.parametrize(
    ("words", "avoided"),
    [
        ("I can't be doing with bingo", "bingo"),
        ("No church stuff please", "church stuff please"),
        ("I don't want counselling", "counselling"),
        ("wot can i do with my hands, not knitting", "knitting"),
        ("I’m not keen on football", "football"),
        ("Bingo's not for me", "Bingo's not for me"),
        ("walking rather than running", "running"),
    ],
)
def test_what_somebody_would_rather_not_is_no_wish(words, avoided):
    assert (Kind.AVOIDS, avoided) in pieces(words)


@pytest.mark.parametrize(
    "words",
    [
        "I don't want to miss the singing",
        "there's nowt for him in the holidays",
        "I play cornet, not picked it up since",
        "we've no food in till Friday",
    ],
)
def test_not_every_no_is_an_avoidance(words):
    assert all(kind is not Kind.AVOIDS for kind, _ in pieces(words))


@pytest.mark.parametrize(
    "words",
    [
        "My wife enjoys it",
        "my mate's wife goes to a cancer group",
        "She loves the bingo",
    ],
)
def test_what_others_enjoy_is_no_wish(words):
    assert [kind for kind, _ in pieces(words)] == [Kind.OTHERS]
    assert read_wishes(words).raised == 0


def test_what_a_couple_enjoy_together_is_a_wish():
    assert pieces("My wife enjoys the bowls with me")[0][0] is Kind.WANTS


@pytest.mark.parametrize(
    ("words", "is_raised"),
    [
        ("Lost my husband in March", True),
        ("My wife enjoys it with me", False),
        ("my neighbour lost her lad", False),
        ("lost my confidence", False),
        ("It's not been the same since she went", True),
    ],
)
def test_grief_is_raised_only_by_somebodys_own_loss(words, is_raised):
    assert ("grief" in names(read_wishes(words).raised)) is is_raised


def test_subject_that_is_refused_is_not_raised():
    wishes = read_wishes("Feeling low. Not suicidal or owt")
    assert names(wishes.raised) == {"low spirits"}
    assert "despair" in names(wishes.refused)


def test_words_of_the_place_are_said_plainly():
    assert read_wishes("a brew and a natter").pieces[0].plainly == (
        "a cup of tea and a chat and a friendly chat"
    )


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        ("I'm 19, I've just left care", True),
        ("something for my grandson, hes 5", True),
        ("I'm 72 and my grandson is 5", False),
        ("I used to sing", False),
    ],
)
def test_young_people_are_not_sent_to_a_group_for_older_people(words, is_refused):
    assert ("later life" in names(read_wishes(words).refused)) is is_refused


def test_listing_is_known_by_its_phrases():
    assert names(subjects.about("Support for recently bereaved families")) == {"grief"}
    assert names(subjects.about("Company after a death")) == {"grief"}
    assert names(subjects.about("A bench and a brew for veterans")) == {"armed forces"}
    assert names(subjects.about("Scouting for boys and girls")) == {"children"}
    assert names(subjects.about("Drama for children and adults of every age")) == set()


@given(st.text(max_size=300))
def test_any_words_can_be_taken_apart(words):
    for piece in read_wishes(words).pieces:
        assert piece.plainly == piece.plainly.lower()


def test_words_are_told_back_in_their_own_letters():
    assert pieces("It's quiet since Harry went") == [
        (Kind.TELLS, "It's quiet since Harry went")
    ]
