"""Thirty sentences of people who are not in the judged set, taken apart by hand first.

w wants, g gives, t tells of a life, a avoids, o is somebody else's words or ways.
"""

import pytest
from doorstep.asking import understand
from doorstep.wishes import Kind, read_wishes
from hypothesis import given
from hypothesis import strategies as st

from doorstep import subjects, themes

KINDS = dict(
    zip(
        "wgtao",
        (Kind.WANTS, Kind.GIVES, Kind.TELLS, Kind.AVOIDS, Kind.OTHERS),
        strict=True,
    )
)
SENTENCES = [
    ("I used to play the accordion and I could still knock out a tune",
     "w I used to play the accordion|g I could still knock out a tune"),
    ("not one for churches, me. I like a pint and a game of doms",
     "a churches|w I like a pint and a game of doms"),
    ("They said I should join a gym but I'd rather be on the allotment",
     "o They said I should join a gym|w I'd rather be on the allotment"),
    ("My wife has dementia and I never get a minute",
     "t My wife has dementia|w I never get a minute"),
    ("My neighbour lost her husband, she goes to a group for widows",
     "o My neighbour lost her husband|o she goes to a group for widows"),
    ("I can't be doing with bingo or whist, I'd sooner be out walking",
     "a bingo or whist|w I'd sooner be out walking"),
    ("the doctor says I need to lose weight, I don't fancy aerobics",
     "o the doctor says I need to lose weight|a aerobics"),
    ("our Sandra keeps on at me to try the choir", "o our Sandra keeps on at me to try the choir"),
    ("I wouldn't mind a bit of gardening", "w I wouldn't mind a bit of gardening"),
    ("I'm sick of my own company", "w I'm sick of my own company"),
    ("I was a nurse forty years and I'd like to be useful again",
     "t I was a nurse forty years|g I'd like to be useful again"),
    ("Since Harry passed the nights are long. No counselling ta",
     "w Since Harry passed the nights are long|a counselling ta"),
    ("hate exercise, love swimming", "a exercise|w love swimming"),
    ("I like history, old films and knitting", "w I like history|w old films|w knitting"),
    ("cards, dominoes, snooker, owt like that", "w cards, dominoes, snooker, owt like that"),
    ("my mum goes to the day centre, she loves it",
     "o my mum goes to the day centre|o she loves it"),
    ("something for our twins, they're 3", "w something for our twins|t they're 3"),
    ("my grandson's mad on nature, he's 7", "w my grandson's mad on nature|t he's 7"),
    ("me husband's got dementia and he loves singing",
     "t me husband's got dementia|w he loves singing"),
    ("Neither art nor crafts. Football maybe", "a art nor crafts|w Football maybe"),
    ("Crafts? No. Cricket? Yes", "a Crafts|w Cricket"),
    ("I'm not disabled I just walk slow", "a disabled|w I just walk slow"),
    ("don't put me with the oldies, I play badminton", "a oldies|w I play badminton"),
    ("my daughter thinks I should go to a lunch club but I'd hate that",
     "o my daughter thinks I should go to a lunch club"
     "|a my daughter thinks I should go to a lunch club"),
    ("I've come out of the army and civvy street does my head in",
     "t I've come out of the army|a civvy street does my head in"),
    ("we've no food in and it's four days to payday",
     "w we've no food in|t it's four days to payday"),
    ("can drive, got a car, two days free", "g can drive, got a car, two days free"),
    ("the wife likes her bingo but I'd sooner be fishing",
     "o the wife likes her bingo|w I'd sooner be fishing"),
    ("anything but bingo", "a bingo"),
    ("i want learn computer for find job", "w i want learn computer for find job"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "apart"), SENTENCES)
def test_sentence_is_taken_apart(words, apart):
    wanted = [(KINDS[part[0]], part[2:]) for part in apart.split("|")]
    assert [(piece.kind, piece.said) for piece in read_wishes(words).pieces] == wanted


def names(bits):
    return {subject.name for subject in subjects.named(bits)}


@pytest.mark.parametrize(
    ("words", "raises", "refuses"),
    [
        ("I've PTSD, don't want counselling", {"low spirits"}, {"low spirits"}),
        ("I'm not disabled, I just walk slow", set(), {"disability", "hard exercise"}),
        ("The kids have left and it's quiet", set(), set()),
        ("my baby died in March", {"grief"}, set()),
        ("the dog died", set(), set()),
        ("I'd like to help at a food bank", {"going without"}, set()),
        ("my daughter's getting married", set(), set()),
        ("do you have owt for a 13 year old", {"children"}, {"later life"}),
        ("I'm afraid of falling", set(), set()),
        ("I'm frightened of him", {"abuse"}, set()),
        ("Want to get fit but my knees are bad", set(), {"hard exercise"}),
    ],
)
def test_only_their_own_words_raise_or_refuse_a_subject(words, raises, refuses):
    wishes = read_wishes(words)
    assert names(wishes.raised) == raises
    assert names(wishes.refused) == refuses


def test_what_is_raised_by_a_gift_is_known_apart():
    wishes = read_wishes("I'd like to help at a food bank")
    assert names(wishes.raised_to_give) == {"going without"}
    assert not read_wishes("We've no food in").raised_to_give


@given(theme=st.sampled_from(themes.THEMES), no=st.sampled_from(
    ["I can't be doing with {}", "I'm not one for {}", "no {}", "{} is not for me",
     "don't talk to me about {}", "fed up of {}"]))  # fmt: skip
def test_what_is_refused_is_never_wanted(theme, no):
    word = next((w for w in theme.both if w.isalpha()), "bingo")
    understood = understand(no.format(word), None)
    assert understood.wanted_themes == 0
    assert understood.is_open


@given(theme=st.sampled_from(themes.THEMES), others=st.sampled_from(
    ["my wife loves {}", "my neighbour goes to {}", "he likes {}",
     "They said I should try {} but I'd sooner sit in the sun"]))  # fmt: skip
def test_what_others_like_or_say_is_never_wanted(theme, others):
    word = next((w for w in theme.both if w.isalpha()), "bingo")
    assert understand(others.format(word), None).wanted_themes == 0


def test_advice_is_a_wish_only_where_nothing_else_was_said():
    alone = understand("The doctor says I should try swimming", None)
    beside = understand("The doctor says I should try swimming. I like cards", None)
    assert [t.name for t in themes.named(alone.wanted_themes)] == ["swimming"]
    assert [t.name for t in themes.named(beside.wanted_themes)] == ["indoor games"]
