"""What a device asks for when the signal is back; and that it keeps nobody's page."""

import uuid

import pytest

from thedeal.deals.models import Conversation, Draft
from thedeal.desk.views.people.finding import teams_of
from thedeal.residents.models import Person

pytestmark = pytest.mark.django_db
HEADERS = {"X-Requested-With": "autosave"}


def test_the_page_that_a_device_keeps_is_the_same_for_everybody(signed_in):
    mine = signed_in("worker").get("/desk/talks/device/").content.decode()
    nobody = signed_in("nobody").get("/desk/talks/device/").content.decode()
    assert mine == nobody
    assert "Amina" not in mine
    assert "csrf" not in mine


def test_who_is_here_is_said_only_to_who_is_here(cast, signed_in):
    said = signed_in("worker").get("/desk/talks/device/who/").json()
    assert said["worker"] == str(cast.worker.pk)
    assert said["token"]
    ids = {each["id"] for each in said["teams"]}
    assert ids == {str(each.pk) for each in teams_of(cast.worker)}
    assert signed_in("nobody").get("/desk/talks/device/who/").status_code == 302
    assert signed_in("stranger").get("/desk/talks/device/who/").status_code == 404


def test_what_was_begun_on_a_device_and_sent_twice_is_one_conversation(cast, signed_in):
    client, pk = signed_in("worker"), uuid.uuid4()
    team = teams_of(cast.worker).first()
    given = {"called": "Bev", "team": team.pk}
    words = {"words": "Bingo, and company", "revision": "0"}
    for _ in range(2):
        begun = client.post(f"/desk/talks/{pk}/begin/", given)
        assert begun.json() == {"talk": str(pk)}
        saved = client.post(f"/desk/talks/{pk}/save/", words, headers=HEADERS)
        assert saved.json() == {"revision": 1}
    talk = Conversation.objects.get(pk=pk)
    assert talk.person.is_anonymous
    assert Person.objects.filter(pk=talk.person_id).count() == 1
    assert Draft.objects.get(conversation=talk).content.count("Bingo") == 1


def test_no_conversation_is_begun_in_a_team_of_others(cast, signed_in):
    theirs = teams_of(cast.other_team).first()
    asked = {"called": "Bev", "team": theirs.pk}
    pk = uuid.uuid4()
    answer = signed_in("worker").post(f"/desk/talks/{pk}/begin/", asked)
    assert answer.status_code == 404
    assert not Conversation.objects.filter(pk=pk).exists()
