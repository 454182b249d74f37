"""The person's say over their own record, through the pages alone."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.mine.conftest import come_in
from thedeal.deals.actions import beside
from thedeal.deals.models import NoteBeside
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.models import Letter
from thedeal.partners.models import Organisation
from thedeal.residents import permissions
from thedeal.residents.actions import forgetting, people
from thedeal.residents.models import Person, SharingChoice


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def trust(cast):
    """Give the NHS trust, which the person may let in."""
    return Organisation.objects.get(slug="makerfield-nhs")


def choose(client, organisation, may, purpose="alongside"):
    given = {"organisation": organisation.pk, "purpose": purpose, "may": may}
    return client.post("/mine/who/", given)


def test_who_looked_is_told_with_their_place_their_work_and_why(cast, hers, joan):
    people.open_page(joan.pk, by=cast.amina, reason="Before I ring on Monday")
    shown = page(hers, "/mine/who/")
    for word in (
        "Amina Yusuf",
        "Makerfield Borough Council",
        "Worker",
        "Before I ring on Monday",
    ):
        assert word in shown
    assert "Declan" not in shown


def test_their_own_reading_is_no_look_but_the_code_that_opened_it_is_told(hers, joan):
    page(hers, "/mine/words/")
    shown = page(hers, "/mine/who/")
    assert "Nobody has looked yet" in shown
    assert "Not yet" not in shown


def test_a_yes_turned_into_a_no_holds_from_that_moment(cast, hers, joan, trust):
    choose(hers, trust, "yes")
    assert permissions.can_see(cast.declan, joan)
    assert trust.name in page(hers, "/mine/who/")
    choose(hers, trust, "no")
    assert not permissions.can_see(cast.declan, joan)
    with pytest.raises(Person.DoesNotExist):
        people.open_page(joan.pk, by=cast.declan)


def test_a_no_is_taken_back_too(cast, hers, joan, trust):
    choose(hers, trust, "no")
    choice = SharingChoice.objects.get(person=joan, withdrawn_at=None)
    assert "Take this no back" in page(hers, "/mine/who/")
    hers.post(f"/mine/who/{choice.pk}/take-back/")
    choice.refresh_from_db()
    assert choice.withdrawn_by.own_pages.get().person == joan


def test_a_no_ends_being_alongside_at_once(cast, hers, joan, team):
    assert permissions.can_see(cast.amina, joan)
    assert "They may not any more" in page(hers, "/mine/who/")
    choose(hers, team.organisation, "no")
    assert not permissions.can_see(cast.amina, joan)
    assert not joan.alongside.filter(ended_at=None).exists()
    assert "Nobody just now" in page(hers, "/mine/")


def test_another_council_can_be_let_in_by_nobody(cast, hers):
    other = Organisation.objects.get(authority__slug="ribbleside", kind="council")
    assert other.name not in page(hers, "/mine/who/")
    assert choose(hers, other, "yes").status_code == 400
    assert not SharingChoice.objects.filter(organisation=other).exists()


def test_somebody_else_s_choice_is_not_theirs_to_take_back(cast, hers, meet, trust):
    bill = meet("Bill")
    choice = SharingChoice.objects.create(
        authority=bill.authority,
        person=bill,
        organisation=trust,
        purpose="huddle",
        may=True,
    )
    assert hers.post(f"/mine/who/{choice.pk}/take-back/").status_code == 404
    choice.refresh_from_db()
    assert choice.withdrawn_at is None


def test_their_words_stand_beside_it_and_the_worker_is_told(cast, hers, joan):
    said = {"about": "words", "words": "It was the altos, not the tenors."}
    assert hers.post("/mine/put-it-right/", said).status_code == 302
    shown = page(hers, "/mine/put-it-right/")
    assert "It was the altos" in shown
    assert "Not answered yet" in shown
    letter = Letter.objects.get(kind="deals.note_beside")
    assert letter.to == cast.amina.email
    assert "Joan" not in letter.subject + letter.body
    assert "altos" not in letter.subject + letter.body


def test_the_worker_finds_it_on_the_desk_and_the_answer_is_read(signed_in, hers, joan):
    hers.post("/mine/put-it-right/", {"about": "who", "words": "It is Mrs."})
    worker, where = signed_in("worker"), f"/desk/people/{joan.pk}/beside/"
    assert where in page(worker, "/desk/")
    assert where in page(worker, f"/desk/people/{joan.pk}/")
    assert "It is Mrs." in page(worker, where)
    note = NoteBeside.objects.get()
    blank = worker.post(where, {"note": note.pk, "words": " "})
    assert blank.status_code == 400
    assert "or why not" in blank.content.decode()
    answered = worker.post(where, {"note": note.pk, "words": "Put right, sorry."})
    assert answered["Location"] == where
    assert "Put right, sorry." in page(hers, "/mine/put-it-right/")
    assert "To answer what they wrote" in page(hers, "/mine/who/")
    assert where not in page(worker, "/desk/")


def test_the_desk_s_page_of_it_is_for_whoever_is_beside(signed_in, hers, joan, meet):
    hers.post("/mine/put-it-right/", {"about": "who", "words": "It is Mrs."})
    where, note = f"/desk/people/{joan.pk}/beside/", NoteBeside.objects.get()
    for who in ("other_team", "other_authority"):
        assert signed_in(who).get(where).status_code == 404
        said = signed_in(who).post(where, {"note": note.pk, "words": "Mine now."})
        assert said.status_code == 404
    bill, worker = meet("Bill"), signed_in("worker")
    elsewhere = f"/desk/people/{bill.pk}/beside/"
    for pk in (note.pk, "no such note"):
        said = worker.post(elsewhere, {"note": pk, "words": "Wrong page."})
        assert said.status_code == 404
    note.refresh_from_db()
    assert note.answered_at is None


def test_nothing_said_is_asked_again(hers):
    answer = hers.post("/mine/put-it-right/", {"about": "who", "words": " "})
    assert answer.status_code == 400
    assert not NoteBeside.objects.exists()


def test_a_note_is_for_whoever_is_beside_and_for_nobody_else(cast, joan):
    with pytest.raises(NotAllowedError):
        beside.write(joan, words="Not so.", by=cast.other_team)
    note = beside.write(joan, words="Not so.", by=cast.amina)
    assert not Letter.objects.filter(kind="deals.note_beside").exists()
    with pytest.raises(NotAllowedError):
        beside.answer(note, words="Yes.", by=cast.other_authority)
    with pytest.raises(UserFacingError):
        beside.answer(note, words=" ", by=cast.amina)


def about(joan, **changed):
    known = {
        name: getattr(joan, name)
        for name in ("called", "full_name", "email", "postcode")
    }
    return known | changed


def test_they_say_themself_who_they_are(cast, hers, joan):
    assert "Joan Critchley" in page(hers, "/mine/about-me/")
    hers.post("/mine/about-me/", about(joan, called="Joanie", pronouns="she"))
    joan.refresh_from_db()
    assert (joan.called, joan.pronouns) == ("Joanie", "she")
    assert joan.full_name == "Joan Critchley"
    assert Letter.objects.filter(kind="deals.note_beside").count() == 1


def test_what_cannot_be_is_asked_again(hers, joan):
    answer = hers.post("/mine/about-me/", about(joan, phone="12"))
    assert answer.status_code == 400
    assert "not a whole phone number" in answer.content.decode()
    joan.refresh_from_db()
    assert joan.phone == ""


def test_nothing_changed_tells_nobody(hers, joan):
    assert hers.post("/mine/about-me/", about(joan)).status_code == 302
    assert not Letter.objects.filter(kind="deals.note_beside").exists()


def test_asking_to_be_forgotten_gives_a_receipt_and_a_person_looks(cast, hers, joan):
    assert "for good" in page(hers, "/mine/forget-me/")
    hers.post("/mine/forget-me/")
    hers.post("/mine/forget-me/")
    asked = joan.forgettings.get()
    assert str(asked.pk) in page(hers, "/mine/forget-me/")
    assert "your receipt" in page(hers, "/mine/put-it-right/")
    forgetting.erase(asked, by=cast.records_manager)
    answer = hers.get("/mine/")
    assert answer["Location"] == "/mine/open/"


def test_what_is_kept_for_a_law_is_said_with_the_law_and_the_day(cast, hers, joan):
    hers.post("/mine/forget-me/")
    later = timezone.localdate().replace(year=2099)
    why = "Records Management Code, adult social care"
    forgetting.keep(
        joan.forgettings.get(), why=why, look_again_on=later, by=cast.records_manager
    )
    shown = page(hers, "/mine/forget-me/")
    assert why in shown
    assert "2099" in shown


def test_nobody_s_button_works_for_somebody_who_is_not_them(signed_in, joan):
    for who in ("nobody", "stranger", "worker"):
        for path in ("put-it-right", "about-me", "forget-me", "who"):
            answer = signed_in(who).post(f"/mine/{path}/", {"words": "x"})
            assert answer["Location"] == "/mine/open/"
    assert not joan.forgettings.exists()


def test_two_people_s_pages_do_not_meet(cast, joan, meet, hers):
    meet("Bill", email="bill@home.example")
    his = come_in(Client(), "bill@home.example")
    hers.post("/mine/put-it-right/", {"about": "else", "words": "Only mine."})
    for path in ("/mine/", "/mine/put-it-right/", "/mine/take-away/everything.json"):
        shown = page(his, path)
        assert "Bill" in shown
        assert "Joan" not in shown
        assert "Only mine." not in shown
