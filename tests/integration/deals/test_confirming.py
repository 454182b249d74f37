"""What is heard in a draft is a proposal; only the person's yes makes it theirs."""

import pytest

from thedeal.deals.actions import confirming, conversations
from thedeal.deals.hearing import Heard, Proposal
from thedeal.deals.selectors import heard
from thedeal.lib.errors import NotAllowedError
from thedeal.residents.actions import gifts
from thedeal.residents.models import Strength, Wish

SAID = "I can still bake. I can't be doing with bingo. My wife loves cards."
BAKE = Proposal(kind=Heard.HANDS, words="I can still bake")
BINGO = Proposal(kind=Heard.AVOID, words="I can't be doing with bingo")


@pytest.fixture
def written(cast, talk):
    """Give the conversation with words in Amina's draft, and what she felt beside."""
    content = {"words": SAID, "felt": "I love how she talks. I can cook too."}
    conversations.save_draft(talk, by=cast.amina, content=content, revision=0)
    return talk


def test_only_their_own_words_are_heard(cast, written):
    assert heard.waiting(written, writer=cast.amina) == [BAKE, BINGO]
    assert not Strength.objects.exists()
    assert not Wish.objects.exists()


def test_a_yes_makes_it_theirs_and_it_waits_no_more(cast, written):
    strength = confirming.confirm(
        written, kind=BAKE.kind, words=BAKE.words, by=cast.amina
    )
    wish = confirming.confirm(
        written, kind=BINGO.kind, words=BINGO.words, by=cast.amina
    )
    assert isinstance(strength, Strength)
    assert isinstance(wish, Wish)
    assert (strength.kind, wish.kind) == ("hands", "avoid")
    assert strength.confirmed_at is not None
    assert strength.source_id == written.pk
    assert heard.waiting(written, writer=cast.amina) == []


def test_what_they_took_back_is_not_proposed_again(cast, written):
    strength = confirming.confirm(
        written, kind=BAKE.kind, words=BAKE.words, by=cast.amina
    )
    gifts.withdraw(strength, by=cast.amina)
    assert heard.waiting(written, writer=cast.amina) == [BINGO]


@pytest.mark.parametrize("kind", list(Heard))
def test_every_kind_has_a_place(cast, written, kind):
    said = confirming.confirm(written, kind=kind, words="So it is", by=cast.amina)
    assert said.kind == kind.value


def test_a_stranger_confirms_nothing(cast, written):
    with pytest.raises(NotAllowedError):
        confirming.confirm(written, kind=BAKE.kind, words="x", by=cast.other_team)
