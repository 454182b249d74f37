"""Round the clock, on the made-up directory in the real borough."""

import csv
import html
import io

import pytest

from thedeal.community.selectors.covering import covered
from thedeal.lib.errors import UserFacingError

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def director(full_borough, cast, signed_in):
    return signed_in("director")


def test_the_week_what_if_and_the_file(director):
    page = director.get("/board/cover/").content.decode()
    assert "of people in the borough have something on" in page
    now = covered()
    assert 320_000 < now.doorsteps.people.sum() < 340_000
    worst = max(
        range(len(now.places)), key=lambda v: now.cover.if_closed(v).total_people
    )
    closed = director.get(f"/board/cover/?closed={worst}").content.decode()
    assert f"if {now.places[worst]} closed" in html.unescape(closed)
    opened = director.get(
        "/board/cover/", {"postcode": "WN7 1AB", "hours": "every day 2:00-4:00"}
    ).content.decode()
    assert "would gain something" in opened
    text = director.get("/board/cover.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 7 * 168
    assert all(0 <= float(row["share of people covered"]) <= 1 for row in rows)
    with pytest.raises(UserFacingError, match="could not read"):
        now.if_opened(53.5, -2.5, when="whenever it suits")
    wrong = {"postcode": "ZZ99 9ZZ", "hours": "whenever"}
    assert (
        "something to put right"
        in director.get("/board/cover/", wrong).content.decode()
    )


def test_a_stranger_to_the_council_sees_no_cover(signed_in):
    assert signed_in("organiser").get("/board/cover/").status_code == 403
