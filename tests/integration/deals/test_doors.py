"""The law's doors: always open, told, receipted, chased; a refusal as section 11 says."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from thedeal.accounts.models import User
from thedeal.deals import jobs
from thedeal.deals.actions import door_places, doors
from thedeal.deals.models import DoorHappening, LawDoor
from thedeal.deals.selectors import desk
from thedeal.deals.states import Door, DoorState
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.actions import taps
from thedeal.messages.models import Letter
from thedeal.residents.actions import alongside
from thedeal.residents.models import OwnPage
from thedeal.residents.states import WhyEnded

DAY = dt.timedelta(days=1)


@pytest.fixture
def front_door(cast, team):
    """Give whom the council named for needs assessments."""
    return door_places.name(
        team.authority,
        door=Door.NEEDS,
        by=cast.administrator,
        name="Adult social care front door",
        email="front.door@example.org",
        phone="01632 960111",
    )


@pytest.fixture
def asked(clock, cast, joan, front_door):
    """Give a request for Joan that has been told."""
    request = doors.open_door(joan, door=Door.NEEDS, by=cast.amina)
    jobs.tell_door(str(request.pk))
    request.refresh_from_db()
    return request


def letters(kind):
    return list(Letter.objects.filter(kind=f"deals.{kind}").order_by("created_at"))


def steps(request):
    rows = DoorHappening.objects.filter(request=request).order_by("created_at")
    return list(rows.values_list("step", flat=True))


@pytest.mark.parametrize("door", list(Door))
def test_each_door_opens_with_nothing_but_a_tap(cast, joan, door):
    request = doors.open_door(joan, door=door, by=cast.amina)
    assert request.state == DoorState.ASKED.value


def test_who_was_told_and_when_is_kept(asked):
    (letter,) = letters("door")
    assert letter.to == "front.door@example.org"
    assert letter.urgent
    assert "Joan" not in letter.subject + letter.body
    row = DoorHappening.objects.get(request=asked)
    assert row.who == "Adult social care front door, 01632 960111"


def test_telling_twice_tells_once(asked):
    jobs.tell_door(str(asked.pk))
    assert len(letters("door")) == 1


def test_it_opens_though_nobody_was_named_and_who_must_ring_is_told(cast, joan):
    request = doors.open_door(joan, door=Door.SAFEGUARDING, by=cast.amina)
    jobs.tell_door(str(request.pk))
    told = letters("door_unnamed")
    assert {letter.user_id for letter in told} == {cast.amina.pk, cast.grace.pk}
    assert not any("Joan" in letter.body for letter in told)
    assert steps(request) == ["nobody named"]
    assert str(cast.grace) in DoorHappening.objects.get(request=request).who


def test_somebody_with_nobody_beside_them_asks_on_their_own_page(cast, joan):
    """Their user has no address to write to: the council's guardian is told."""
    alongside.end(joan.alongside.get(), why=WhyEnded.SETTLED, by=cast.amina)
    user = User.objects.create(display_name="Joan", email=None)
    OwnPage.objects.create(authority=joan.authority, person=joan, user=user)
    request = doors.open_door(joan, door=Door.ADVOCATE, by=user)
    jobs.tell_door(str(request.pk))
    assert [letter.user_id for letter in letters("door_unnamed")] == [cast.grace.pk]
    assert list(desk.doors_open(cast.grace)) == [request]


def test_one_door_that_cannot_be_told_holds_back_no_other(
    clock, cast, joan, front_door, monkeypatch
):
    stuck = doors.open_door(joan, door=Door.CARER, by=cast.amina)
    free = doors.open_door(joan, door=Door.NEEDS, by=cast.amina)
    clock.shift(dt.timedelta(minutes=11))
    tell = doors._tell

    def telling(request, **given):
        if request.pk == stuck.pk:
            raise RuntimeError
        tell(request, **given)

    monkeypatch.setattr(doors, "_tell", telling)
    with pytest.raises(RuntimeError):
        jobs.chase_doors()
    assert steps(free) == ["told"]
    stuck.refresh_from_db()
    assert stuck.state == DoorState.ASKED.value
    monkeypatch.undo()
    assert jobs.chase_doors() == 1


