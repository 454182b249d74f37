"""The directory as a visitor finds it: search, chips with counts, pages, blur."""

import datetime as dt
import re
from html import unescape

import pytest
from django.http import QueryDict
from django.utils import timezone

from tests.factories import listings as made
from thedeal.community.models import Activity, Group
from thedeal.community.selectors import finding, shelf, telling
from thedeal.community.selectors.wanted import Wanted
from thedeal.places.models import Neighbourhood
from thedeal.public.views.shortlist import written

pytestmark = pytest.mark.django_db
PATH = "/activities/"
TITLE = re.compile(r'class="card__title"><a[^>]*>([^<]+)</a>')
CHIP = re.compile(
    r'chips__link" href="([^"]*)"( aria-current)?[^>]*>[^<]*<span class="numbers">(\d+)'
)
EXACT = ("Rose House", "Rose Street", "WN7 1EB", "53.4978", "-2.52")


def titles(visitor, query: str = "") -> list[str]:
    return TITLE.findall(visitor.get(f"{PATH}{query}").content.decode())


def test_everything_is_there_at_first(listed, visitor):
    assert titles(visitor) == [
        "A quiet table",
        "Tuesday table",
        "Singing for fun",
        "Drop in",
    ]


def test_filters_find_what_fits(listed, visitor):
    cases = {
        "?day=thu": ["Singing for fun", "Drop in"],
        "?day=tue&day=thu&free=1": ["Singing for fun", "Drop in"],
        "?time=evening": ["Singing for fun"],
        "?time=afternoon": ["Drop in"],
        "?day=mon&time=morning": ["Drop in"],
        "?language=pl": ["Singing for fun"],
        "?age=12": ["A quiet table", "Tuesday table", "Drop in"],
        "?access=step_free": ["Tuesday table"],
        "?room=1": ["A quiet table", "Tuesday table", "Drop in"],
        "?q=needles": ["Tuesday table"],
        "?q=sining": ["Singing for fun"],
        "?q=auditon": ["Singing for fun"],
        "?q=auditon+in+the+warm": ["Drop in", "Singing for fun"],
        "?q=warm+needles": ["Drop in", "Tuesday table"],
        "?q=%22%27%3B-or-": [],
        "?day=nonsense&age=-1&walk=x&page=99": titles(visitor),
    }
    assert {query: titles(visitor, query) for query in cases} == cases


def test_a_word_that_was_mended_is_said(listed, visitor):
    page = visitor.get(f"{PATH}?q=sining").content.decode()
    assert "Nothing says “sining”, so these are for “singing”." in page
    assert 'value="sining"' in page
    page = visitor.get(f"{PATH}?q=warm+needels").content.decode()
    assert "Nothing has all of “warm needles”: these have some of it." in page


def test_a_walk_is_measured_from_the_postcode(listed, postcode, visitor):
    near = titles(visitor, "?postcode=wn71eb&walk=10")
    assert "Tuesday table" in near and "Singing for fun" not in near
    page = visitor.get(f"{PATH}?postcode=wn71eb").content.decode()
    assert "About 1 minute’s walk" in page
    assert page.count("’s walk") == 2  # never of a blurred place


def test_a_postcode_that_is_not_one_is_said_and_finds_all(listed, visitor):
    for typed in ("WN7", "not a postcode", "ZZ1 1ZZ"):
        page = visitor.get(PATH, {"postcode": typed}).content.decode()
        assert "govuk-error-message" in page
        assert len(TITLE.findall(page)) == 4


def test_each_chip_keeps_its_promise(listed, postcode, visitor):
    for query in ("", "free=1", "time=morning&day=tue", "q=table", "language=pl"):
        page = visitor.get(f"{PATH}?{query}&postcode=WN7+1EB").content.decode()
        chips = [(unescape(h), on, int(n)) for h, on, n in CHIP.findall(page)]
        assert chips
        for href, is_on, promised in chips:
            if not is_on and "day=tue&day=" not in href:  # days add to days
                given = Wanted.read(QueryDict(href.removeprefix("?")))
                assert finding.find(given).total == promised, href


