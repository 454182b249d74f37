"""The law's doors on the desk: named by the council, told, and what was heard since."""

import pytest

from thedeal.deals import jobs
from thedeal.deals.actions import doors
from thedeal.deals.models import DoorPlace, LawDoor
from thedeal.deals.states import Door, DoorState
from thedeal.partners.models import Team
from thedeal.residents.actions import people

WHO = {
    "name": "Adult social care front door",
    "email": "front.door@example.org",
    "phone": "01632 960111",
    "receipt_hours": "4",
    "out_of_hours_phone": "01632 960999",
    "out_of_hours_words": "Ask for the duty worker.",
}


@pytest.fixture
def joan(cast):
    """Give a person whom Amina met."""
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    return people.meet(team=team, by=cast.amina, called="Joan")


@pytest.fixture
def asked(cast, joan):
    """Give a request for Joan, told to nobody because nobody is named."""
    row = doors.open_door(joan, door=Door.NEEDS, by=cast.amina, words="I fell twice.")
    jobs.tell_door(str(row.pk))
    return row


def text(response):
    return response.content.decode()


def test_the_council_names_who_answers_and_the_door_says_so(signed_in, joan):
    keeper, worker = signed_in("administrator"), signed_in("worker")
    assert text(keeper.get("/desk/doors/")).count("Nobody is named") == 4
    assert keeper.post("/desk/doors/needs/", WHO | {"email": "x"}).status_code == 400
    shown = text(keeper.post("/desk/doors/needs/", WHO, follow=True))
    assert "Adult social care front door" in shown
    assert "4 hours" in shown
    assert DoorPlace.objects.get().receipt_hours == 4
    door = text(worker.get(f"/desk/people/{joan.pk}/doors/needs/"))
    for said in ("front door", "within 4 hours", "01632 960999", "duty worker", "999"):
        assert said in door


def test_who_was_told_and_when_is_read_by_whoever_may_see_them(signed_in, cast, asked):
    worker = signed_in("worker")
    assert f"/desk/requests/{asked.pk}/" in text(worker.get("/desk/"))
    assert "Waits for an answer" in text(worker.get(f"/desk/people/{asked.person_id}/"))
    shown = text(worker.get(f"/desk/requests/{asked.pk}/"))
    for said in ("I fell twice.", "Nobody is named to answer", str(cast.grace)):
        assert said in shown


def test_a_guardian_finds_what_waits_on_their_first_page(signed_in, asked):
    guardian = signed_in("caldicott_guardian")
    assert f"/desk/requests/{asked.pk}/" in text(guardian.get("/desk/"))
    assert guardian.get(f"/desk/requests/{asked.pk}/").status_code == 200


def test_what_was_heard_is_written_down_in_turn(signed_in, asked):
    worker, where = signed_in("worker"), f"/desk/requests/{asked.pk}/"
    assert worker.get(f"{where}done/").status_code == 404
    worker.post(f"{where}receipt/", {"who": "Priya", "words": "Tomorrow at ten."})
    assert "Tomorrow at ten." in text(worker.get(where))
    worker.post(f"{where}done/", {"words": "A rail by the stairs."})
    asked.refresh_from_db()
    assert asked.state == DoorState.DONE.value
    worker.post(f"{where}again/", {"words": ""})
    asked.refresh_from_db()
    assert asked.state == DoorState.ASKED.value


@pytest.mark.parametrize(
    ("capable", "risk", "ends"),
    [
        ("yes", "no", True),
        ("yes", "yes", False),
        ("yes", "not known", False),
        ("no", "no", False),
    ],
)
def test_a_refusal_ends_it_only_as_section_11_says(
    signed_in, asked, capable, risk, ends
):
    worker, where = signed_in("worker"), f"/desk/requests/{asked.pk}/"
    said = {"words": "No, I manage.", "had_capacity": capable, "is_at_risk": risk}
    unsaid = worker.post(f"{where}refusal/", {"words": "No, I manage."})
    assert unsaid.status_code == 400
    shown = text(worker.post(f"{where}refusal/", said, follow=True))
    asked.refresh_from_db()
    assert (asked.state == DoorState.REFUSED.value) is ends
    assert ("stands all the same" in shown) is not ends
    assert "No, I manage." in shown


@pytest.mark.parametrize("who", ["other_team", "other_authority", "organiser"])
def test_a_stranger_finds_no_request(signed_in, asked, who):
    client = signed_in(who)
    for end in ("", "receipt/", "refusal/"):
        assert client.get(f"/desk/requests/{asked.pk}/{end}").status_code == 404
    assert client.get("/desk/doors/").status_code == 404


def test_opening_a_door_leads_to_who_was_told(signed_in, joan):
    worker = signed_in("worker")
    answer = worker.post(f"/desk/people/{joan.pk}/doors/safeguarding/", {})
    row = LawDoor.objects.get(person=joan)
    assert answer.url == f"/desk/requests/{row.pk}/"
