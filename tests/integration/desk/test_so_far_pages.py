"""What has come of it with somebody: who went, how it was, done, and a note moved."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import listings
from thedeal.audit.models import Entry
from thedeal.deals import jobs
from thedeal.deals.actions import conversations, follow_ups, introductions
from thedeal.deals.models import FieldNote, FollowUp, Introduction, NextStep, Signpost
from thedeal.deals.selectors import fitting
from thedeal.deals.states import Asked, Introduced, Next
from thedeal.partners.models import Team
from thedeal.residents.actions import people


@pytest.fixture
def team(cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def joan(cast, team):
    return people.meet(
        team=team, by=cast.worker, called="Joan", email="joan@example.org"
    )


@pytest.fixture
def talk(cast, team, joan):
    return conversations.start(joan, team=team, by=cast.worker)


@pytest.fixture
def knitters(team):
    return listings.group(team.authority)


@pytest.fixture
def introduced(cast, team, joan, knitters):
    return introductions.introduce(
        joan,
        team=team,
        group=knitters,
        activity=knitters.activities.get(),
        first_name="Joan",
        says="I knitted for forty years.",
        they_said_yes=True,
        by=cast.worker,
    )


@pytest.fixture
def worker(signed_in):
    return signed_in("worker")


def text(answer):
    """Give what a page says: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said_yes(introduced, cast):
    introductions.answer(introduced, state=Introduced.YES, by=cast.worker)
    return follow_ups.plan_for_introduction(introduced)


def test_somebody_who_went_and_settled_is_celebrated(worker, cast, introduced, joan):
    said_yes(introduced, cast)
    door = f"/desk/introductions/{introduced.pk}/"
    worker.post(door, {"do": "went"})
    page = text(worker.post(door, {"do": "settled"}, follow=True))
    assert "Joan belongs there now" in page
    assert Introduction.objects.get().settled_at is not None
    assert "Settled there" in text(worker.get("/desk/"))


def test_an_odd_thing_to_do_is_not_there(worker, introduced):
    answer = worker.post(f"/desk/introductions/{introduced.pk}/", {"do": "explode"})
    assert answer.status_code == 404


def test_what_somebody_said_on_the_phone_is_kept_as_their_taps_are(
    worker, cast, introduced
):
    said_yes(introduced, cast)
    first = FollowUp.objects.order_by("due_on").first()
    heard = {"how": "mattered", "words": "They saved me a seat."}
    worker.post(f"/desk/how-it-went/{first.pk}/", heard)
    first.refresh_from_db()
    assert (first.state, first.went) == (Asked.ANSWERED.value, "yes")
    assert Introduction.objects.get().state == Introduced.WENT.value
    again = worker.post(f"/desk/how-it-went/{first.pk}/", heard)
    assert "already answered" in text(again)


def test_what_was_not_for_them_is_left_out_of_the_next_match(
    worker, cast, introduced, joan
):
    said_yes(introduced, cast)
    row = FollowUp.objects.order_by("due_on").first()
    worker.post(f"/desk/how-it-went/{row.pk}/", {"how": "no difference"})
    jobs.after_follow_up(str(row.pk))
    jobs.after_follow_up(str(row.pk))
    (refused,) = fitting.standing(joan).refused
    assert (refused.activity, refused.why) == (introduced.activity, "not my sort")


def test_what_mattered_stands_beside_what_fits_until_it_is_taken_back(
    worker, cast, introduced, joan, talk
):
    said_yes(introduced, cast)
    row = FollowUp.objects.order_by("due_on").first()
    worker.post(f"/desk/how-it-went/{row.pk}/", {"how": "mattered"})
    jobs.after_follow_up(str(row.pk))
    jobs.after_follow_up(str(row.pk))
    (mattered,) = fitting.standing(joan).mattered
    assert mattered.activity == introduced.activity
    page = text(worker.get(f"/desk/talks/{talk.pk}/"))
    assert "It mattered to them: what is like it stands higher." in page
    worker.post(f"/desk/talks/{talk.pk}/fit/", {"take_back": mattered.pk})
    jobs.after_follow_up(str(row.pk))  # taken back stays taken back
    assert fitting.standing(joan).mattered == []


