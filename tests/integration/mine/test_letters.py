"""What was sent to a person is theirs to read again, without what opens anything."""

import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.mine.conftest import come_in
from thedeal.deals.actions import posting
from thedeal.messages.actions import letters
from thedeal.messages.models import Letter
from thedeal.messages.states import LetterState
from thedeal.mine.selectors import letters as sent
from thedeal.residents.models import Person

PAGE = "/mine/what-we-sent/"
SECRET = "http://testserver/tap/abcdefghijklmnopqrstuv/"
BOTH = "Our part\n– Amina: Walk with you"


def went(**only):
    """Say of what waits that it was handed over just now."""
    Letter.objects.filter(**only).update(
        state=LetterState.SENT, sent_at=timezone.now(), last_tried_at=timezone.now()
    )


@pytest.fixture
def deal_letter(joan):
    """Give the letter with her deal that went to Joan."""
    posting.to_person(
        joan, "deal", once_key="deal:1", both=BOTH, link=SECRET, again=SECRET
    )
    went(once_key="deal:1")
    return Letter.objects.get(once_key="deal:1")


def test_what_was_sent_is_on_their_page_without_its_links(deal_letter, hers):
    shown = hers.get(PAGE).content.decode()
    assert "What we talked about" in shown
    assert "Walk with you" in shown
    assert deal_letter.to in shown
    assert "tap/" not in shown
    assert "a link, which is in the message itself" in shown


def test_it_is_in_the_file_and_on_paper(deal_letter, hers):
    file = json.loads(hers.get("/mine/take-away/everything.json").content)
    (row,) = (x for x in file["what_we_sent_you"] if "Walk" in x["words"])
    assert row["to"] == deal_letter.to
    assert row["by"] == "email"
    assert SECRET not in json.dumps(file)
    assert hers.get("/mine/take-away/everything.pdf").content.startswith(b"%PDF")


def test_a_code_is_never_shown_again(joan):
    hers = come_in(Client())
    went(kind="residents.page_code")
    code = re.search(r"\d{6}", Letter.objects.get(kind="residents.page_code").body)[0]
    shown = hers.get(PAGE).content.decode()
    assert "A code to open your own page" in shown
    assert code not in shown
    assert code not in hers.get("/mine/take-away/everything.json").content.decode()


def test_what_went_to_others_about_them_is_no_letter_of_theirs(joan, hers):
    letters.write(
        kind="deals.door",
        to="safe@council.example",
        subject="A request",
        body="safeguarding",
        once_key="door:1",
        authority_id=joan.authority_id,
        person_id=joan.pk,
        urgent=True,
    )
    went(once_key="door:1")
    assert "safe@council.example" not in hers.get(PAGE).content.decode()
    file = hers.get("/mine/take-away/everything.json").content.decode()
    assert "safe@council.example" not in file


def test_what_waits_or_was_held_was_not_sent_and_what_is_unsure_says_so(
    deal_letter, joan
):
    Letter.objects.update(state=LetterState.UNSURE)
    assert [each.is_sure for each in sent.sent(joan)] == [False]
    for state in (LetterState.WAITING, LetterState.HELD, LetterState.FAILED):
        Letter.objects.update(state=state)
        assert sent.sent(joan) == []


def test_a_letter_of_one_who_shares_a_phone_is_nobody_s(meet, joan):
    meet("Joanna", email=joan.email)
    come_in(Client())
    assert not Letter.objects.get(kind="residents.page_code").is_to_them


def test_what_was_erased_is_not_sent_to_anybody(deal_letter, joan):
    letters.forget(joan.pk, by=None)
    assert not Letter.objects.filter(pk=deal_letter.pk).exclude(to="").exists()
    assert Person.objects.filter(pk=joan.pk).exists()
