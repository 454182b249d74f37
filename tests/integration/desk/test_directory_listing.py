"""One listing at the desk: rung, changed, brought back, filled, never listed again."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import listings as made
from thedeal.community.actions import claims, listings, unlisted
from thedeal.community.models import Claim, Group
from thedeal.messages.actions import ways_out
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
HERE = "/desk/directory/"
OSM = """<?xml version='1.0'?><osm version='0.6'>
<node id='1' version='1' lat='53.5' lon='-2.594'/>
<node id='2' version='1' lat='53.5036' lon='-2.594'/>
<way id='1' version='1'><nd ref='1'/><nd ref='2'/>
<tag k='highway' v='footway'/></way></osm>"""


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


@pytest.fixture
def group(council):
    return made.group(council)


def page_of(group: Group) -> str:
    return f"{HERE}groups/{group.pk}/"


def run_by(group: Group, user) -> Group:
    """Put a group into somebody's hands, by an editor's word."""
    claims.ask(group=group, name=user.display_name, email=user.email)
    claims.accept_by_word(claim=Claim.objects.get(group=group), by=None)
    group.refresh_from_db()
    return group


def test_freshness_is_a_number_a_leader_reads(signed_in, council):
    now = timezone.now()
    made.checked(made.group(council, "Fresh"), days_ago=10, now=now)
    made.checked(made.group(council, "Fresher"), days_ago=1, now=now)
    made.checked(made.group(council, "Waiting"), days_ago=80, now=now)
    made.checked(made.group(council, "Silent"), days_ago=130, now=now)
    for leader in ("director", "neighbourhood_lead", "councillor"):
        page = signed_in(leader).get(f"{HERE}freshness/").content.decode()
        assert "50%" in page
    assert "Silent</a>" not in page  # a councillor rings nobody


def test_what_no_path_leads_to_is_told_to_whoever_may_put_it_right(
    signed_in, council, settings, tmp_path
):
    settings.FILES = tmp_path / "files"
    for name, lat in (("By the path", 53.5036), ("In the wood", 53.52)):
        spot = {"name": "A hut", "lat": lat, "lon": -2.594}
        made.group(council, name, activities=[made.activity(name, spot=spot)])
    page = f"{HERE}freshness/"
    assert "no path leads" not in signed_in("worker").get(page).content.decode()
    extract = tmp_path / "town.osm"
    extract.write_text(OSM, encoding="utf-8")
    call_command("streets", "load", str(extract))
    told = signed_in("worker").get(page).content.decode()
    told = told[told.index("Where no path leads") : told.index("Groups to ring")]
    assert "In the wood" in told
    assert "By the path" not in told
    assert "no path leads" not in signed_in("councillor").get(page).content.decode()


def test_whom_to_ring_the_longest_unheard_first(signed_in, council):
    now = timezone.now()
    for name, days in (("Aa", 80), ("Bb", 150), ("Cc", 3)):
        made.checked(made.group(council, name), days_ago=days, now=now)
    page = signed_in("worker").get(f"{HERE}freshness/").content.decode()
    assert page.index("Bb</a>") < page.index("Aa</a>")
    assert "Cc</a>" not in page
    assert "01632 960000" in page


def test_a_worker_rings_and_answers(signed_in, cast, group):
    made.checked(group, days_ago=200, now=timezone.now())
    listings.drop(group=group)
    client = signed_in("worker")
    assert "01632 960000" in client.get(page_of(group)).content.decode()
    client.post(f"{page_of(group)}answer/", {"answer": "right"})
    group.refresh_from_db()
    assert group.state == "live"
    assert group.checked_how == "a worker"
    assert group.checked_by_id == cast.worker.pk
    assert timezone.now() - group.checked_at < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("answers", "state"),
    [(["resting"], "paused"), (["resting", "back"], "live"), (["stopped"], "ended")],
)
def test_answers_move_a_listing(signed_in, group, answers, state):
    client = signed_in("worker")
    for answer in answers:
        client.post(f"{page_of(group)}answer/", {"answer": answer})
    group.refresh_from_db()
    assert group.state == state


def test_a_group_that_asked_for_no_letters_may_be_written_to_again(
    signed_in, cast, group
):
    Group.objects.filter(pk=group.pk).update(asks_stopped_at=timezone.now())
    ways_out.opt_out("jean@knit.example", kind="community.check")
    client = signed_in("worker")
    assert "not to write and ask" in client.get(page_of(group)).content.decode()
    client.post(f"{page_of(group)}answer/", {"answer": "write"})
    group.refresh_from_db()
    assert group.asks_stopped_at is None
    assert not ways_out.is_taken("jean@knit.example", kind="community.check")
    again = client.post(f"{page_of(group)}answer/", {"answer": "write"})
    assert again.status_code == 404


def test_whoever_asked_for_no_message_at_all_is_not_written_to_by_a_worker_s_word(
    signed_in, group
):
    Group.objects.filter(pk=group.pk).update(asks_stopped_at=timezone.now())
    ways_out.opt_out("jean@knit.example")
    answered = {"answer": "write"}
    page = signed_in("worker").post(f"{page_of(group)}answer/", answered, follow=True)
    assert "asked never to be written to" in page.content.decode()
    group.refresh_from_db()
    assert group.asks_stopped_at is not None


def test_another_day_is_in_the_same_season(signed_in, council):
    rule = "FREQ=WEEKLY;BYDAY=TU;BYMONTH=3,4,5,6,7,8,9,10"
    times = [made.TUESDAYS | {"rule": rule, "is_term_time": True}]
    does = made.activity(timing="session", sessions=times)
    group = made.group(council, activities=[does])
    client = signed_in("directory_editor")
    typed = {
        "a0-every": "weekly",
        "a0-weekday": "3",
        "a0-starts": "10:30",
        "a0-ends": "12:00",
        "reason": "Jean rang.",
    }
    client.post(f"{page_of(group)}change/", typed)
    page = client.get(page_of(group)).content.decode()
    assert "Thursdays, March to October" in page
    screen = client.get(f"{page_of(group)}change/").content.decode()
    assert "Thursdays, March to October, 10:30am to midday, in term time" in screen


def test_an_answer_that_is_not_offered_is_refused(signed_in, group):
    done = signed_in("worker").post(f"{page_of(group)}answer/", {"answer": "back"})
    assert done.status_code == 404


def test_change_and_bring_back(signed_in, cast, group):
    client = signed_in("directory_editor")
    typed = {"a0-cost": "£3", "what": "Wool, and cake.", "reason": "Jean rang."}
    assert client.post(f"{page_of(group)}change/", typed).status_code == 302
    assert group.activities.get().cost_pence == 300
    page = client.get(f"{page_of(group)}history/").content.decode()
    assert "Tuesday table: Cost" in page
    assert "Wool, and cake." in page
    client.post(f"{page_of(group)}history/1/")
    group.refresh_from_db()
    assert group.what == "A few of us, some wool."
    assert group.activities.get().cost_pence == 50
    assert list(group.versions.values_list("number", flat=True)) == [1, 2, 3]


def test_who_said_so_is_kept(signed_in, group):
    client = signed_in("directory_editor")
    client.post(f"{page_of(group)}change/", {"what": "One."})
    group.refresh_from_db()
    assert not group.provenance["what"]["confirmed"]
    client.post(f"{page_of(group)}change/", {"what": "Two.", "was_told": "on"})
    group.refresh_from_db()
    assert group.provenance["what"]["confirmed"]
    signed_in("worker").post(f"{page_of(group)}change/", {"what": "Three."})
    group.refresh_from_db()
    assert group.provenance["what"]["confirmed"]
    assert group.checked_how == "a worker"


def test_nothing_typed_is_lost_on_an_error(signed_in, group):
    typed = {
        "what": "A sentence I typed",
        "a0-every": "weekly",
        "a0-weekday": "3",
        "a0-starts": "teatime",
        "a0-ends": "supper",
        "contact-phone": "01632 960111",
    }
    page = signed_in("worker").post(f"{page_of(group)}change/", typed)
    shown = page.content.decode()
    assert "Write times like" in shown
    for words in ("A sentence I typed", "teatime", "supper", "01632 960111"):
        assert words in shown


def test_say_whether_there_is_room(signed_in, group):
    activity = group.activities.get()
    address = f"{page_of(group)}room/{activity.pk}/"
    typed = {"capacity": "full", "words": "Full until March"}
    assert signed_in("worker").post(address, typed).status_code == 302
    activity.refresh_from_db()
    assert activity.capacity == "full"
    assert (
        "Full until March" in signed_in("worker").get(page_of(group)).content.decode()
    )


def test_a_new_word_on_room_is_shown_whatever_was_said_before(signed_in, group):
    activity = group.activities.get()
    group.activities.update(capacity="full", capacity_until="2026-03-01")
    address = f"{page_of(group)}room/{activity.pk}/"
    client = signed_in("worker")
    assert client.post(address, {"capacity": "room", "places": 2}).status_code == 302
    assert "Room for 2" in client.get(page_of(group)).content.decode()
    day = {"until_day": "24", "until_month": "12", "until_year": "2026"}
    client.post(address, {"capacity": "full", **day})
    shown = client.get(page_of(group)).content.decode()
    assert "Full just now, until 24 December" in shown
    over = client.post(address, {"capacity": "full", **day, "until_year": "2025"})
    assert "still to come" in over.content.decode()


def test_an_administrator_sets_the_days_and_everybody_reads_them(signed_in, council):
    made.group(council)
    client = signed_in("administrator")
    address = "/desk/words/community.letter_days/"
    assert address in client.get("/desk/words/").content.decode()
    odd = client.post(address, {"text": "105, 75"})
    assert "Write days in order" in odd.content.decode()
    assert client.post(address, {"text": "60, 80"}).status_code == 302
    page = signed_in("directory_editor").get(f"{HERE}freshness/").content.decode()
    assert "after 60, 80 days" in page
    assert signed_in("directory_editor").get(address).status_code == 404


def test_do_not_list_us_is_for_ever(signed_in, council, group):
    client = signed_in("directory_editor")
    client.post(f"{page_of(group)}unlist/", {"reason": "Jean, on the phone today"})
    group.refresh_from_db()
    assert group.state == "withdrawn"
    assert unlisted.is_unlisted(council, made.facts())
    shown = client.get(page_of(group)).content.decode()
    assert "01632 960000" not in shown
    assert client.get(f"{page_of(group)}change/").status_code == 404


def test_an_organiser_runs_their_own_and_no_other(signed_in, cast, council, group):
    run_by(group, cast.organiser)
    cast.organiser.refresh_from_db()  # a new membership ends older sessions
    other = made.group(council, "Not Bev's")
    client = signed_in("organiser")
    assert "Knit and Natter" in client.get(f"{HERE}mine/").content.decode()
    client.post(f"{page_of(group)}change/", {"what": "Ours."})
    group.refresh_from_db()
    assert group.what == "Ours."
    assert group.checked_how == "the group"
    assert client.get(page_of(other)).status_code == 404
    assert client.post(f"{page_of(other)}change/", {"what": "x"}).status_code == 404
    assert client.get(f"{HERE}listings/").status_code == 404


@pytest.mark.parametrize("who", ["other_authority", "resident", "director", "auditor"])
def test_others_change_nothing(signed_in, group, who):
    client = signed_in(who)
    for part in ("", "change/", "unlist/", "history/"):
        assert client.get(page_of(group) + part).status_code == 404
    client.post(f"{page_of(group)}answer/", {"answer": "stopped"})
    client.post(f"{page_of(group)}history/1/")
    group.refresh_from_db()
    assert group.state == "live"


def test_listings_are_found_by_a_part_of_a_name(signed_in, council, group):
    made.group(council, "Bench Lads")
    page = signed_in("worker").get(f"{HERE}listings/?q=natter").content.decode()
    assert "Knit and Natter" in page
    assert "Bench Lads" not in page
    page = signed_in("worker").get(f"{HERE}listings/?state=ended").content.decode()
    assert "No listing like that" in page
