"""Did it work? Asked of any group who changed; every question that was asked stays."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.money.actions import questions
from thedeal.money.models import Question
from thedeal.partners.models import Authority

PAGE = "/board/money/did-it-work/"
TYPED = {
    "who": "joined",
    "theme": "singing",
    "measure": "lonely",
    "worthwhile": "£1",
    "because": "it is the least that can be felt.",
}


def put(**changes):
    return questions.Asked(**{**TYPED, "worthwhile": Decimal(1), **changes})


def test_a_question_is_asked_worked_out_and_stays(signed_in):
    client = signed_in("finance_officer")
    said = client.post(f"{PAGE}ask/", TYPED, follow=True).content.decode()
    assert "It is being worked out" in said
    question = Question.objects.get()
    questions.work_out(question)
    page = client.get(f"{PAGE}{question.pk}/").content.decode()
    assert "nothing is shown" in page
    assert "it is the least that can be felt." in page
    assert f"{PAGE}{question.pk}/" in signed_in("auditor").get(PAGE).content.decode()


def test_whoever_sees_money_and_keeps_none_of_it_asks_nothing(signed_in):
    client = signed_in("auditor")
    assert client.get(PAGE).status_code == 200
    assert client.post(f"{PAGE}ask/", TYPED).status_code == 403


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"worthwhile": Decimal(0)}, "how large a difference would matter"),
        ({"because": " "}, "why so much would matter"),
        ({"theme": ""}, "Choose the kind of thing"),
        ({"who": "moved"}, "and only then"),
        ({"theme": "juggling"}, "from the list"),
        ({"since": timezone.localdate() + dt.timedelta(days=1)}, "a day to come"),
    ],
)
def test_a_question_that_is_not_settled_is_not_asked(cast, changes, sentence):
    authority = Authority.objects.get(pk=cast.mei.memberships.get().authority_id)
    with pytest.raises(UserFacingError, match=sentence):
        questions.ask(put(**changes), authority=authority, by=cast.mei)
    assert not Question.objects.exists()


def test_a_number_that_is_none_is_said_beside_what_was_typed(signed_in):
    client = signed_in("finance_officer")
    page = client.post(f"{PAGE}ask/", {**TYPED, "worthwhile": "lots"}).content.decode()
    assert "Write a number, such as 50 or 0.5." in page
    assert "it is the least that can be felt." in page


def test_another_councils_finance_cannot_read_it(cast, signed_in):
    authority = Authority.objects.get(pk=cast.mei.memberships.get().authority_id)
    question = questions.ask(put(), authority=authority, by=cast.mei)
    assert signed_in("other_authority").get(f"{PAGE}{question.pk}/").status_code in (
        403,
        404,
    )
    with pytest.raises(NotAllowedError):
        questions.ask(put(), authority=authority, by=cast.amina)
