"""Round the clock, on the made-up directory in the real borough."""

import csv
import html
import io
import json

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
    assert "by straight line lengthened to a walk" in page
    nights = page.split("When nobody is there")[1].split("</ul>")[0]
    assert "before 5am" in nights or "before 6am" in nights
    assert page.count("People who have not") == 1 and "Where most of" not in page
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
    there = {"place": "leigh", "day": "6", "hour": "20"}
    leigh = director.get("/board/cover/", there).content.decode()
    assert "Sunday at 8pm" in leigh and "Where most of the others live" in leigh
    data = leigh.split('id="streets-map-data">')[1].split("</script>")[0]
    dots = json.loads(data)["places"]
    assert 12 < len(dots) <= 600
    assert all(dot["title"].startswith(("WN", "M")) for dot in dots)
    both = director.get("/board/cover/", there | {"closed": worst}).content.decode()
    assert "Sunday at 8pm" in both and 'id="lost-map"' in both
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
