"""The way out at the foot of a letter: what each choice stops, and how it comes back."""

import re

import pytest
from django.core import mail

from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters, ways_out
from thedeal.messages.models import Letter, OneTapLink
from thedeal.messages.states import LetterState

pytestmark = pytest.mark.django_db
JEAN = "jean@knit.example"


@pytest.fixture(autouse=True)
def _real_carrier(settings, clock):
    settings.DEMO, settings.NOTIFY_KEY = False, ""


def write(number, kind="community.check"):
    """Write to Jean and hand over; give what became of it."""
    letters.write(
        kind=kind,
        to=JEAN,
        subject="Is your listing still right?",
        body="Dear Jean",
        once_key=f"letter {number}",
    )
    letters.send_due()
    return Letter.objects.get(once_key=f"letter {number}").state


@pytest.fixture
def foot():
    """Give the page that the foot of a letter to Jean leads to."""
    write(0)
    return re.search(r"/t/[^/\s]+/", mail.outbox[-1].body)[0]


def choose(client, foot, choice):
    """Choose on the page; give what is said then."""
    return client.post(foot, {"choice": choice}).content.decode()


def test_the_page_says_what_each_of_the_two_stops(client, foot):
    page = client.get(foot).content.decode()
    assert "“Is your listing still right?”" in page
    assert "nothing more of that sort to this address, about anybody or any group" in (
        " ".join(page.split())
    )
    assert "we write nothing at all to this address" in page
    assert "Write to me again" not in page


@pytest.mark.parametrize(
    ("choice", "same_sort", "other_sort"),
    [
        ("kind", LetterState.HELD, LetterState.SENT),
        ("all", LetterState.HELD, LetterState.HELD),
    ],
)
def test_each_stops_what_it_says_and_is_undone_by_the_same_link(
    client, foot, choice, same_sort, other_sort
):
    said = choose(client, foot, choice)
    assert "Change what you chose" in said
    assert write(1) == same_sort
    assert write(2, kind="deals.came") == other_sort
    assert "Write to me again" in client.get(foot).content.decode()
    assert "write to you again" in choose(client, foot, "again")
    assert write(3) == LetterState.SENT
    assert write(4, kind="deals.came") == LetterState.SENT
    assert "Shall we stop writing to you?" in client.get(foot).content.decode()


def test_who_stopped_one_sort_may_stop_all_and_who_stopped_all_has_all_back(
    client, foot
):
    choose(client, foot, "kind")
    assert "Stop all messages" in client.get(foot).content.decode()
    choose(client, foot, "all")
    assert "Stop all messages" not in client.get(foot).content.decode()
    choose(client, foot, "again")
    assert not ways_out.is_taken(JEAN, kind="community.check")


def test_having_it_back_is_not_what_another_sort_s_letter_stopped(client, foot):
    ways_out.opt_out(JEAN, kind="deals.came")
    choose(client, foot, "kind")
    choose(client, foot, "again")
    assert ways_out.is_taken(JEAN, kind="deals.came")


def test_a_worker_is_told_who_alone_can_take_it_back(foot):
    ways_out.opt_out(JEAN)
    with pytest.raises(UserFacingError, match="foot of the last message"):
        ways_out.opt_in(JEAN, kind="community.check")


def test_another_choice_is_refused_and_stops_nothing(client, foot):
    assert client.post(foot, {"choice": "none"}).status_code == 400
    assert not ways_out.is_taken(JEAN, kind="community.check")


def test_a_link_made_before_letters_were_named_still_opens(client, foot):
    link = OneTapLink.objects.get()
    del link.detail["subject"]
    link.save(update_fields=["detail"])
    assert "Messages like that one" in client.get(foot).content.decode()