def test_counts_of_days_are_of_each_day(listed, visitor):
    found = finding.find(Wanted.read({"day": "thu"}))
    by_day = {day: n for day, n in finding.counts(found)["day"].items() if n}
    assert by_day == {"mon": 1, "tue": 3, "thu": 2}


@pytest.fixture
def many(monkeypatch):
    """Take the small directory for a large one, which is looked over now and then."""
    shelf._KEPT.clear()
    monkeypatch.setattr(shelf, "FEW", 1)
    monkeypatch.setattr(shelf, "LOOK_EVERY_S", 1e9)
    yield
    shelf._KEPT.clear()


def test_what_is_counted_of_few_is_of_now(listed):
    for free in (2, 1):
        found = finding.find(Wanted())
        assert finding.counts(found)["only"]["free"] == free
        Activity.objects.filter(group=listed.sing).update(cost_pence=100)


def test_of_many_the_counts_may_be_late_but_never_a_listing_that_is_gone(
    listed, many, visitor
):
    assert "Tuesday table" in titles(visitor)
    Activity.objects.filter(group=listed.sing).update(cost_pence=100)
    Activity.objects.filter(group=listed.knit).update(state="withdrawn")
    assert finding.counts(finding.find(Wanted()))["only"]["free"] == 2
    assert "Tuesday table" not in titles(visitor)


def test_many_are_laid_out_anew_beside_the_readers(listed, many, monkeypatch):
    assert finding.find(Wanted()).total == 4
    Activity.objects.filter(group=listed.knit).update(state="withdrawn")
    monkeypatch.setattr(shelf, "LOOK_EVERY_S", -1.0)
    monkeypatch.setattr(shelf, "SHARE_OF_TIME", -1.0)
    monkeypatch.setattr(shelf.Thread, "start", lambda thread: thread.run())
    monkeypatch.setattr(shelf.connections, "close_all", lambda: None)
    assert finding.find(Wanted()).total == 4  # answered from what was held before
    assert finding.find(Wanted()).total == 3


def test_nothing_found_says_what_to_let_go_of(listed, visitor):
    page = visitor.get(f"{PATH}?day=tue&language=pl").content.decode()
    assert "Nothing fits all of that" in page
    assert "on any day" in page and "in any language" in page
    assert '<option value="pl" selected>Polish (0)' in page  # what was chosen stays
    href = re.search(r'<a href="(\?[^"]*)">1 on any day', page)
    assert href and titles(visitor, href[1]) == ["Singing for fun"]


def test_nothing_at_all_leads_back_to_everything(listed, visitor):
    page = visitor.get(f"{PATH}?q=zzzzzz&day=sun&language=ti").content.decode()
    assert "Start again with everything" in page


def test_a_page_tells_what_a_newcomer_asks(listed, visitor):
    row = listed.sing.activities.get()
    page = visitor.get(row.get_absolute_url()).content.decode()
    for said in ("Thursdays, 6:30pm", "Free", "18 and over", "Polish", "The mill"):
        assert said in page
    assert "Full until March" in page
    assert "Step-free all the way in: Not known" in page
    assert "Last checked today by the group." in page


def test_a_number_is_shown_only_as_its_owner_allows(listed, visitor):
    shown = visitor.get(listed.knit.get_absolute_url()).content.decode()
    assert "01632 960000" in shown and "jean@knit.example" not in shown
    hidden = visitor.get(listed.sing.get_absolute_url()).content.decode()
    assert "960001" not in hidden and "Bo<" not in hidden


def test_a_blurred_place_is_exact_nowhere(listed, postcode, visitor):
    row = listed.quiet.activities.get()
    mine = f"/shortlist/print/?k={written([row.pk])}"
    for path in (row.get_absolute_url(), listed.quiet.get_absolute_url(), mine):
        page = visitor.get(path).content.decode()
        assert "A quiet table" in page
        assert [exact for exact in EXACT if exact in page] == []
    assert "Rose" not in visitor.get(f"{PATH}?q=rose").content.decode()[2000:]
    for path in (f"{PATH}?q=quiet", "/embed/search/?q=quiet", f"{PATH}?near=WN7+1EB"):
        page = visitor.get(path).content.decode()
        assert "A quiet table" in page and "Rose" not in page


