"""Groups to begin, on the board and in the terminal: places and hours, never people."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from thedeal.deals.actions import planning
from thedeal.deals.models import NewGroup, Plan, Proposal
from thedeal.deals.states import Begun
from thedeal.partners.models import Team
from thedeal.publishing.models import Installation
from thedeal.residents.actions import gifts, people

BOARD = "/board/groups-to-begin/"


@pytest.fixture
def met(full_borough, cast):
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    for number in range(9):
        person = people.meet(
            team=team,
            by=cast.worker,
            called=f"Camera {number}",
            postcode="WN7 1AB",
            free_when="Wed 13:00-16:00",
        )
        gifts.say_wish(
            person,
            kind="want",
            words="To get my camera out again",
            by=cast.worker,
            is_confirmed=True,
        )
    return team


@pytest.fixture
def group(met):
    planning.make(met.authority_id)
    return NewGroup.objects.get()


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("who", ["neighbourhood_lead", "councillor", "commissioner"])
def test_a_lead_sees_the_place_and_about_how_many(group, signed_in, who):
    shown = text(signed_in(who).get(BOARD))
    assert "Photography" in shown
    assert "Wednesdays at 1pm" in shown
    assert "To ask: about 10." in shown
    assert "Camera" not in shown


def test_small_counts_are_told_as_that(group, signed_in, cast):
    proposal = group.proposals.first()
    planning.they_said(proposal, yes=True, by=cast.worker)
    shown = text(signed_in("director").get(BOARD))
    assert "To ask: about 10. Fewer than 8 were asked." in shown
    file = signed_in("director").get("/board/groups-to-begin.csv").content.decode()
    assert "photography" in file
    assert "fewer than 8" in file
    for each in group.proposals.all()[1:]:
        planning.they_said(each, yes=True, by=cast.worker)
    told = text(signed_in("director").get(BOARD))
    assert "About 10 were asked; would come: about 10." in told
    assert "Camera" not in file


def test_a_lead_writes_down_what_came_of_it(group, signed_in):
    client = signed_in("neighbourhood_lead")
    path = f"{BOARD}{group.pk}/"
    assert "What came of it?" in text(client.get(path))
    assert "Say why it did not start" in text(client.post(path, {"started": "no"}))
    why = "Nobody had a key."
    client.post(path, {"started": "no", "why": why})
    group.refresh_from_db()
    assert (group.state, group.why) == (Begun.DID_NOT_START.value, why)
    assert why in text(client.get(BOARD))
    assert client.get(path).status_code == 404


def test_the_board_is_no_worker_s_page_and_no_councillor_writes(group, signed_in):
    assert signed_in("worker").get(BOARD).status_code == 403
    assert signed_in("other_authority").get(BOARD).status_code == 403
    assert signed_in("councillor").get(f"{BOARD}{group.pk}/").status_code == 403


def test_with_no_plan_the_page_says_what_one_needs(full_borough, signed_in):
    assert "None to begin just now" in text(signed_in("director").get(BOARD))


def said(*words):
    out = StringIO()
    call_command("plan", *words, stdout=out)
    return out.getvalue()


def test_the_command_tells_counts_and_keeps_nothing(met):
    told = said("--neighbourhood", "Leigh")
    assert "Photography: " in told
    assert "ask about 10" in told
    assert "Camera" not in told
    assert "Not kept" in told
    assert not Plan.objects.exists()


def test_the_command_names_the_made_up_people_of_the_demo_alone(met):
    Installation.objects.create(is_demo=True, app_version="1")
    body = json.loads(said("--json"))
    assert body["where"] == "the whole borough"
    assert "Camera 0" in body["new_groups"][0]["who"]


def test_the_command_keeps_when_it_is_asked_to(met):
    told = said("--keep", "--council", "makerfield")
    assert "It is on the desks now." in told
    assert Proposal.objects.filter(new_group__isnull=False).count() == 9


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--neighbourhood", "Narnia"), "There is no one neighbourhood"),
        (("--council", "nowhere"), "There is no council called"),
    ],
)
def test_what_the_command_cannot_do_it_says(met, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        said(*words)
