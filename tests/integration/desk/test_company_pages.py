"""Somebody to go with: told without a name, met only once both say yes, at a venue."""

import re
from uuid import uuid4

import pytest

from thedeal.deals.actions import conversations
from thedeal.partners.models import Team
from thedeal.residents.actions import gifts, people
from thedeal.residents.models import Offer, OfferChoice

WHERE = uuid4()
WORDS = "I used to sing, and I am shy of walking in alone."
NEXT_WEEK = {"on": "2026-12-01", "at": "10:30"}


@pytest.fixture
def team(cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def joan(cast, team):
    person = people.meet(team=team, by=cast.worker, called="Joan")
    person.neighbourhood_id = WHERE
    person.save(update_fields=["neighbourhood_id"])
    return person


@pytest.fixture
def offer(cast, team):
    ken = people.meet(
        team=team,
        by=cast.worker,
        called="Ken",
        full_name="Ken Peet",
        postcode="WN7 1ZZ",
        phone="01942 960111",
    )
    ken.neighbourhood_id = WHERE
    ken.save(update_fields=["neighbourhood_id"])
    return gifts.say_offer(
        ken,
        kind=Offer.Kind.COME_ALONG,
        words="I sing too, and would walk in with anybody.",
        hours="Tue 10:00-12:00",
        by=cast.worker,
    )


@pytest.fixture
def talk(cast, team, joan):
    return conversations.start(joan, team=team, by=cast.worker)


@pytest.fixture
def worker(signed_in):
    return signed_in("worker")


def text(answer):
    """Give what a page says: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def near(worker, talk, words=WORDS):
    return text(worker.post(f"/desk/talks/{talk.pk}/near/", {"words": words}))


def test_an_offer_stands_beside_their_words_once_confirmed(worker, cast, talk, offer):
    assert "Somebody near by" not in near(worker, talk)
    gifts.confirm(offer, by=cast.worker)
    shown = near(worker, talk)
    assert "Somebody near by would go with somebody the first time" in shown
    assert "Both spoke of: sing" in shown
    for hidden in ("Ken", "Peet", "WN7", "960111"):
        assert hidden not in shown


def test_what_is_offered_of_another_kind_needs_a_word_in_common(worker, cast, talk):
    kin = people.meet(
        team=talk.team, by=cast.worker, called="Bo", likes_contact_by="phone"
    )
    kin.neighbourhood_id = WHERE
    kin.save(update_fields=["neighbourhood_id"])
    showing = gifts.say_offer(
        kin, kind=Offer.Kind.SHOW_HOW, words="Bread baking.", by=cast.worker
    )
    gifts.confirm(showing, by=cast.worker)
    assert "Bread baking" not in near(worker, talk)
    assert "Bread baking" in near(worker, talk, "I would like to bake again")


def test_both_say_yes_before_they_meet_at_a_venue(
    worker, cast, joan, talk, offer, monkeypatch
):
    gifts.confirm(offer, by=cast.worker)
    made = worker.post(f"/desk/people/{joan.pk}/company/{offer.pk}/")
    choice = OfferChoice.objects.get()
    page = f"/desk/company/{choice.pk}/"
    assert made["Location"] == page
    listed = text(worker.get(f"/desk/people/{joan.pk}/so-far/"))
    assert "Somebody near by" in listed
    assert "Ken" not in listed
    worker.post(page + "said/", {"who": "asker", "says": "yes"})
    assert "Where do they first meet?" not in text(worker.get(page))
    worker.post(page + "said/", {"who": "offerer", "says": "yes"})
    assert "Where do they first meet?" in text(worker.get(page))
    elsewhere = worker.post(page + "arrange/", NEXT_WEEK | {"venue": str(uuid4())})
    assert elsewhere.status_code == 400
    assert OfferChoice.objects.get().meets_at is None
    assert "Ken" in text(worker.get(f"/desk/people/{joan.pk}/so-far/"))


def test_the_page_asks_for_the_day_as_it_is_read(worker, cast, joan, talk, offer):
    gifts.confirm(offer, by=cast.worker)
    worker.post(f"/desk/people/{joan.pk}/company/{offer.pk}/")
    page = f"/desk/company/{OfferChoice.objects.get().pk}/"
    for who in ("asker", "offerer"):
        worker.post(page + "said/", {"who": who, "says": "yes"})
    drawn = worker.get(page).content.decode()
    for name in NEXT_WEEK:
        assert f'name="{name}"' in drawn


def test_either_may_say_that_it_felt_wrong_and_it_is_over(
    worker, cast, joan, talk, offer
):
    gifts.confirm(offer, by=cast.worker)
    worker.post(f"/desk/people/{joan.pk}/company/{offer.pk}/")
    choice = OfferChoice.objects.get()
    worker.post(f"/desk/company/{choice.pk}/wrong/", {"words": "Too close."})
    page = text(worker.get(f"/desk/company/{choice.pk}/"))
    assert "This has ended" in page
    assert "Too close" not in page
    assert "Somebody near by would" not in near(worker, talk)
    again = worker.post(f"/desk/people/{joan.pk}/company/{offer.pk}/", follow=True)
    assert "felt wrong" in text(again)


@pytest.mark.parametrize("who", ["other_team", "other_authority"])
def test_to_a_stranger_it_is_not_there(signed_in, worker, cast, joan, talk, offer, who):
    gifts.confirm(offer, by=cast.worker)
    worker.post(f"/desk/people/{joan.pk}/company/{offer.pk}/")
    page = f"/desk/company/{OfferChoice.objects.get().pk}/"
    client = signed_in(who)
    assert client.get(page).status_code == 404
    assert client.post(page + "wrong/").status_code == 404
    assert OfferChoice.objects.get().ended_at is None