def test_what_is_not_listed_is_not_found(listed, visitor):
    row = listed.knit.activities.get()
    for state in ("ended", "unverified", "withdrawn"):
        Activity.objects.filter(pk=row.pk).update(state=state)
        Group.objects.filter(pk=listed.knit.pk).update(state=state)
        assert visitor.get(row.get_absolute_url()).status_code == 404
        assert visitor.get(listed.knit.get_absolute_url()).status_code == 404
    assert "Tuesday table" not in titles(visitor)


def test_a_merged_group_leads_to_the_other(listed, visitor):
    Group.objects.filter(pk=listed.knit.pk).update(
        state="merged", merged_into=listed.sing
    )
    answer = visitor.get(listed.knit.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (
        301,
        listed.sing.get_absolute_url(),
    )


def test_demoted_ones_come_last_and_say_so(listed, visitor, clock):
    Activity.objects.filter(name="A quiet table").update(demoted_at=timezone.now())
    assert titles(visitor)[-1] == "A quiet table"
    assert "Not confirmed lately" in visitor.get(PATH).content.decode()


def test_a_search_takes_as_many_queries_for_a_page_full(
    listed, council, visitor, django_assert_max_num_queries
):
    for number in range(25):
        made.group(council, f"Group {number}", activities=[made.activity()])
    with django_assert_max_num_queries(16):
        assert len(titles(visitor, "?q=table&day=tue")) == finding.PAGE


def test_a_word_of_room_ends_with_its_day(listed, clock):
    row = listed.sing.activities.get()
    row.capacity_words, row.capacity_until = "", dt.date(2026, 12, 24)
    assert telling.room(row) == "Full just now, until 24 December"
    row.capacity_words = "full"  # as somebody typed it: says no more than we do
    assert telling.room(row) == "Full just now, until 24 December"
    row.capacity_until = dt.date(2026, 11, 1)
    assert telling.room(row) == ""


def test_a_neighbourhood_is_asked_for_by_its_chip(listed, visitor):
    page = visitor.get(PATH).content.decode()
    assert "?in=" not in page  # nothing here is in any: no chip that finds nothing
    council = listed.knit.authority
    bounds = dict.fromkeys(("west", "south", "east", "north", "lat", "lon"), 0.0)
    leigh = Neighbourhood.objects.create(
        authority=council,
        name="Leigh",
        slug="leigh",
        population=1,
        boundary={},
        **bounds,
    )
    Activity.objects.filter(group=listed.knit).update(neighbourhood=leigh)
    page = visitor.get(f"{PATH}?day=tue").content.decode()
    assert 'href="?day=tue&amp;in=leigh">Leigh <span class="numbers">1<' in page
    assert titles(visitor, "?day=tue&in=leigh") == ["Tuesday table"]
    assert (
        "in other neighbourhoods"
        in visitor.get(f"{PATH}?in=leigh&q=singing").content.decode()
    )


def test_a_page_s_code_is_a_picture_of_its_own(listed, visitor):
    row = listed.sing.activities.get()
    path = f"{row.get_absolute_url()}code.svg"
    assert f'<img src="{path}"' in visitor.get(row.get_absolute_url()).content.decode()
    picture = visitor.get(path)
    assert picture["Content-Type"] == "image/svg+xml"
    assert "public" in picture["Cache-Control"]
    assert b"<svg" in picture.content and b"<script" not in picture.content


def test_ages_are_counted_each_with_its_own(listed):
    """The singers are for adults; the others never said."""
    for wanted in (Wanted(), Wanted(age=8)):
        by_age = finding.counts(finding.find(wanted))["age"]
        assert (by_age["8"], by_age["45"]) == (3, 4)


def test_what_is_chosen_among_the_folded_chips_shows_without_unfolding(listed, visitor):
    page = visitor.get(f"{PATH}?access=step_free&day=tue").content.decode()
    outside = page.split("<details")[0]
    assert "Also chosen" in outside
    assert 'href="?day=tue" aria-current="true">Step-free' in outside
    assert "Also chosen" not in visitor.get(f"{PATH}?day=tue").content.decode()