def test_a_next_step_is_done_and_leaves_the_desk(worker, cast, talk, joan):
    conversations.finish(
        talk,
        by=cast.worker,
        next_step=Next.RING_WHEN_READY,
        chosen_by_them=True,
    )
    assert "they ring when they are ready" in text(worker.get("/desk/"))
    step = NextStep.objects.get()
    worker.post(f"/desk/steps/{step.pk}/done/")
    assert "they ring when" not in text(worker.get("/desk/"))


def test_a_note_on_the_wrong_person_moves_and_both_trails_show_it(
    worker, cast, team, talk, joan
):
    note = conversations.write_note(
        talk,
        by=cast.worker,
        saw_heard="A spotless kitchen.",
        exact_words="I can still bake.",
        felt="She is tired of being helped.",
    )
    bill = people.meet(team=team, by=cast.worker, called="Bill")
    page = text(worker.get(f"/desk/people/{joan.pk}/so-far/"))
    for part in ("I can still bake.", "A spotless kitchen.", "Felt or assumed"):
        assert part in page
    worker.post(f"/desk/notes/{note.pk}/move/", {"person": bill.pk})
    moved = FieldNote.objects.get()
    assert (moved.person, moved.exact_words) == (bill, "I can still bake.")
    trails = Entry.objects.filter(action="deals.note_moved")
    assert {entry.person_id for entry in trails} == {joan.pk, bill.pk}
    assert "still bake" not in text(worker.get(f"/desk/people/{joan.pk}/so-far/"))
    assert "moved here" in text(worker.get(f"/desk/people/{bill.pk}/so-far/"))


def test_a_number_taken_away_tells_nobody(worker, joan, knitters):
    activity = knitters.activities.get()
    worker.post(f"/desk/people/{joan.pk}/signpost/{activity.pk}/")
    assert Signpost.objects.get().person == joan
    assert knitters.name in text(worker.get(f"/desk/people/{joan.pk}/so-far/"))
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("who", ["other_team", "other_authority", "director"])
def test_to_a_stranger_none_of_it_is_there(signed_in, cast, introduced, talk, who):
    said_yes(introduced, cast)
    note = conversations.write_note(talk, by=cast.worker, felt="Tired.")
    client = signed_in(who)
    gone = {403, 404}
    assert client.get(f"/desk/people/{talk.person_id}/so-far/").status_code in gone
    assert client.get(f"/desk/notes/{note.pk}/move/").status_code in gone
    follow_up = FollowUp.objects.first()
    assert client.get(f"/desk/how-it-went/{follow_up.pk}/").status_code in gone
    door = f"/desk/introductions/{introduced.pk}/"
    assert client.post(door, {"do": "went"}).status_code in gone


def test_however_much_there_is_the_page_asks_the_same(
    worker, cast, team, talk, introduced, joan
):
    said_yes(introduced, cast)
    address = f"/desk/people/{joan.pk}/so-far/"
    counts = []
    for words in ("One.", "Two.", "Three."):
        conversations.write_note(talk, by=cast.worker, saw_heard=words)
        conversations.start(joan, team=team, by=cast.worker)
        with CaptureQueriesContext(connection) as asked:
            worker.get(address)
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 40


def test_whoever_reads_it_is_seen_by_the_person(signed_in, cast, joan, talk):
    """A guardian may read all of a life, and a colleague a talk: neither unseen."""
    looks = Entry.objects.filter(kind=Entry.Kind.LOOK, person_id=joan.pk)
    guardian, lead = signed_in("caldicott_guardian"), signed_in("team_lead")
    assert guardian.get(f"/desk/people/{joan.pk}/so-far/").status_code == 200
    assert looks.latest("seq").actor_id == cast.grace.pk
    assert lead.get(f"/desk/talks/{talk.pk}/").status_code == 200
    assert looks.latest("seq").actor_id == cast.tom.pk
    signed_in("worker").get(f"/desk/talks/{talk.pk}/")
    assert looks.count() == 2
