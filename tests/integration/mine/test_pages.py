"""What a person reads on their own page, and that nobody else does."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.integration.mine.conftest import EMAIL, come_in, newest_code, send_codes
from thedeal.deals.actions import agreeing, conversations, deals, doors, sending
from thedeal.deals.models import Deal, LawDoor
from thedeal.deals.states import Door, Next, Side
from thedeal.messages.models import Letter
from thedeal.mine.views.drawing import DOORS
from thedeal.residents.actions import measures, own_pages
from thedeal.residents.models import OwnPage

WRONG = "000000"
PAGES = ("/mine/", "/mine/words/", "/mine/deals/", "/mine/how-i-am/")


@pytest.fixture
def deal(cast, team, joan):
    """Give a deal of Joan's, agreed, with a promise of ours due in a week."""
    made = deals.start(joan, team=team, by=cast.amina, about="Singing again")
    day = timezone.localdate() + dt.timedelta(days=7)
    for side, what in ((Side.OURS, "Walk with you"), (Side.YOURS, "Bring a song")):
        deals.promise(made, side=side, what=what, by_when=day, by=cast.amina)
    version = deals.show(made, by=cast.amina)
    agreeing.read_aloud(version, witness="Paul", by=cast.amina)
    return Deal.objects.get(pk=made.pk)


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_code_leads_to_the_page(joan):
    client = Client()
    asked = client.post("/mine/open/", {"contact": EMAIL})
    assert asked["Location"] == "/mine/code/"
    send_codes()
    opened = client.post("/mine/code/", {"code": newest_code()})
    assert opened["Location"] == "/mine/"
    assert "Joan, this is your page" in text(client, "/mine/")
    assert client.get("/mine/open/")["Location"] == "/mine/"


def test_known_or_not_the_answers_are_the_same(joan):
    said = []
    for contact in (EMAIL, "nobody@home.example"):
        client = Client()
        first = client.post("/mine/open/", {"contact": contact})
        send_codes()
        page = text(client, "/mine/code/")
        tries = [client.post("/mine/code/", {"code": WRONG}) for _ in range(6)]
        said.append(
            (
                first.status_code,
                first["Location"],
                _plain(page),
                [_plain(each.content.decode()) for each in tries],
            )
        )
    assert said[0] == said[1]


def _plain(page):
    """Give a page without what differs each time it is drawn."""
    lines = page.partition("<main")[2].splitlines()
    return [line for line in lines if "csrf" not in line]


def test_a_wrong_code_is_said_to_be_wrong_and_the_sixth_too_late(joan):
    client = Client()
    client.post("/mine/open/", {"contact": EMAIL})
    send_codes()
    code = newest_code()
    wrong = WRONG if code != WRONG else "000001"
    first = client.post("/mine/code/", {"code": wrong})
    assert first.status_code == 400
    assert "That is not the code" in first.content.decode()
    for _ in range(4):
        client.post("/mine/code/", {"code": wrong})
    sixth = client.post("/mine/code/", {"code": code})
    assert "run out" in sixth.content.decode()
    assert client.get("/mine/")["Location"] == "/mine/open/"


def test_what_is_no_contact_is_asked_again(db):
    answer = Client().post("/mine/open/", {"contact": "12"})
    assert answer.status_code == 400
    assert "not a whole phone number" in answer.content.decode()


def test_asking_too_often_is_429_for_anybody(joan):
    client = Client()
    said = [
        client.post("/mine/open/", {"contact": "nobody@home.example"}).status_code
        for _ in range(own_pages.AT_ONE_CONTACT + 1)
    ]
    assert said == [302] * own_pages.AT_ONE_CONTACT + [429]


@pytest.mark.parametrize("who", ["nobody", "stranger", "worker", "other_authority"])
def test_nobody_else_is_shown_anything_but_the_door(signed_in, joan, who):
    client = signed_in(who)
    for path in ("/mine/code/", "/mine/which/", *PAGES):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/mine/open/"), path


def test_another_person_s_deal_is_not_there(hers, cast, team, meet):
    bill = meet("Bill")
    theirs = deals.start(bill, team=team, by=cast.amina)
    for side in Side:
        day = timezone.localdate()
        deals.promise(theirs, side=side, what="Dig", by_when=day, by=cast.amina)
    deals.show(theirs, by=cast.amina)
    assert hers.get(f"/mine/deals/{theirs.pk}/").status_code == 404
    assert hers.get(f"/mine/deals/{theirs.pk}/paper.pdf").status_code == 404
    assert hers.post(f"/mine/deals/{theirs.pk}/yes/").status_code == 404


