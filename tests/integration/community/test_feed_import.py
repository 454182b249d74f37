"""``./deal feed import``: taken again it changes nothing, and what we were told stays."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.factories.cast import Cast
from thedeal.community.actions import listings
from thedeal.community.facts import GroupFacts
from thedeal.community.models import (
    Activity,
    Contact,
    Document,
    FeedRun,
    Group,
    Source,
)
from thedeal.community.selectors import stored

DATA = Path(__file__).parents[2] / "data" / "openreferral"
TUESDAY = {
    "freq": "WEEKLY",
    "byday": "TU",
    "opens_at": "10:30",
    "closes_at": "12:00",
}


def service(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Give one made-up service of St Mary's Hall."""
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "name": f"Table {number}",
        "description": "Bring what is on your needles.",
        "status": "active",
        "last_modified": "2026-11-01T09:00:00Z",
        "assured_date": "2026-11-01",
        "schedules": [TUESDAY],
        "organization": {"id": "hall", "name": "St Mary's Hall", "description": "-"},
        "contacts": [{"name": "Jean", "phones": [{"number": "01632 960000"}]}],
        **changes,
    }


@pytest.fixture
def take(cast: Cast, tmp_path: Path) -> Any:
    """Give what importing these services says, as JSON."""

    def taken(*services: Any, **options: Any) -> dict[str, Any]:
        path = tmp_path / "hall.json"
        path.write_text(json.dumps({"contents": services}), encoding="utf-8")
        out = StringIO()
        call_command("feed", "import", str(path), "--json", stdout=out, **options)
        found: dict[str, Any] = json.loads(out.getvalue())
        return found

    return taken


def tallied(found: dict[str, Any]) -> dict[str, int]:
    """Give the counts that are not nought."""
    names = ("read", "added", "changed", "unchanged", "ended", "missing", "left out")
    return {name: found[name] for name in names if found[name]}


def test_a_feed_becomes_listings_with_their_document(take):
    assert tallied(take(service(1), service(2))) == {"read": 2, "added": 2}
    group = Group.objects.get(source_ref="hall")
    assert [a.name for a in group.activities.all()] == ["Table 1", "Table 2"]
    assert group.contact_phone == "01632 960000"
    session = group.activities.first().sessions.get()
    assert (session.rule, session.minutes) == ("FREQ=WEEKLY;BYDAY=TU", 90)
    kept = Document.objects.get(source_ref=service(1)["id"])
    assert kept.body == service(1)
    run = FeedRun.objects.get()
    assert run.counts["added"] == 2 and run.is_complete


def test_every_field_knows_where_it_is_from(take):
    take(service())
    activity = Activity.objects.get(name="Table 1")
    for name in ("name", "description", "spot", "sessions", "themes", "access"):
        note = activity.provenance[name]
        assert note["source"] == "hall" and note["document"]
    assert activity.group.provenance["contact"]["source"] == "hall"


def test_the_same_feed_again_changes_nothing(take):
    take(service(1), service(2))
    before = list(Activity.objects.order_by("pk").values())
    versions = Group.objects.get(source_ref="hall").versions.count()
    assert tallied(take(service(1), service(2))) == {"read": 2, "unchanged": 2}
    assert list(Activity.objects.order_by("pk").values()) == before
    assert Group.objects.get(source_ref="hall").versions.count() == versions


def test_a_dry_run_says_the_same_and_writes_nothing(take):
    found = take(service(1), dry_run=True)
    assert tallied(found) == {"read": 1, "added": 1}
    assert found["records"][0]["record"] == "record 1: Table 1"
    assert not Group.objects.filter(source_ref="hall").exists()
    assert not Document.objects.exists() and not FeedRun.objects.exists()
    assert not Source.objects.filter(key="hall").exists()


def test_what_changed_is_changed_and_named(take):
    take(service(1), service(2))
    found = take(service(1, description="Bring nothing."), service(2))
    assert tallied(found) == {"read": 2, "changed": 1, "unchanged": 1}
    assert found["records"] == [
        {
            "record": "record 1: Table 1",
            "became": "changed",
            "detail": "Table 1: description",
        }
    ]
    assert Activity.objects.get(name="Table 1").description == "Bring nothing."


def test_what_is_gone_from_a_whole_file_has_ended_and_may_come_back(take):
    take(service(1), service(2))
    assert tallied(take(service(1))) == {"read": 1, "unchanged": 1, "ended": 1}
    assert Activity.objects.get(name="Table 2").state == "ended"
    take(service(1), service(2, description="Back again."))
    assert Activity.objects.get(name="Table 2").state == "live"


def test_what_came_back_unchanged_is_live_again(take):
    take(service(1), service(2))
    take(service(1))
    take(service(1), service(2))
    assert Activity.objects.get(name="Table 2").state == "live"


def test_an_empty_feed_ends_nothing(take):
    take(service(1))
    assert tallied(take()) == {}
    assert Activity.objects.get(name="Table 1").state == "live"


def test_more_than_half_gone_at_once_ends_nothing(take):
    take(*(service(n) for n in range(30)))
    found = take(service(1), service(2))
    assert tallied(found) == {"read": 2, "unchanged": 2, "missing": 28}
    kinds = [o["kind"] for o in found["oddities"]]
    assert "not ended, too many" in kinds


