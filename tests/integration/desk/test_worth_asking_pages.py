"""Worth asking: a worker's own people, taken or left, and nothing sent."""

import re

import pytest

from thedeal.deals.actions import planning
from thedeal.deals.models import Introduction, NewGroup, Proposal
from thedeal.deals.states import Begun, Proposed
from thedeal.partners.models import Team
from thedeal.residents.actions import gifts, people

WORTH = "/desk/people/worth-asking/"


@pytest.fixture
def team(full_borough, cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def planned(cast, team):
    """Give one who would sing, and seven with cameras, in this week's plan."""

    def meet(called, wish, hours=""):
        about = {"postcode": "WN7 1AB", "free_when": hours, "called": called}
        person = people.meet(team=team, by=cast.worker, **about)
        gifts.say_wish(
            person, kind="want", words=wish, by=cast.worker, is_confirmed=True
        )
        return person

    joan = meet("Joan", "To sing with other people again")
    for number in range(7):
        meet(f"Camera {number}", "To get my camera out again", "Wed 13:00-16:00")
    planning.make(team.authority_id)
    return joan


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_worker_sees_their_own_people_with_reasons(planned, signed_in):
    client = signed_in("worker")
    assert "Something might suit" in text(client.get("/desk/"))
    shown = text(client.get(WORTH))
    assert "Joan" in shown
    assert "minutes' walk" in shown.replace("&#39;", "'").replace("’", "'")
    assert "Photography" in shown
    assert "Camera 6" in shown


@pytest.mark.parametrize("who", ["team_lead", "other_team", "other_authority"])
def test_nobody_else_sees_them_or_decides(planned, signed_in, who):
    client = signed_in(who)
    assert "Something might suit" not in text(client.get("/desk/"))
    assert "Nothing new to ask about" in text(client.get(WORTH))
    proposal = Proposal.objects.get(person=planned)
    answer = client.post(f"{WORTH}{proposal.pk}/", {"do": "leave"})
    assert answer.status_code == 404


def test_taking_opens_the_introduction_and_sends_nothing(planned, signed_in):
    proposal = Proposal.objects.get(person=planned)
    answer = signed_in("worker").post(f"{WORTH}{proposal.pk}/", {"do": "take"})
    assert answer.url.endswith(f"/{proposal.activity_id}/introduce/") or (
        str(proposal.activity_id) in answer.url
    )
    proposal.refresh_from_db()
    assert proposal.state == Proposed.TAKEN.value
    assert not Introduction.objects.exists()


def test_leaving_and_what_somebody_says_of_a_group(planned, signed_in):
    client = signed_in("worker")
    left = Proposal.objects.get(person=planned)
    client.post(f"{WORTH}{left.pk}/", {"do": "leave"})
    group = NewGroup.objects.get()
    first, second, *_ = group.proposals.all()
    client.post(f"{WORTH}{first.pk}/", {"do": "yes"})
    told = client.post(f"{WORTH}{second.pk}/", {"do": "no"}, follow=True)
    assert "would rather not" in text(told)
    group.refresh_from_db()
    assert (group.asked, group.said_yes) == (2, 1)
    assert group.state == Begun.ASKING.value
    assert client.post(f"{WORTH}{first.pk}/", {"do": "yes"}).status_code == 404
    third = group.proposals.filter(state=Proposed.WAITING.value).first()
    assert client.post(f"{WORTH}{third.pk}/", {"do": "dance"}).status_code == 404
    refused = client.post(f"{WORTH}{third.pk}/", {"do": "take"}, follow=True)
    assert "would like a group" in text(refused)


def test_when_somebody_is_free_is_asked_and_read(planned, signed_in):
    client = signed_in("worker")
    path = f"/desk/people/{planned.pk}/change/"
    wrong = client.post(path, {"called": "Joan", "free_when": "Blursday 25"})
    assert "Write it like" in text(wrong)
    client.post(path, {"called": "Joan", "free_when": "Tue 10:00-15:00"})
    planned.refresh_from_db()
    assert planned.free_when == "Tue 10:00-15:00"
