"""The first page: every answer to a postcode, and words that leave no trace."""

import json
import logging

import pytest
from django.test import Client

from thedeal.community.selectors import catalogue
from thedeal.community.selectors.connecting import Question, connect

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SECRET = "my late husband Frederick and his pigeons"


def asked(**said):
    return Client().post("/near/", {"postcode": "WN7 1AB"} | said)


def test_every_answer_to_a_postcode_helps_and_keeps_what_was_typed(full_borough):
    told = {
        "": "Type a postcode",
        "WN7": "first half",
        "WN7 1A!": "not how a postcode is written",
        "M1 1AE": "do not know",
        "M28 1DL": "Royal Mail stopped using M28 1DL in February 2020",
        "m28 0aa": "M28 0AA is in Salford&#39;s area",
    }
    for typed, sentence in told.items():
        page = asked(postcode=typed, words="I like bowls")
        text = page.content.decode()
        assert page.status_code == 400, typed
        assert sentence in text, typed
        assert "I like bowls" in text
    assert 'value="WN7"' in asked(postcode="WN7").content.decode()


def test_what_is_near_comes_with_reasons_and_filters_work_without_script(full_borough):
    page = asked(words="I used to sing", minutes="30").content.decode()
    assert "Why this one" in page
    assert "minutes&#39; walk" in page
    free = asked(
        words="I used to sing", minutes="30", free="1", day=["tue"], part="morning"
    )
    text = free.content.decode()
    assert 'name="free" value="1" checked' in text
    assert 'value="tue" checked' in text


def test_who_goes_by_wheelchair_is_told_of_no_walk(full_borough):
    page = asked(words="I used to sing", minutes="30", walker="wheelchair")
    text = page.content.decode()
    assert "minutes by wheelchair" in text
    assert "s&#39; walk" not in text
    assert "s’ walk" not in text
    assert "on foot." not in text
    assert "How far on foot" not in text


def test_where_little_fits_what_was_said_what_else_is_near_is_shown_too(
    full_borough,
):
    odd = asked(words="falconry with owls", minutes="15").content.decode()
    assert "not what you said" in odd or "whatever you said" in odd
    plain = asked(words="", minutes="15").content.decode()
    assert "what you said" not in plain
    assert "whatever you said" not in plain


def test_the_map_numbers_each_place_as_the_list_does(full_borough):
    page = asked(words="", minutes="15").content.decode()
    data = page.split('id="near-map-data">')[1].split("</script>")[0]
    told = json.loads(data)
    numbered = [pin for pin in told["places"] if pin.get("number")]
    counted = sum(len(pin["number"].split(", ")) for pin in numbered)
    assert counted == len(set(", ".join(p["number"] for p in numbered).split(", ")))
    for pin in numbered:
        first = pin["number"].split(", ")[0]
        assert f"{first}. {pin['title'].split('; ')[0][:20]}" in page
    assert [ring["label"] for ring in told["rings"]][-1] == "about 15 minutes"
    assert told["ground"]["features"]


def test_a_link_to_share_has_the_neighbourhood_and_filters_but_no_words(full_borough):
    page = asked(words=SECRET, free="1", share="1").content.decode()
    link = page.split("near/?")[1].split("<")[0].split('"')[0].replace("&amp;", "&")
    assert link == "in=leigh&minutes=15&free=1"
    again = Client().get(f"/near/?{link}")
    assert again.status_code == 200
    assert SECRET not in again.content.decode()
    assert "from the middle of Leigh" in again.content.decode()
    # the page of a link can be asked again with other filters, or from one's own door
    wider = asked(postcode="", minutes="30", **{"in": "leigh"})
    assert wider.status_code == 200
    own = asked(postcode="WN1 1NN", **{"in": "leigh"}).content.decode()
    assert "Wigan" in own.split("<h1>")[1].split("</h1>")[0]


