"""The desk's pages of people, as a worker clicks through them."""

import re

import pytest

from thedeal.audit.models import Entry
from thedeal.partners.actions import memberships
from thedeal.partners.models import Team
from thedeal.residents.actions import gifts, people
from thedeal.residents.models import Person, Strength, Wish


@pytest.fixture
def team(cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def joan(cast, team):
    return people.meet(
        team=team,
        by=cast.amina,
        called="Joan",
        full_name="Joan Critchley",
        phone="01942 244991",
    )


@pytest.fixture
def worker(signed_in):
    return signed_in("worker")


def text(answer):
    """Give what a page says: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_somebody_is_found_opened_and_the_look_is_written_down(worker, joan):
    page = worker.get("/desk/people/", {"q": "jaon crichley"})
    assert f"/desk/people/{joan.pk}/" in page.content.decode()
    assert "Joan" in text(worker.get("/desk/people/"))
    shown = text(worker.get(f"/desk/people/{joan.pk}/"))
    assert "01942 244991" in shown
    assert Entry.objects.get(kind=Entry.Kind.LOOK).person_id == joan.pk


@pytest.mark.parametrize("who", ["other_team", "other_authority", "director"])
def test_to_a_stranger_nobody_is_there(signed_in, joan, who):
    client = signed_in(who)
    for part in ("", "change/", "hand-over/", "how-are-you/ons4/"):
        assert client.get(f"/desk/people/{joan.pk}/{part}").status_code == 404
    found = client.get("/desk/people/", {"q": "Joan"})
    assert str(joan.pk) not in found.content.decode()


def test_a_guardian_reads_and_is_offered_nothing_to_change(signed_in, joan):
    page = signed_in("caldicott_guardian").get(f"/desk/people/{joan.pk}/")
    assert page.status_code == 200
    assert "Change what we know" not in text(page)


def test_somebody_new_needs_nothing_and_a_double_is_shown_first(worker, joan):
    doubled = worker.post("/desk/people/new/", {"called": "Joan"})
    assert "Is it one of these?" in text(doubled)
    assert Person.objects.count() == 1
    made = worker.post("/desk/people/new/", {"called": "Joan", "somebody_else": "on"})
    assert made.status_code == 302
    assert worker.post("/desk/people/new/", {"called": ""}).status_code == 302
    assert Person.objects.count() == 3


def test_what_cannot_be_right_is_said_on_the_form(worker, team):
    page = worker.post("/desk/people/new/", {"called": "Ken", "postcode": "Leigh"})
    assert "not a whole postcode" in text(page)
    assert not Person.objects.exists()


def test_only_what_was_changed_is_written(worker, joan):
    shown = {"called": "Joan", "full_name": "Joan Critchley", "phone": "01942 244991"}
    changed = worker.post(
        f"/desk/people/{joan.pk}/change/", {**shown, "pronouns": "she"}
    )
    assert changed.status_code == 302
    joan.refresh_from_db()
    assert (joan.pronouns, joan.phone) == ("she", "01942 244991")
    assert Entry.objects.get(action="residents.changed").detail["fields"] == [
        "pronouns"
    ]


def test_beyond_the_team_the_answer_is_maybe_at_most(worker, cast):
    hindley = Team.objects.get(organisation__slug="council", name="Hindley & Abram")
    people.meet(team=hindley, by=cast.jo, full_name="Edith Fairhurst")
    page = text(worker.post("/desk/people/beyond/", {"names": "Edith Fairhurst"}))
    assert "Another team may know them: ask with the person." in page
    assert "Hindley" not in page
    page = text(worker.post("/desk/people/beyond/", {"names": "Mavis Crank"}))
    assert "Not that we know" in page


def test_a_screen_is_turned_round_and_the_picture_follows(worker, joan):
    where = f"/desk/people/{joan.pk}/how-are-you/ons4/"
    asked = text(worker.get(where))
    assert "Overall, how satisfied are you with your life nowadays?" in asked
    assert "Signed in" not in asked
    assert worker.post(where, {"satisfaction": "4"}).status_code == 302
    assert worker.post(where, {"satisfaction": "7"}).status_code == 302
    shown = worker.get(f"/desk/people/{joan.pk}/").content.decode()
    assert re.search(r"How satisfied I am with my life: 4 on .*, 7 on ", shown)
    wrong = worker.post(where, {"satisfaction": "12"})
    assert wrong.status_code == 400
    assert "from 0 to 10" in text(wrong)


def test_goals_are_written_rated_and_ended(worker, joan):
    page = f"/desk/people/{joan.pk}/"
    worker.post(page + "goals/", {"words": "Sing again", "rating": "2"})
    goal = joan.goals.get()
    worker.post(page + f"goals/{goal.pk}/", {"rating": "6"})
    assert [r.rating for r in goal.ratings.all()] == [2, 6]
    assert worker.post(page + f"goals/{goal.pk}/", {"rating": "x"}).status_code == 400
    worker.post(page + f"goals/{goal.pk}/", {"do": "end"})
    assert "Ended" in text(worker.get(page))


def test_what_was_found_is_confirmed_with_them_or_taken_back(worker, cast, joan):
    page = f"/desk/people/{joan.pk}/"
    found = gifts.say_strength(
        joan, kind=Strength.Kind.HEART, words="Sang alto.", by=cast.amina
    )
    assert "not yet agreed with them" in text(worker.get(page))
    worker.post(page + f"said/strength/{found.pk}/", {"do": "confirm"})
    assert "not yet agreed" not in text(worker.get(page))
    worker.post(page + f"said/strength/{found.pk}/", {"do": "withdraw"})
    assert "Sang alto." not in text(worker.get(page))
    assert worker.post(page + f"said/nothing/{found.pk}/").status_code == 404
    worker.post(page + "said/", {"kind": "wish:never", "words": "Ring after nine."})
    assert Wish.objects.get().confirmed_by == cast.amina
    assert "nobody should ever" in text(worker.get(page))


def test_one_tap_stops_every_message_and_is_put_right(worker, joan):
    where = f"/desk/people/{joan.pk}/whereabouts/"
    worker.post(where, {"whereabouts": "died"})
    assert "Every message is stopped" in text(worker.get(f"/desk/people/{joan.pk}/"))
    worker.post(where, {"whereabouts": "here"})
    joan.refresh_from_db()
    assert joan.may_be_written_to


def test_handed_over_alone_or_with_all_of_a_leavers(
    signed_in, worker, cast, team, joan
):
    to = {"to": str(cast.tom.pk)}
    assert worker.post(f"/desk/people/{joan.pk}/hand-over/", to).status_code == 302
    assert joan.alongside.get(ended_at__isnull=True).worker == cast.tom
    memberships.end(cast.tom.memberships.get(), by=cast.grace, reason="A job elsewhere")
    mine = text(worker.get("/desk/people/"))
    assert "Nobody is alongside 1 person" in mine
    assert "has left" in text(worker.get(f"/desk/people/teams/{team.pk}/"))
    where = f"/desk/people/teams/{team.pk}/leaving/{cast.tom.pk}/"
    assert "Hand over 1 person from Tom" in text(worker.get(where))
    assert worker.post(where, {"to": str(cast.sunita.pk)}).status_code == 302
    assert joan.alongside.get(ended_at__isnull=True).worker == cast.sunita
    assert signed_in("other_team").get(where).status_code == 404
    elsewhere = signed_in("other_team").get(f"/desk/people/teams/{team.pk}/")
    assert elsewhere.status_code == 404
