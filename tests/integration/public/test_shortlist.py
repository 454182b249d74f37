"""The shortlist: a cookie, an address, paper; nothing about anybody."""

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.community.models import Activity
from thedeal.public.views import shortlist
from thedeal.public.views.shortlist import COOKIE, MOST, read, written

KEEP = "/shortlist/keep/"


@given(st.lists(st.uuids(), unique=True, max_size=MOST))
def test_codes_come_back_as_the_ids_they_were(ids):
    assert read(written(ids)) == ids


@given(st.text())
def test_any_text_is_read_without_trouble(typed):
    assert len(read(typed)) <= MOST


@pytest.fixture
def rows(listed):
    return list(Activity.objects.order_by("name"))


def test_things_are_kept_and_taken_off_without_an_account(rows, visitor):
    for row in rows[:2]:
        answer = visitor.post(KEEP, {"add": row.pk, "back": "/activities/?free=1"})
        assert answer["Location"] == "/activities/?free=1"
    cookie = visitor.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]
    page = visitor.get("/shortlist/").content.decode()
    assert rows[0].name in page and rows[1].name in page and rows[2].name not in page
    visitor.post(KEEP, {"drop": rows[0].pk})
    assert read(visitor.cookies[COOKIE].value) == [rows[1].pk]
    visitor.post(KEEP, {"empty": "1"})
    assert "Nothing on it yet" in visitor.get("/shortlist/").content.decode()
    assert "sessionid" not in visitor.cookies and "session" not in visitor.cookies


def test_a_link_opens_for_somebody_else_who_may_keep_it(rows, visitor):
    codes = written(row.pk for row in rows[:2])
    page = visitor.get("/shortlist/", {"k": codes}).content.decode()
    assert "A shortlist for you" in page and rows[1].name in page
    assert COOKIE not in visitor.cookies
    visitor.post(KEEP, {"all": codes})
    assert read(visitor.cookies[COOKIE].value) == [row.pk for row in rows[:2]]


def test_text_and_email_are_written_for_the_visitor_to_send(rows, visitor):
    codes = written([rows[0].pk])
    page = visitor.get("/shortlist/", {"k": codes}).content.decode()
    text = unescape(re.search(r'href="(sms:[^"]+)"', page)[1])
    email = unescape(re.search(r'href="(mailto:[^"]+)"', page)[1])
    for message in (unquote(text), parse_qs(urlsplit(email).query)["body"][0]):
        assert rows[0].name in message
        assert f"/shortlist/?k={codes}" in message
    assert urlsplit(email).path == ""  # to nobody yet


def test_paper_is_plain_and_may_be_large(rows, visitor):
    codes = written(row.pk for row in rows)
    page = visitor.get("/shortlist/print/", {"k": codes}).content.decode()
    assert 'data-paper="large"' not in page and "<nav" not in page
    assert "<svg" in page and "Tuesdays, 10:30am to midday" in page
    large = visitor.get("/shortlist/print/", {"k": codes, "size": "large"})
    assert 'data-paper="large"' in large.content.decode()


def test_what_is_gone_is_said(rows, visitor):
    codes = written(row.pk for row in rows[:2])
    Activity.objects.filter(pk=rows[0].pk).update(state="ended")
    page = visitor.get("/shortlist/", {"k": codes}).content.decode()
    assert "1 thing that was on it is no longer listed" in page


def test_the_list_ends_where_paper_does(rows, visitor):
    more = [*written(row.pk for row in rows).split("."), *["A" * 22] * 30]
    visitor.cookies[COOKIE] = ".".join(more)
    visitor.post(KEEP, {"add": rows[0].pk})
    assert len(read(visitor.cookies[COOKIE].value)) <= MOST


def test_one_is_sent_back_to_our_own_pages_alone(rows, visitor):
    for back in ("https://elsewhere.example/", "//elsewhere.example", "javascript:x"):
        answer = visitor.post(KEEP, {"add": rows[0].pk, "back": back})
        assert answer["Location"] == "/shortlist/"
    assert visitor.get(KEEP).status_code == 405
    assert shortlist.kept(visitor.get("/shortlist/").wsgi_request)