def test_a_place_says_how_soon_and_is_chased_by_it(clock, cast, team, joan):
    door_places.name(
        team.authority,
        door=Door.SAFEGUARDING,
        by=cast.administrator,
        name="Safeguarding team",
        email="safe@example.org",
        phone="01632 960112",
        receipt_hours=2,
    )
    request = doors.open_door(joan, door=Door.SAFEGUARDING, by=cast.amina)
    jobs.tell_door(str(request.pk))
    clock.shift(dt.timedelta(hours=2))
    jobs.chase_doors()
    assert steps(request) == ["told", "chased"]


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"email": "nowhere"}, {"phone": ""}, {"receipt_hours": 99}]
)
def test_a_place_that_could_not_be_reached_is_not_named(cast, team, wrong):
    given = {"name": "x", "email": "x@example.org", "phone": "1"} | wrong
    with pytest.raises(UserFacingError):
        door_places.name(
            team.authority, door=Door.NEEDS, by=cast.administrator, **given
        )


def test_a_lost_job_is_found_by_the_next_round(clock, cast, joan, front_door):
    request = doors.open_door(joan, door=Door.NEEDS, by=cast.amina)
    assert jobs.chase_doors() == 0
    clock.shift(dt.timedelta(minutes=11))
    assert jobs.chase_doors() == 1
    assert steps(request) == ["told"]


def test_a_receipt_by_one_tap(asked):
    token = letters("door")[0].body.split("/t/")[1].split("/")[0]
    with pytest.raises(UserFacingError):
        taps.follow(token, choice="have", typed={"note": ""})
    taps.follow(token, choice="have", typed={"note": "Priya, tomorrow at 10"})
    asked.refresh_from_db()
    assert asked.state == DoorState.RECEIVED.value
    assert steps(asked) == ["told", "receipt"]


def test_chased_twice_then_told_each_week_until_somebody_answers(clock, cast, asked):
    joan_s_worker, guardian = cast.amina.pk, cast.grace.pk
    for expected in (["told", "chased"], ["told", "chased", "chased"]):
        clock.shift(DAY)
        jobs.chase_doors()
        assert steps(asked) == expected
    clock.shift(DAY)
    jobs.chase_doors()
    jobs.chase_doors()
    assert steps(asked)[-1] == "worker told"
    assert len(letters("door_silent")) == 2
    assert {x.user_id for x in letters("door_silent")} == {joan_s_worker, guardian}
    clock.shift(7 * DAY)
    jobs.chase_doors()
    assert len(letters("door_silent")) == 4
    asked.refresh_from_db()
    assert asked.state == DoorState.ASKED.value


@pytest.mark.parametrize(
    ("had_capacity", "is_at_risk", "ends"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_a_refusal_counts_as_section_11_says(
    cast, asked, had_capacity, is_at_risk, ends
):
    ended = doors.refuse(
        asked,
        words="No thank you, I manage.",
        had_capacity=had_capacity,
        is_at_risk=is_at_risk,
        by=cast.amina,
    )
    asked.refresh_from_db()
    assert ended == ends
    assert (asked.state == DoorState.REFUSED.value) == ends
    assert "refused" in steps(asked)


def test_the_database_refuses_a_refusal_of_somebody_at_risk(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        LawDoor.objects.filter(pk=asked.pk).update(
            state=DoorState.REFUSED.value, had_capacity=True, is_at_risk=True
        )


def test_asking_again_revives_it(cast, asked):
    doors.refuse(asked, words="No", had_capacity=True, is_at_risk=False, by=cast.amina)
    doors.ask_again(asked, by=cast.amina)
    asked.refresh_from_db()
    assert asked.state == DoorState.ASKED.value
    for _ in range(2):
        jobs.tell_door(str(asked.pk), after=3)
    assert len(letters("door")) == 2
    assert steps(asked) == ["told", "refused", "asked again", "told"]


def test_it_is_not_done_before_somebody_has_it(cast, asked):
    with pytest.raises(UserFacingError, match="Nobody has said"):
        doors.done(asked, by=cast.amina, words="Sorted.")
    doors.receipt(asked, who="Priya", by=cast.amina)
    doors.done(asked, by=cast.amina, words="Assessed on Friday.")
    asked.refresh_from_db()
    assert asked.state == DoorState.DONE.value


def test_only_somebody_who_may_not_see_the_person_is_kept_out(cast, joan):
    with pytest.raises(NotAllowedError):
        doors.open_door(joan, door=Door.NEEDS, by=cast.other_team)


def test_only_the_council_says_where_doors_lead(cast, team):
    with pytest.raises(NotAllowedError):
        door_places.name(
            team.authority,
            door=Door.NEEDS,
            by=cast.amina,
            name="x",
            email="x@example.org",
            phone="1",
        )
