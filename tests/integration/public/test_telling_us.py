"""Adding, correcting, saying "this is wrong", claiming: by people with no account."""

import re

import pytest
from django.test import Client

from thedeal.community.actions import claims, suggestions
from thedeal.community.models import Claim, Group, Suggestion
from thedeal.community.states import ClaimState, SuggestionState
from thedeal.messages.models import Letter
from thedeal.partners.models import Membership

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Abram Menders",
    "a0-name": "Mend and make",
    "a0-every": "weekly",
    "a0-weekday": "2",
    "a0-starts": "7pm",
    "a0-ends": "9pm",
    "a0-cost": "£2 with a brew",
    "contact-phone": "01632 960123",
    "contact-show": "number",
    "your-email": "lou@example.org",
}


def test_one_screen_adds_a_listing_once_an_editor_agrees(listed, visitor):
    answer = visitor.post("/add/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/add/?said=1")
    told = Suggestion.objects.get()
    assert not Group.objects.filter(name="Abram Menders").exists()
    group = suggestions.take(suggestion=told, by=None)
    page = visitor.get(group.activities.get().get_absolute_url()).content.decode()
    for said in ("Wednesdays, 7pm to 9pm", "£2 with a brew", "01632 960123"):
        assert said in page
    assert "lou@example.org" in {letter.to for letter in _letters()}


def test_only_a_name_is_needed(listed, visitor):
    assert visitor.post("/add/", {"name": "Bench by the lock"}).status_code == 302
    assert Suggestion.objects.get().content["activities"][0]["name"] == (
        "Bench by the lock"
    )


def test_a_slip_keeps_all_that_was_typed(listed, visitor):
    answer = visitor.post("/add/", {**NEW, "a0-starts": "tea time"})
    page = answer.content.decode()
    assert answer.status_code == 400 and "Write times like 10:30" in page
    for typed in ("tea time", "Abram Menders", "01632 960123", "lou@example.org"):
        assert f'value="{typed}"' in page
    assert not Suggestion.objects.exists()


def test_a_likely_double_is_shown_and_bars_nobody(listed, visitor):
    double = {**NEW, "name": "Knit & Natter"}
    page = visitor.post("/add/", double).content.decode()
    assert "Is it one of these?" in page and listed.knit.get_absolute_url() in page
    assert 'value="Knit &amp; Natter"' in page and not Suggestion.objects.exists()
    visitor.post("/add/", {**double, "sure": "1"})
    assert Suggestion.objects.get().content["name"] == "Knit & Natter"


def test_what_must_not_be_found_may_be_told_so(listed, visitor):
    visitor.post("/add/", {**NEW, "hide": "on"})
    assert Suggestion.objects.get().content["is_sensitive"] is True


def test_whoever_says_it_is_wrong_is_told_what_was_done(listed, visitor):
    row = listed.knit.activities.get()
    path = f"{listed.knit.get_absolute_url()}wrong/"
    said = {"words": "It has moved", "activity": row.slug, "your-email": "a@b.example"}
    answer = visitor.post(path, said)
    assert answer["Location"] == f"{row.get_absolute_url()}?said=1"
    told = Suggestion.objects.get()
    assert (told.activity, told.words) == (row, "It has moved")
    suggestions.take(suggestion=told, by=None, answer="It is at the mill now.")
    told.refresh_from_db()
    assert told.state == SuggestionState.TAKEN
    letter = next(one for one in _letters() if one.to == "a@b.example")
    assert "at the mill now" in letter.body
    assert visitor.post(path, {"words": " "}).status_code == 400


def test_a_strangers_change_waits_and_leaves_the_contact_alone(listed, visitor):
    path = f"{listed.knit.get_absolute_url()}change/"
    page = visitor.get(path).content.decode()
    assert "01632 960000" not in page and "Bring what is on your needles" in page
    visitor.post(path, {"what": "Wool and talk.", "contact-name": ""})
    told = Suggestion.objects.get()
    assert told.content["what"] == "Wool and talk." and "contact" not in told.content
    listed.knit.refresh_from_db()
    assert listed.knit.what == "A few of us, some wool."
    suggestions.take(suggestion=told, by=None)
    listed.knit.refresh_from_db()
    assert (listed.knit.what, listed.knit.contact_phone) == (
        "Wool and talk.",
        "01632 960000",
    )


def test_a_blurred_listing_is_corrected_in_words_alone(listed, visitor):
    path = listed.quiet.get_absolute_url()
    assert visitor.get(f"{path}change/")["Location"] == f"{path}wrong/"


def test_a_claim_takes_the_code_from_the_contact_and_the_link_from_the_claimant(
    listed, visitor
):
    asked = {"your-name": "Pat Moss", "your-email": "pat@example.org"}
    path = f"{listed.knit.get_absolute_url()}claim/"
    assert "Look in your email" in visitor.post(path, asked).content.decode()
    assert claims.send_all() == 1
    by = {letter.to: letter.body for letter in _letters()}
    code = re.search(r"\b(\d{6})\b", by["jean@knit.example"])[1]
    link = re.search(r"https?://[^/\s]+(/\S+)", by["pat@example.org"])[1]
    assert code not in by["pat@example.org"]
    wrong = Client().post(link, {"choice": "code", "code": "000000"})
    assert "That is not the code" in wrong.content.decode() or code == "000000"
    Client().post(link, {"choice": "code", "code": code})
    listed.knit.refresh_from_db()
    assert Membership.objects.get(organisation=listed.knit.organisation).user.email == (
        "pat@example.org"
    )
    assert Claim.objects.get().state == ClaimState.ACCEPTED
    assert claims.send_all() == 0


def test_a_listing_with_no_contact_waits_for_a_workers_word(listed, visitor):
    path = f"{listed.library.get_absolute_url()}claim/"
    listed.library.contact.delete()
    said = visitor.post(
        path, {"your-name": "Pat", "your-email": "pat@example.org"}
    ).content.decode()
    assert "Look in your email" in said  # the same, whoever is on it
    claims.send_all()
    assert Claim.objects.get().state == ClaimState.WORD_NEEDED
    assert not _letters()


def test_asking_too_often_is_refused(listed, visitor):
    path = f"{listed.knit.get_absolute_url()}claim/"
    asked = {"your-name": "Pat", "your-email": "pat@example.org"}
    answers = [visitor.post(path, asked).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def _letters():
    return list(Letter.objects.all())
