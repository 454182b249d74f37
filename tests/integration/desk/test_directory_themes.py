"""What is looked for in vain, and what has died: noticed, shown, judged by an editor."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import listings as made
from thedeal.community.actions import noticing, unmet
from thedeal.community.models import UnmetAsk, UnmetTheme
from thedeal.community.selectors import unmet as asked
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority
from thedeal.places.models import Postcode, Source

pytestmark = pytest.mark.django_db
PAGE = "/desk/directory/not-found/"


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


def ask(council, words: str, times: int) -> None:
    for _ in range(times):
        unmet.note(authority=council, words=words)


def test_themes_are_counted_and_words_are_not_kept(signed_in, council):
    ask(council, "kabaddi for Aunt Mary", 4)
    ask(council, "choir", 2)
    page = signed_in("directory_editor").get(PAGE).content.decode()
    assert "Martial arts" in page
    assert "4 times" in page
    assert "Singing" not in page  # fewer than three
    rows = UnmetAsk.objects.values_list("theme", flat=True)
    assert set(rows) == {"martial arts", "singing"}


def test_themes_of_long_ago_are_left_out(council, clock):
    ask(council, "choir", 3)
    clock.shift(dt.timedelta(days=asked.DAYS))
    assert asked.asked_for(council.pk) == []


def test_an_editor_judges_and_a_leader_reads(signed_in, council):
    ask(council, "choir", 3)
    client = signed_in("directory_editor")
    client.post(PAGE, {"theme": "singing", "state": "confirmed"})
    assert [t.theme for t in asked.lacking(council.pk)] == ["singing"]
    shown = signed_in("director").get(PAGE).content.decode()
    assert "We lack this" in shown
    client.post(PAGE, {"theme": "singing", "state": "aside"})
    assert UnmetTheme.objects.get().state == "aside"


@pytest.mark.parametrize("who", ["worker", "director", "councillor"])
def test_nobody_else_judges(signed_in, council, who):
    done = signed_in(who).post(PAGE, {"theme": "singing", "state": "confirmed"})
    assert done.status_code == 403
    assert not UnmetTheme.objects.exists()


def test_a_theme_that_is_none_of_ours_is_refused(signed_in, council):
    typed = {"theme": "Aunt Mary", "state": "confirmed"}
    assert signed_in("directory_editor").post(PAGE, typed).status_code == 400


def test_a_search_that_finds_nothing_is_noted(signed_in, council):
    made.group(council)
    client = signed_in("nobody")
    client.get("/activities/?q=tuesday")
    assert not UnmetAsk.objects.exists()
    client.get("/activities/?q=kabaddi")
    assert UnmetAsk.objects.get().theme == "martial arts"


def ended_postcode() -> str:
    """Give a postcode that was ended in 2020."""
    source = Source.objects.create(
        key="made-up", name="Made up", licence="None needed", attribution="Nobody"
    )
    day = dt.date(2020, 1, 1)
    Postcode.objects.create(text="WN7 9ZZ", terminated_on=day, source=source)
    return "WN7 9ZZ"


def test_a_dead_postcode_is_noticed_and_forgotten_again(signed_in, council):
    spot = {"name": "The old hall", "postcode": ended_postcode()}
    group = made.group(council, activities=[made.activity(spot=spot)])
    assert noticing.postcodes() == 1
    address = f"/desk/directory/groups/{group.pk}/"
    page = signed_in("directory_editor").get(address).content.decode()
    assert "no longer in use" in page
    Postcode.objects.update(terminated_on=None)
    assert noticing.postcodes() == 0
    group.refresh_from_db()
    assert group.problems == {}


def test_a_hidden_place_s_dead_postcode_is_noticed_and_not_told(council):
    spot = {"name": "A quiet house", "postcode": ended_postcode()}
    given = {"is_sensitive": True, "activities": [made.activity(spot=spot)]}
    group = made.group(council, **given)
    noticing.postcodes()
    group.refresh_from_db()
    assert "9ZZ" not in str(group.problems)
    assert group.problems


def test_each_website_is_looked_at_once_a_week(council):
    for n in range(3):
        made.group(council, f"Group {n}", website=f"https://g{n}.example/")
    looked: list[str] = []
    now = timezone.now()
    for night in range(7):
        noticing.websites(look=looked.append, now=now + dt.timedelta(days=night))
    assert sorted(looked) == [f"https://g{n}.example/" for n in range(3)]


@pytest.mark.parametrize(
    "said", ["x answered 403.", "x answered 503.", "x did not answer in time."]
)
def test_a_website_that_turns_machines_away_is_not_dead(council, said):
    group = made.group(council, website="https://shy.example/")

    def shy(address: str) -> None:
        raise UserFacingError(said)

    for night in range(7):
        noticing.websites(look=shy, now=timezone.now() + dt.timedelta(days=night))
    group.refresh_from_db()
    assert group.problems == {}


def test_a_dead_website_is_noticed_and_forgotten_again(council):
    group = made.group(council, website="https://gone.example/")
    now = timezone.now()

    def gone(address: str) -> None:
        raise UserFacingError("gone.example answered 404.")

    nights = [now + dt.timedelta(days=n) for n in range(7)]
    assert sum(noticing.websites(look=gone, now=n)[1] for n in nights) == 1
    group.refresh_from_db()
    assert "answered 404" in group.problems["website"]
    for night in nights:
        noticing.websites(look=lambda address: None, now=night)
    group.refresh_from_db()
    assert group.problems == {}