def test_both_columns_are_shown_and_on_paper(hers, deal):
    page = text(hers, f"/mine/deals/{deal.pk}/")
    assert "Walk with you" in page
    assert "Bring a song" in page
    paper = hers.get(f"/mine/deals/{deal.pk}/paper.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Cache-Control"] == "no-store, private"
    assert paper.content.startswith(b"%PDF")


def test_a_promise_we_broke_leads_the_page_with_its_sorry_and_new_day(
    clock, cast, joan, deal
):
    clock.shift(dt.timedelta(days=8))
    ours = deal.promises.get(side="ours")
    later = timezone.localdate() + dt.timedelta(days=20)
    deals.sorry(ours, by=cast.amina, words="I was ill.", new_by_when=later)
    hers = come_in(Client())
    page = text(hers, "/mine/")
    assert page.index("We broke a promise") < page.index("What happens next")
    assert "I was ill." in page
    assert f"{later:%B}" in page
    assert "Not kept" in text(hers, f"/mine/deals/{deal.pk}/")


def test_a_promise_we_let_pass_in_silence_is_broken_too(clock, deal):
    clock.shift(dt.timedelta(days=8))
    page = text(come_in(Client()), "/mine/")
    assert "We broke a promise" in page
    assert "we have not told you why" in page


def test_what_has_come_about_is_no_longer_next(cast, team, joan, hers):
    talk = conversations.start(joan, team=team, by=cast.amina)
    step = {"next_step": Next.MAKE_A_DEAL, "chosen_by_them": True}
    conversations.finish(talk, by=cast.amina, **step)
    assert "We make a deal together" in text(hers, "/mine/")
    made = deals.start(joan, team=team, by=cast.amina)
    for side in Side:
        day = timezone.localdate()
        deals.promise(made, side=side, what="Sing", by_when=day, by=cast.amina)
    agreeing.read_aloud(deals.show(made, by=cast.amina), witness="Paul", by=cast.amina)
    assert "We make a deal together" not in text(hers, "/mine/")


def test_a_deal_that_is_being_written_is_not_shown_yet(cast, team, hers, joan):
    deals.start(joan, team=team, by=cast.amina, about="Only a thought")
    assert "Only a thought" not in text(hers, "/mine/deals/")


def test_nor_a_promise_that_was_not_shown_to_them(cast, hers, deal):
    day = timezone.localdate()
    deals.promise(deal, side=Side.YOURS, what="Pay for it", by_when=day, by=cast.amina)
    page = text(hers, f"/mine/deals/{deal.pk}/")
    assert "Bring a song" in page
    assert "Being changed" in page
    assert "Pay for it" not in page
    assert hers.post(f"/mine/deals/{deal.pk}/yes/").status_code == 404


def test_a_deal_is_agreed_on_their_own_page(cast, team, hers, joan):
    made = deals.start(joan, team=team, by=cast.amina)
    for side in Side:
        day = timezone.localdate()
        deals.promise(made, side=side, what="Sing", by_when=day, by=cast.amina)
    deals.show(made, by=cast.amina)
    assert "Waits for your yes" in text(hers, f"/mine/deals/{made.pk}/")
    hers.post(f"/mine/deals/{made.pk}/yes/")
    made.refresh_from_db()
    assert made.state == "agreed"
    assert hers.post(f"/mine/deals/{made.pk}/yes/").status_code == 404


def test_a_link_and_a_code_open_the_deal_again(cast, joan, deal):
    sending.send(deal.versions.first(), by=cast.amina)
    letter = Letter.objects.get(kind="deals.deal_copy")
    link = "/mine/again/" + letter.body.partition("/mine/again/")[2].split()[0]
    client = Client()
    shown = text(client, link)
    assert "Walk with you" not in shown
    assert "Joan" not in shown
    client.post(link)
    send_codes()
    opened = client.post("/mine/code/", {"code": newest_code()})
    assert opened["Location"] == f"/mine/deals/{deal.pk}/"
    assert "Walk with you" in text(client, opened["Location"])
    assert client.get(link)["Location"] == opened["Location"]


def test_a_link_and_a_shared_phone_ask_who_it_is(cast, joan, meet, deal):
    meet("Bill", email=EMAIL)
    sending.send(deal.versions.first(), by=cast.amina)
    letter = Letter.objects.get(kind="deals.deal_copy")
    client = Client()
    client.post("/mine/again/" + letter.body.partition("/mine/again/")[2].split()[0])
    send_codes()
    said = client.post("/mine/code/", {"code": newest_code()})
    assert said["Location"] == "/mine/which/"
    asked = text(client, "/mine/which/")
    assert "Joan" not in asked and "Bill" not in asked
    born = {"born_on_day": "9", "born_on_month": "3", "born_on_year": "1944"}
    guess = {"name": "Joan", **born}
    refused = client.post("/mine/which/", guess)
    assert refused.status_code == 400
    assert "Ring your worker" in refused.content.decode()
    assert client.get("/mine/")["Location"] == "/mine/open/"


