"""The demo's people, through the same doors as anybody; and the page beside one."""

import html

import pytest

from thedeal.deals.models import (
    Agreement,
    Conversation,
    Deal,
    Fit,
    Introduction,
    LawDoor,
    SmallSpend,
)
from thedeal.demo.actions.people import build_people
from thedeal.desk.views.talking.doors import SLUGS as DOORS
from thedeal.residents import reach
from thedeal.residents.actions import people
from thedeal.residents.models import Person
from thedeal.residents.selectors import owners

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def met(full_borough, cast):
    build_people(tell=lambda _line: None)


@pytest.fixture
def newcomer(met, cast):
    """Give somebody near a library with a choir, whom the worker has just met."""
    team = reach.workings_of(cast.worker).earliest("starts_on").team
    return people.meet(team=team, by=cast.worker, called="Nora", postcode="WN7 1AB")


def test_ten_people_are_met_once_and_each_has_an_owner(met):
    count = Person.objects.count()
    build_people(tell=lambda _line: None)
    assert Person.objects.count() == count == 10
    authority_id = Person.objects.first().authority_id
    assert not owners.without_an_owner(authority_id=authority_id).exists()
    assert Agreement.objects.count() == 3
    assert Deal.objects.count() == 6
    assert Fit.objects.filter(is_kept=True).count() == 4
    assert Introduction.objects.count() <= 2


def test_from_a_first_sentence_to_an_agreed_deal(newcomer, signed_in):
    client = signed_in("worker")
    person = newcomer
    talk = client.post(f"/desk/people/{person.pk}/talk/").url
    words = {"words": "I like singing, and I can bake", "revision": "0"}
    saved = client.post(f"{talk}save/", words, headers={"X-Requested-With": "autosave"})
    assert saved.json() == {"revision": 1}
    near = client.post(f"{talk}near/", words).content.decode()
    assert "Tuesday singing" in near
    assert "minutes&#39; walk" in near
    assert Conversation.objects.filter(person=person).first().versions.count() == 0
    blank = client.post(f"{talk}finish/", {"next_step": "make a deal"})
    assert "Ask what they would like" in blank.content.decode()
    step = {"next_step": "make a deal", "chosen_by_them": "on"}
    start = client.post(f"{talk}finish/", step).url
    deal = client.get(start).url
    promise = {"by_when": "2099-01-05", "who": ""}
    client.post(deal, promise | {"side": "ours", "what": "Walk in with you"})
    one = client.get(deal).content.decode()
    assert "only one column" in one
    client.post(deal, promise | {"side": "yours", "what": "Come twice"})
    client.post(f"{deal}show/")
    mine = client.post(f"{deal}agree/", {"their_mark": "Amina Yusuf"})
    assert "your own name" in mine.content.decode()
    client.post(f"{deal}agree/", {"their_mark": "Nora"})
    assert "Agreed" in client.get(deal).content.decode()


def test_two_windows_show_both_texts_and_lose_neither(met, signed_in):
    client = signed_in("worker")
    person = Person.objects.get(called="Tariq")
    talk = client.post(f"/desk/people/{person.pk}/talk/").url
    client.post(f"{talk}save/", {"words": "First window", "revision": "0"})
    late = {"words": "Second window", "revision": "0"}
    answer = client.post(f"{talk}save/", late, headers={"X-Requested-With": "autosave"})
    assert answer.status_code == 409
    assert answer.json()["theirs"] == {"words": "First window"}
    page = client.post(f"{talk}save/", late).content.decode()
    assert "First window" in page and "Second window" in page


def test_a_why_changes_what_comes_next_and_can_be_undone(newcomer, signed_in):
    client = signed_in("worker")
    person = newcomer
    talk = client.post(f"/desk/people/{person.pk}/talk/").url
    words = {"words": "singing"}
    first = client.post(f"{talk}near/", words).content.decode()
    key = first.split('name="activity" value="')[1].split('"')[0]
    after = client.post(
        f"{talk}fit/?why=too far", {"activity": key}, headers={"HX-Request": "1"}
    ).content.decode()
    assert "Not for them, and why (1)" in after
    assert "for Nora now, a longer walk counts against things more" in after
    fit = Fit.objects.get(person=person, taken_back_at=None)
    client.post(f"{talk}fit/", {"take_back": fit.pk})
    assert not Fit.objects.filter(person=person, taken_back_at=None).exists()
    odd = client.post(f"{talk}fit/", {"activity": "nonsense"})
    assert odd.status_code == 404


def test_another_team_finds_no_such_conversation(met, signed_in):
    person = Person.objects.get(called="Danny")
    talk = signed_in("worker").post(f"/desk/people/{person.pk}/talk/").url
    assert signed_in("other_team").get(talk).status_code == 404


def test_each_of_the_laws_doors_opens_with_nothing_filled_in(met, signed_in):
    client = signed_in("worker")
    person = Person.objects.get(called="Mrs Eckersley")
    for door in ("needs", "carer", "advocate", "safeguarding"):
        page = f"/desk/people/{person.pk}/doors/{door}/"
        assert "Everybody may ask" in client.get(page).content.decode()
        asked = client.post(page)
        row = LawDoor.objects.get(person=person, state="asked", door=DOORS[door].value)
        assert asked.url == f"/desk/requests/{row.pk}/"
        assert page in client.get(f"/desk/people/{person.pk}/").content.decode()
    assert LawDoor.objects.filter(person=person).count() == 4
    assert client.get(f"/desk/people/{person.pk}/doors/cellar/").status_code == 404


def test_what_was_heard_is_theirs_once_they_say_so(met, signed_in):
    client = signed_in("worker")
    person = Person.objects.get(called="Bernadette")
    talk = client.post(f"/desk/people/{person.pk}/talk/").url
    words = {"words": "I used to sing alto. I'd love to sing again.", "revision": "0"}
    client.post(f"{talk}save/", words)
    page = client.get(talk).content.decode()
    assert "Heard in their words" in page
    kind = page.split("confirm/?kind=")[1].split('"')[0]
    heard = html.unescape(page.split('name="heard" value="')[1].split('"')[0])
    client.post(f"{talk}confirm/?kind={kind}", {"heard": heard})
    given = [*person.strengths.all(), *person.wishes.all()]
    assert [one.words for one in given] == [heard]


def test_the_deal_prints_and_a_small_sum_is_one_line(met, signed_in):
    client = signed_in("worker")
    person = Person.objects.get(called="Joan")
    deal = Deal.objects.get(person=person)
    paper = client.get(f"/desk/deals/{deal.pk}/paper.pdf")
    assert paper.content.startswith(b"%PDF")
    spend = f"/desk/people/{person.pk}/spend/"
    client.post(spend, {"amount": "24.99", "bought": "A songbook in large print"})
    assert SmallSpend.objects.get().pence == 2499
    much = client.post(spend, {"amount": "9999", "bought": "A piano"})
    assert much.status_code == 200
    assert SmallSpend.objects.count() == 1


def test_the_desk_leads_with_our_promises_due(met, signed_in):
    page = signed_in("worker").get("/desk/").content.decode()
    assert "Our promises due" in page
    assert "Walk in with you to the first two Tuesdays" in page
    assert "No next step yet" in page


def test_a_lead_sees_what_the_whole_team_promised_and_who_did(met, signed_in):
    page = signed_in("team_lead").get("/desk/").content.decode()
    assert "Walk in with you to the first two Tuesdays" in page
    assert "promised by Amina Yusuf" in page