def test_a_status_that_says_it_is_over_ends_it(take):
    take(service(1), service(2))
    found = take(service(1), service(2, status="defunct"))
    assert tallied(found) == {"read": 2, "unchanged": 1, "ended": 1}
    assert Activity.objects.get(name="Table 2").state == "ended"


def test_what_is_closed_for_a_while_rests_and_comes_back(take):
    take(service(1, status="temporarily closed"))
    assert Activity.objects.get(name="Table 1").state == "paused"
    take(service(1))
    assert Activity.objects.get(name="Table 1").state == "live"


def test_what_the_group_said_since_is_never_overwritten(take, cast):
    take(service(1))
    group = Group.objects.get(source_ref="hall")
    said = stored.of(group).stored() | {"what": "Ours to say."}
    said["activities"][0]["description"] = "Jean meets you at the door."
    listings.change(
        group=group, facts=GroupFacts.read(said), by=None, how=listings.THE_GROUP
    )
    found = take(service(1, description="An old text.", minimum_age=50))
    activity = Activity.objects.get(name="Table 1")
    assert activity.description == "Jean meets you at the door."
    assert activity.min_age is None
    kinds = {o["kind"]: o["count"] for o in found["oddities"]}
    assert kinds["kept what was said here"] == 2


def test_what_the_feed_says_later_still_is_taken(take, cast):
    with time_machine.travel(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)):
        take(service(1))
        group = Group.objects.get(source_ref="hall")
        listings.check(group=group, by=None, how=listings.THE_GROUP)
    take(service(1, description="New.", last_modified="2026-11-20T09:00:00Z"))
    assert Activity.objects.get(name="Table 1").description == "New."


def test_what_the_team_put_right_stays_while_the_feed_says_the_same(take, cast):
    take(service(1))
    group = Group.objects.get(source_ref="hall")
    said = stored.of(group).stored()
    said["activities"][0]["description"] = "Put right by the team."
    listings.change(
        group=group, facts=GroupFacts.read(said), by=None, how=listings.THE_TEAM
    )
    take(service(1, name="Table One"))
    activity = Activity.objects.get(name="Table One")
    assert activity.description == "Put right by the team."


def test_what_the_group_added_itself_stays(take, cast):
    take(service(1))
    group = Group.objects.get(source_ref="hall")
    said = stored.of(group).stored()
    said["activities"].append({"name": "Choir", "timing": "by arrangement"})
    listings.change(
        group=group, facts=GroupFacts.read(said), by=None, how=listings.THE_GROUP
    )
    take(service(1, last_modified="2027-01-01T00:00:00Z", description="New."))
    states = dict(group.activities.values_list("name", "state"))
    assert states == {"Table 1": "live", "Choir": "live"}


def test_a_group_that_asked_not_to_be_listed_stays_out(take, cast):
    take(service(1))
    listings.withdraw(
        group=Group.objects.get(source_ref="hall"), by=None, reason="they asked"
    )
    found = take(service(1, description="New."))
    assert tallied(found) == {"read": 1, "left out": 1}
    assert "withdrawn here" in [o["kind"] for o in found["oddities"]]
    Group.objects.filter(source_ref="hall").update(source_ref="other")
    assert tallied(take(service(3)))["left out"] == 1


def test_one_bad_record_never_stops_the_rest(take):
    found = take(service(1), None, {"name": ["x"]}, service(2))
    assert tallied(found) == {"read": 4, "added": 2, "left out": 2}


def test_a_contact_that_the_feed_took_back_is_taken_back(take):
    take(service(1))
    take(service(1, contacts=[], last_modified="2026-11-02T09:00:00Z"))
    assert Contact.objects.get(group__source_ref="hall").phone == ""
    assert Group.objects.get(source_ref="hall").contact_phone == ""


def test_a_refuge_is_blurred(take):
    place = {
        "location_type": "physical",
        "name": "Willow House",
        "latitude": 53.49751,
        "longitude": -2.51502,
        "addresses": [{"address_1": "9 Willow Row", "postal_code": "WN7 1AA"}],
    }
    take(
        service(
            1,
            description="A women's refuge.",
            service_at_locations=[{"id": "a", "location": place}],
        )
    )
    shown = Activity.objects.get(name="Table 1")
    assert (shown.postcode, shown.place_name, shown.address) == ("WN7", "", "")
    assert (shown.lat, shown.lon) == (53.5, -2.52)


def test_a_page_that_says_there_are_others_ends_nothing(take, tmp_path):
    take(service(1), service(2))
    path = tmp_path / "hall.json"
    page = {"contents": [service(1)], "total_pages": 7, "page_number": 1}
    path.write_text(json.dumps(page), encoding="utf-8")
    out = StringIO()
    call_command("feed", "import", str(path), stdout=out)
    assert "not the whole feed" in out.getvalue()
    assert Activity.objects.get(name="Table 2").state == "live"


def test_a_licence_is_never_assumed(take):
    take(service(1))
    assert not Source.objects.get(key="hall").may_republish
    with pytest.raises(CommandError, match="--licence"):
        take(service(1), may_republish=True)
    take(service(1), may_republish=True, licence="Open Government Licence v3.0")
    assert Source.objects.get(key="hall").may_republish


def test_what_is_not_there_is_said(cast):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("feed", "import", "no-such-file.json")