def test_somebody_slow_gets_less_far_in_the_same_minutes(full_borough):
    def rings(walker):
        page = asked(walker=walker, minutes="15").content.decode()
        data = page.split('id="near-map-data">')[1].split("</script>")[0]
        assert f'value="{walker}" checked' in page
        return json.loads(data)["rings"][-1]["metres"]

    assert rings("slow") < 0.7 * rings("ordinary")
    link = asked(walker="slow", share="1").content.decode()
    assert "walker=slow" in link


def test_a_wheelchair_is_not_led_to_a_door_with_steps(full_borough):
    found = connect(Question(lat=53.4969, lon=-2.5193, walker="wheelchair")).answer
    assert found.matches
    for one in found.matches:
        assert one.comes_last or "Step-free all the way in" in one.reasons


def test_a_filter_changed_beside_a_bad_postcode_says_what_to_put_right(full_borough):
    page = Client().post("/near/", {"postcode": "WN7"}, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert page.status_code == 200
    assert 'id="found"' in text
    assert "first half" in text
    assert "<html" not in text


def test_words_are_in_no_address_and_no_log(full_borough, caplog):
    with caplog.at_level(logging.DEBUG):
        page = asked(words=SECRET)
    assert "Frederick" not in caplog.text
    assert page.status_code == 200
    assert page["Cache-Control"].count("no-store") == 1
    assert Client().get("/near/", {"words": SECRET}).url == "/"


@pytest.mark.parametrize(
    "said",
    [
        {"minutes": "9999", "day": "someday", "needs": "wings", "age": "-1"},
        {"language": "xx", "age": "²", "part": "noonish", "minutes": "1e9"},
        {"words": "\u202e<script>alert(1)</script>" * 50},
    ],
)
def test_odd_values_are_as_if_not_said(full_borough, said):
    page = asked(**said)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_a_public_page_is_headed_by_the_one_council_whose_places_these_are(
    full_borough,
):
    page = Client().get("/privacy/").content.decode()
    assert "Makerfield Borough Council" in page
    assert "Your council" not in page
    assert "Entry(" not in page


def test_the_privacy_page_names_every_cookie_that_public_pages_set(full_borough):
    told = Client().get("/privacy/").content.decode()
    visitor = Client()
    visitor.get("/")
    visitor.post("/near/", {"postcode": "WN7 1AB", "words": SECRET})
    visitor.get("/activities/")
    for name, morsel in visitor.cookies.items():
        assert f"<strong>{name}</strong>" in told, name
        assert "Frederick" not in morsel.value


def test_a_neighbourhoods_page_has_what_is_on_and_who_lives_there(full_borough):
    page = Client().get("/neighbourhoods/leigh/").content.decode()
    assert "this week" in page
    assert "people live here" in page
    assert "In the whole borough" in page
    assert "Census 2021" in page
    assert "21 March 2021" in page
    assert Client().get("/neighbourhoods/nowhere/").status_code == 404


def test_what_the_site_says_of_itself_opens(full_borough):
    for path in (
        "",
        "neighbourhoods/",
        "how-we-match/",
        "attributions/",
        "privacy/",
        "accessibility/",
        "source/",
        "robots.txt",
        ".well-known/security.txt",
    ):
        assert Client().get(f"/{path}").status_code == 200, path
    rules = Client().get("/how-we-match/").content.decode()
    assert "Nobody can pay to stand higher" in rules
    assert (
        "Office for National Statistics"
        in Client().get("/attributions/").content.decode()
    )


def test_while_the_directory_is_being_read_the_page_says_so(
    full_borough, visitor, monkeypatch
):
    monkeypatch.setattr(catalogue, "LONGEST_WAIT_S", 0.01)
    catalogue._KEPT.clear()
    with catalogue._LOCK:
        answer = visitor.post("/near/", {"postcode": "WN7 1EB", "words": "singing"})
    assert answer.status_code == 503
    assert b"Try again in a minute" in answer.content
