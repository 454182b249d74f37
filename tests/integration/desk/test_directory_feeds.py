"""The feeds at the desk: what each gave, what failed, and what an editor may do."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from thedeal.audit.models import Entry
from thedeal.community.actions import feeds_reading
from thedeal.community.models import FeedRun, Source
from thedeal.lib import queue
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
HERE = "/desk/directory/feeds/"
ODD = [
    {
        "kind": "age unknown",
        "words": "Age that cannot be one (-1, 999), read as not known",
        "count": 7,
        "examples": ["record 7: Gardening club"],
    }
]


@pytest.fixture
def asked(monkeypatch):
    """Give the readings that were put in the queue."""
    found: list[dict[str, object]] = []
    monkeypatch.setattr(queue, "defer", lambda name, **ids: found.append(ids))
    return found


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


@pytest.fixture
def source(council, asked):
    found = feeds_reading.add(
        authority=council,
        name="Ribbleside Council",
        address="https://feed.example/v3",
        by=None,
    )
    asked.clear()
    return found


def run(source, **said):
    """Keep one reading of a source."""
    counts = {"read": 9, "added": 2, "unchanged": 6, "left out": 1}
    said = {"counts": counts, "oddities": ODD, "shape": "CSV"} | said
    return FeedRun.objects.create(
        authority_id=source.authority_id,
        source=source,
        read_from=source.address,
        started_at=said.pop("started_at", timezone.now()),
        **said,
    )


def text(client, path):
    """Give what a page says."""
    return client.get(path).content.decode()


def test_it_says_what_each_reading_gave_and_what_was_odd(signed_in, source):
    lines = [{"record": "record 3: Socks", "became": "left out", "detail": "Why not."}]
    kept = run(source, lines=lines)
    client = signed_in("directory_editor")
    assert "9 records read, 2 new, 6 as before, 1 left out" in text(client, HERE)
    assert f"{HERE}readings/{kept.pk}/" in text(client, f"{HERE}{source.pk}/")
    shown = text(client, f"{HERE}readings/{kept.pk}/")
    for said in (ODD[0]["words"], "record 7: Gardening club", "Why not."):
        assert said in shown


def test_what_changed_is_told_as_it_was_and_as_it_is(signed_in, source):
    cost = {"about": "", "field": "Cost", "was": "50p", "now": "<£1>"}
    ask = {"about": "", "field": "Whom to ask", "was": "", "now": ""}
    line = {"record": "line 2: Knit", "became": "changed", "detail": ""}
    kept = run(source, lines=[{**line, "differs": [cost, ask]}])
    shown = text(signed_in("directory_editor"), f"{HERE}readings/{kept.pk}/")
    assert "<b>Cost</b>: <del>50p</del> → <ins>&lt;£1&gt;</ins>" in shown
    assert "<b>Whom to ask</b></td>" in shown


def test_a_trial_says_that_nothing_was_written(signed_in, source):
    kept = run(source, is_dry_run=True)
    shown = text(signed_in("directory_editor"), f"{HERE}readings/{kept.pk}/")
    assert "Nothing was written" in shown


def test_a_feed_that_fails_is_at_the_head_of_the_desks_directory(signed_in, source):
    problem = "feed.example did not answer in time."
    Source.objects.filter(pk=source.pk).update(failures=3, problem=problem)
    client = signed_in("directory_editor")
    for path in ("/desk/directory/", f"{HERE}{source.pk}/"):
        assert problem in text(client, path)
    feeds_reading.pause(source=source, by=None)
    assert problem not in text(client, "/desk/directory/")


def test_an_editor_adds_a_feed_and_it_is_read_at_once(signed_in, council, asked):
    client = signed_in("directory_editor")
    typed = {"name": "Leisure", "address": "feeds.example/api", "licence": "CC BY 4.0"}
    client.post(f"{HERE}new/", typed)
    made = Source.objects.get(name="Leisure")
    assert made.address == "https://feeds.example/api"
    assert (made.licence, made.may_republish) == ("CC BY 4.0", False)
    assert asked == [{"source_id": str(made.pk), "dry_run": 0}]
    again = client.post(f"{HERE}new/", typed).content.decode()
    assert "We read this address already: Leisure." in again


def test_what_may_go_out_again_has_a_licence(signed_in, council, asked):
    typed = {"name": "L", "address": "https://feeds.example/", "may_republish": "on"}
    answer = signed_in("directory_editor").post(f"{HERE}new/", typed)
    assert answer.status_code == 200
    assert not Source.objects.filter(name="L").exists()


TERMS = {
    "name": "Ribbleside",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "Contains data of Ribbleside",
    "may_republish": "on",
}


def test_an_editor_says_anew_whose_it_is_and_on_what_terms(signed_in, source):
    editor, at = signed_in("directory_editor"), f"{HERE}{source.pk}/described/"
    assert f'href="{at}"' in text(editor, f"{HERE}{source.pk}/")
    assert 'value="Ribbleside Council"' in text(editor, at)
    answer = editor.post(at, TERMS, follow=True).content.decode()
    for said in ("It is kept.", *list(TERMS.values())[:4]):
        assert said in answer
    out = {one["source"]: one for one in published()}
    assert out["Ribbleside"]["licence"] == "CC BY 4.0"
    assert out["Ribbleside"]["attribution"] == "Contains data of Ribbleside"
    assert "Nothing changed." in editor.post(at, TERMS, follow=True).content.decode()
    kept = Entry.objects.get(action="community.feed_described")
    assert kept.detail["was"]["name"] == "Ribbleside Council"
    assert kept.detail["now"]["licence"] == "CC BY 4.0"


def test_a_list_that_may_go_out_no_more_is_not_named_in_feeds_out(signed_in, source):
    editor, at = signed_in("directory_editor"), f"{HERE}{source.pk}/described/"
    editor.post(at, TERMS)
    editor.post(at, {"name": "Ribbleside", "licence": "CC BY 4.0"})
    assert "Ribbleside" not in {one["source"] for one in published()}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "  "}, "Say whose list it is."),
        ({"name": "x" * 201}, "Say whose list it is in 200 letters or fewer."),
        ({"licence": "x" * 201}, "Give the licence in 200 letters or fewer."),
        ({"licence_url": "not an address"}, "Give the whole address of the licence"),
        ({"attribution": "x" * 301}, "Name them in 300 letters or fewer."),
        ({"licence": ""}, feeds_reading.NO_LICENCE),
    ],
)
def test_terms_that_cannot_be_are_said_and_what_was_typed_stays(
    signed_in, source, typed, sentence
):
    at = f"{HERE}{source.pk}/described/"
    said = {**TERMS, "attribution": "Typed with care", **typed}
    shown = signed_in("directory_editor").post(at, said).content.decode()
    assert sentence in shown
    assert any(kept in shown for kept in ("Typed with care", "x" * 301))
    source.refresh_from_db()
    assert (source.name, source.licence) == ("Ribbleside Council", "")
    assert not Entry.objects.filter(action="community.feed_described").exists()


def published():
    """Give the licences as our own feed states them to anybody."""
    return Client().get("/open-referral/v3/").json()["licences"]


def test_read_it_try_it_pause_it_go_on(signed_in, source, asked):
    client, at = signed_in("directory_editor"), f"{HERE}{source.pk}/do/"
    for what in ("read", "try", "pause"):
        client.post(at, {"do": what})
    assert [each["dry_run"] for each in asked] == [0, 1]
    source.refresh_from_db()
    assert source.is_paused
    client.post(at, {"do": "resume"})
    source.refresh_from_db()
    assert not source.is_paused
    assert client.post(at, {"do": "burn"}).status_code == 404


@pytest.mark.parametrize("who", ["worker", "other_authority", "organiser", "director"])
def test_only_the_editor_sees_and_asks(signed_in, source, asked, who):
    kept, client = run(source), signed_in(who)
    for path in ("", "new/", f"{source.pk}/", f"readings/{kept.pk}/"):
        assert client.get(f"{HERE}{path}").status_code == 404
    assert client.post(f"{HERE}{source.pk}/do/", {"do": "read"}).status_code == 404
    described = f"{HERE}{source.pk}/described/"
    assert client.get(described).status_code == 404
    assert client.post(described, TERMS).status_code == 404
    source.refresh_from_db()
    assert source.name == "Ribbleside Council"
    assert asked == []


def test_the_page_asks_as_much_for_thirty_feeds_as_for_one(
    signed_in, council, asked, django_assert_max_num_queries
):
    for number in range(30):
        address = f"https://feed{number}.example/"
        made = feeds_reading.add(
            authority=council, name=f"Feed {number}", address=address, by=None
        )
        for days in range(3):
            run(made, started_at=timezone.now() - dt.timedelta(days=days))
    client = signed_in("directory_editor")
    client.get(HERE)
    with django_assert_max_num_queries(26):
        client.get(HERE)