def test_their_sign_in_has_its_own_small_page_too(hers):
    for path in ("/account/", "/account/email/"):
        assert hers.get(path).status_code in (200, 302), path


def test_the_link_to_agree_by_does_not_open_the_page(cast, team, joan):
    made = deals.start(joan, team=team, by=cast.amina)
    for side in Side:
        day = timezone.localdate()
        deals.promise(made, side=side, what="Sing", by_when=day, by=cast.amina)
    sending.send(deals.show(made, by=cast.amina), by=cast.amina)
    letter = Letter.objects.get(kind="deals.deal")
    token = letter.body.partition("/t/")[2].split("/")[0]
    assert Client().get(f"/mine/again/{token}/").status_code == 400
    assert Client().get("/mine/again/no-such-link/").status_code == 400


def test_their_words_are_shown_and_what_is_held_back_is_not(cast, team, hers, joan):
    talk = conversations.start(joan, team=team, by=cast.amina)
    said = {"words": "I miss the altos.", "felt": "She seemed tearful."}
    conversations.save_draft(talk, by=cast.amina, content=said, revision=0)
    conversations.write_note(
        talk, by=cast.amina, saw_heard="A piano.", exact_words="Never bingo."
    )
    conversations.write_note(
        talk, by=cast.amina, exact_words="Her son owes money.", is_in_confidence=True
    )
    conversations.finish(
        talk, by=cast.amina, next_step=Next.TALK_AGAIN, chosen_by_them=True
    )
    page = text(hers, "/mine/words/")
    for word in ("I miss the altos.", "A piano.", "Never bingo.", "We talk again"):
        assert word in page
    for word in ("tearful", "owes money"):
        assert word not in page


def test_the_same_is_said_of_what_is_held_back_whether_or_not_anything_is(
    cast, hers, joan
):
    before = text(hers, "/mine/").partition("Some things may be held back")[2]
    doors.open_door(joan, door=Door.SAFEGUARDING, by=cast.amina)
    after = text(hers, "/mine/")
    assert after.partition("Some things may be held back")[2] == before
    assert "safeguarding" not in after.partition("<main")[2].partition("Always open")[0]


def test_how_they_are_is_their_own_picture(cast, hers, joan):
    for score in (3, 7):
        measures.answer(
            joan,
            instrument="ons4",
            answers={"satisfaction": score},
            is_own_answer=True,
            by=cast.amina,
        )
    page = text(hers, "/mine/how-i-am/")
    assert "<svg" in page
    assert "How satisfied I am" in page


def test_each_of_the_laws_doors_opens_with_nothing_but_a_tap(hers, joan):
    pages = [text(hers, path) for path in PAGES]
    for slug, door in DOORS.items():
        assert all(f"/mine/ask/{slug}/" in page for page in pages)
        assert "999" in text(hers, f"/mine/ask/{slug}/")
        assert hers.post(f"/mine/ask/{slug}/").status_code == 302
        asked = LawDoor.objects.get(person=joan, door=door.value)
        assert asked.asked_by.own_pages.get().person == joan


def test_there_is_no_fifth_door(hers):
    assert hers.get("/mine/ask/threshold/").status_code == 404


def test_a_page_costs_the_same_however_much_there_is(cast, team, hers, joan, deal):
    def costs():
        found = {}
        for path in PAGES:
            with CaptureQueriesContext(connection) as seen:
                text(hers, path)
            found[path] = len(seen)
        return found

    conversations.start(joan, team=team, by=cast.amina)
    costs()
    before = costs()
    for _ in range(3):
        talk = conversations.start(joan, team=team, by=cast.amina)
        conversations.write_note(talk, by=cast.amina, saw_heard="A piano.")
        conversations.save_draft(
            talk, by=cast.amina, content={"words": "More."}, revision=0
        )
    day = timezone.localdate()
    for number in range(3):
        deals.promise(
            deal, side=Side.OURS, what=f"Ring {number}", by_when=day, by=cast.amina
        )
    after = costs()
    assert {path: after[path] - before[path] for path in PAGES} == dict.fromkeys(
        PAGES, 0
    )
    assert max(after.values()) <= 40


def test_their_page_counts_as_theirs_and_leaves_no_look(hers, joan):
    page = OwnPage.objects.get(person=joan)
    assert page.user.display_name == "Joan"
    assert page.made_by is None
