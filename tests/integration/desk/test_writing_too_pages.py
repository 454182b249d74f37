"""Two workers on one conversation see one another, and neither is written over."""

import datetime as dt

import pytest
from django.utils import timezone

from thedeal.deals.actions import conversations
from thedeal.deals.models import Draft

HX = {"HX-Request": "true"}
SWAPPED = 'id="writing-too" hx-swap-oob="true"'


@pytest.fixture
def page(talk):
    return f"/desk/talks/{talk.pk}/"


@pytest.fixture
def theirs(cast, talk):
    """Give the draft of a colleague, kept just now."""
    written = {"words": "She bakes on Sundays", "felt": "Tired"}
    conversations.save_draft(talk, by=cast.team_lead, content=written, revision=0)
    return Draft.objects.get(writer=cast.team_lead)


def said(answer):
    return answer.content.decode()


def test_a_colleague_s_draft_is_read_beside_mine_and_stays(
    signed_in, cast, page, theirs
):
    worker = signed_in("worker")
    shown = said(worker.get(page))
    assert f"{cast.team_lead} is writing here too, since" in shown
    assert "She bakes on Sundays" in shown
    assert "She bakes on Sundays</textarea>" not in shown
    worker.post(f"{page}save/", {"words": "She sings", "revision": "0"})
    theirs.refresh_from_db()
    assert "bakes" in theirs.content
    assert Draft.objects.get(writer=cast.worker).revision == 1


def test_who_is_alone_sees_nobody(signed_in, page):
    assert "here too" not in said(signed_in("worker").get(page))


def test_what_was_kept_some_time_ago_was_written(signed_in, cast, page, theirs):
    long_ago = timezone.now() - dt.timedelta(hours=2)
    Draft.objects.filter(pk=theirs.pk).update(saved_at=long_ago)
    shown = said(signed_in("worker").get(page))
    assert f"{cast.team_lead} wrote here too, last on" in shown
    assert "is writing here too" not in shown


def test_it_appears_at_a_pause_and_is_put_in_again_only_where_it_is_new(
    signed_in, page, theirs
):
    near, worker = f"{page}near/", signed_in("worker")
    first = said(worker.post(near, {"words": "x", "others": ""}, headers=HX))
    assert SWAPPED in first
    assert "She bakes on Sundays" in first
    known = {"words": "x", "others": theirs.saved_at.isoformat()}
    assert "writing-too" not in said(worker.post(near, known, headers=HX))


def test_an_earlier_version_says_who_wrote_it(signed_in, cast, page, talk, theirs):
    conversations.cut(talk, by=cast.team_lead, why=conversations.WhyCut.PAUSE)
    assert f"{cast.team_lead}, at a pause" in said(signed_in("worker").get(page))
