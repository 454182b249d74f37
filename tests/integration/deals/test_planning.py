"""The plan: who is in it, what it proposes, and what it never does."""

import datetime as dt

import pytest

from thedeal.community.models import Contact
from thedeal.deals import free, jobs
from thedeal.deals import planning as pure
from thedeal.deals.actions import introductions, planning
from thedeal.deals.models import Introduction, NewGroup, Plan, Proposal
from thedeal.deals.selectors import fitting
from thedeal.deals.selectors import planning as reading
from thedeal.deals.states import Begun, Proposed
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.models import Letter
from thedeal.partners.models import Authority, Team
from thedeal.places.models import Neighbourhood
from thedeal.residents.actions import gifts, people, sharing
from thedeal.residents.models import SharingChoice
from thedeal.residents.states import Whereabouts

DOOR = "WN7 1AB"
HOURS = "Wed 13:00-16:00"


@pytest.fixture
def team(full_borough, cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def met(cast, team):
    """Give somebody new with a wish: ``met("Joan", "To sing again")``."""

    def meet(called, wish="To sing with other people again", *, hours=HOURS, **about):
        about = {"postcode": DOOR, "free_when": hours} | about
        person = people.meet(team=team, by=cast.worker, called=called, **about)
        if wish:
            gifts.say_wish(
                person, kind="want", words=wish, by=cast.worker, is_confirmed=True
            )
        return person

    return meet


def make(team, **more):
    return planning.make(team.authority_id, **more)


def proposed(person):
    return Proposal.objects.filter(person=person, activity__isnull=False).first()


def test_somebody_is_proposed_what_they_said_with_reasons(met, team):
    joan = met("Joan", hours="")
    plan = make(team)
    proposal = proposed(joan)
    assert (plan.people, plan.placed) == (1, 1)
    assert "sing" in proposal.activity.name.lower()
    assert "minutes' walk" in proposal.reasons
    assert not Introduction.objects.exists()
    assert not Letter.objects.filter(person_id=joan.pk).exists()


def test_who_walks_only_a_little_is_proposed_only_what_is_a_little_way(met, team):
    usual, little = met("Joan", hours=""), met("Edna", hours="", helps=["short_walk"])
    far = fitting.near(usual, words="", how_many=100)
    near = fitting.near(little, words="", how_many=100)

    def walks(found):
        told = found.answer.matches
        return {m.key: m.walk_minutes for m in told if m.walk_minutes is not None}

    assert walks(near) and max(walks(near).values()) <= 10 < max(walks(far).values())
    for key in walks(near).keys() & walks(far).keys():
        assert walks(near)[key] > 1.5 * walks(far)[key]  # the same way, at 0.8 m/s


def test_nobody_is_sent_where_there_is_no_room(met, team):
    for number in range(8):
        met(f"Singer {number}", hours="")
    make(team)
    taken = Proposal.objects.filter(activity__isnull=False)
    each = [row.activity_id for row in taken]
    assert max(each.count(one) for one in each) <= 3


def test_who_is_left_out_is_left_out(met, team, cast):
    met("Unsaid", wish="")
    met("Young", is_under_18=True)
    met("Leave me be", likes_contact_by="none")
    met("Nowhere", postcode="")
    refuser = met("No thanks")
    sharing.choose(
        refuser,
        organisation=team.organisation,
        purpose=SharingChoice.Purpose.INTRODUCTION,
        may=False,
        by=cast.worker,
    )
    heard = met("Only heard", wish="")
    gifts.say_wish(heard, kind="want", words="To sing", by=cast.worker)
    away = met("Away")
    people.stop_everything(away, reason=Whereabouts.IN_HOSPITAL, by=cast.worker)
    assert list(reading.open_to_suggestions(team.authority_id)) == []
    assert make(team).people == 0


def test_what_was_left_is_not_proposed_again_and_what_waited_lapses(met, team, cast):
    joan, ann = met("Joan", hours=""), met("Ann", hours="")
    make(team)
    left = planning.leave(proposed(joan), by=cast.worker).activity_id
    first = proposed(ann)
    make(team)
    first.refresh_from_db()
    assert first.state == Proposed.LAPSED.value
    again = Proposal.objects.filter(person=joan, state=Proposed.WAITING.value)
    assert left not in {row.activity_id for row in again}
    with pytest.raises(UserFacingError, match="decided already"):
        planning.take(first, by=cast.worker)


def test_who_says_no_since_is_on_no_desk(met, team, cast):
    joan = met("Joan", hours="")
    make(team)
    assert reading.waiting_for(cast.worker).exists()
    sharing.choose(
        joan,
        organisation=team.organisation,
        purpose=SharingChoice.Purpose.INTRODUCTION,
        may=False,
        by=cast.worker,
    )
    assert not reading.waiting_for(cast.worker).exists()


def test_a_plan_of_one_neighbourhood_is_of_its_people(met, team):
    met("Joan")
    elsewhere = Neighbourhood.objects.exclude(name="Leigh").first()
    assert make(team, neighbourhood=elsewhere).people == 0
    leigh = reading.neighbourhood_named("lei", authority_id=team.authority_id)
    assert make(team, neighbourhood=leigh).people == 1
    with pytest.raises(UserFacingError, match="There are: Ashton"):
        reading.neighbourhood_named("Narnia", authority_id=team.authority_id)


@pytest.fixture
def seven(met):
    """Give seven people near one another with cameras and the same free afternoon."""
    words = "To get my camera out again"
    return [met(f"Neighbour {n}", words) for n in range(7)]


def test_a_group_that_should_be_there_is_proposed_dated_and_kept(seven, team, clock):
    make(team)
    group = NewGroup.objects.get()
    assert (group.interest, group.people) == ("photography", 7)
    assert group.hour in {2 * 24 + hour for hour in (13, 14, 15)}
    assert group.first_on == dt.date(2026, 12, 9)
    assert group.venue is not None
    who = {row.person for row in group.proposals.all()}
    assert who == set(seven)


def test_five_are_too_few_and_who_has_not_said_when_is_in_none(met, team):
    for number in range(5):
        met(f"Neighbour {number}", "To get my camera out again")
    met("Whenever", "To get my camera out again", hours="")
    make(team)
    assert not NewGroup.objects.exists()


def test_what_people_say_is_counted_and_what_came_of_it_is_kept(seven, team, cast):
    make(team)
    group = NewGroup.objects.get()
    for number, proposal in enumerate(group.proposals.all()[:5]):
        planning.they_said(proposal, yes=number < 4, by=cast.worker)
    group.refresh_from_db()
    assert (group.asked, group.said_yes, group.state) == (5, 4, Begun.ASKING.value)
    with pytest.raises(UserFacingError, match="Say why it did not start"):
        planning.came_of(group, started=False, by=cast.neighbourhood_lead)
    why = "The room was let to somebody else."
    planning.came_of(group, started=False, why=why, by=cast.neighbourhood_lead)
    assert not reading.waiting_for(cast.worker).exists()
    with pytest.raises(UserFacingError, match="written down already"):
        planning.came_of(group, started=True, by=cast.neighbourhood_lead)
    make(team)
    assert not NewGroup.objects.filter(
        venue=group.venue, interest=group.interest, state=Begun.PROPOSED.value
    ).exists()


def test_a_group_being_asked_for_is_left_in_peace_by_the_next_plan(seven, team, cast):
    make(team)
    group = NewGroup.objects.get()
    asked, *others = group.proposals.all()
    planning.they_said(asked, yes=True, by=cast.worker)
    make(team)
    group.refresh_from_db()
    assert group.state == Begun.ASKING.value
    others[0].refresh_from_db()
    assert others[0].state == Proposed.WAITING.value
    assert NewGroup.objects.count() == 1, "nobody is proposed the same twice"


def test_only_who_is_beside_somebody_decides_and_only_a_lead_says_what_came(
    seven, team, cast
):
    make(team)
    group = NewGroup.objects.get()
    proposal = group.proposals.first()
    for act in (planning.leave, planning.take):
        with pytest.raises(NotAllowedError):
            act(proposal, by=cast.other_team)
    with pytest.raises(NotAllowedError):
        planning.they_said(proposal, yes=True, by=cast.other_authority)
    with pytest.raises(NotAllowedError):
        planning.came_of(group, started=True, by=cast.worker)
    with pytest.raises(UserFacingError, match="would like a group"):
        planning.take(proposal, by=cast.worker)


def test_who_waits_for_an_answer_is_in_no_plan(met, team, cast):
    joan = met("Joan", hours="")
    make(team)
    proposal = planning.take(proposed(joan), by=cast.worker)
    with pytest.raises(UserFacingError, match="there is such a group"):
        planning.they_said(proposal, yes=True, by=cast.worker)
    group = proposal.activity.group
    Contact.objects.filter(group=group).update(email="singers@example.org")
    introductions.introduce(
        joan,
        team=team,
        group=group,
        activity=proposal.activity,
        by=cast.worker,
        first_name="Joan",
        says="",
        they_said_yes=True,
    )
    assert make(team).people == 0


def test_the_week_s_job_makes_each_authority_s_plan(met, team):
    joan = met("Joan", hours="")
    assert jobs.make_plans() == Authority.objects.count()
    assert proposed(joan) is not None
    assert Plan.objects.filter(authority=team.authority).count() == 1


def test_hours_that_cannot_be_read_are_not_known(met, team):
    met("Joan", hours="when the cat lets me")
    make(team)
    assert Plan.objects.get().people == 1
    with pytest.raises(UserFacingError, match="Write it like"):
        free.read("Blursday 25")
    assert free.read(" ") is None


@pytest.mark.parametrize(
    ("week", "hour", "is_open"),
    [
        (None, 13, True),
        (None, 8, False),
        ({"mon": [["09:00", "12:00"]]}, 10, True),
        ({"mon": [["09:00", "12:00"]]}, 13, False),
        ({"mon": None}, 10, False),
        ({}, 10, False),
    ],
)
def test_a_hub_is_used_in_its_own_hours_by_day(week, hour, is_open):
    assert bool(pure.open_in(week)[hour]) is is_open
