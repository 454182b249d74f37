"""What the worker's page, a person's page and the printed deal show."""

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from thedeal.deals import prompts
from thedeal.deals.actions import agreeing, conversations, deals, doors, spending
from thedeal.deals.on_paper import deal_pdf
from thedeal.deals.selectors import desk, fell_short, people
from thedeal.deals.states import Door, Next, Side, Stage
from thedeal.partners.actions import words
from thedeal.residents.models import Person


@pytest.fixture
def version(clock, cast, team, joan):
    """Give a deal of Joan's, agreed."""
    deal = deals.start(joan, team=team, by=cast.amina, about="Singing again")
    day = timezone.localdate() + dt.timedelta(days=10)
    for side, what in ((Side.OURS, "Walk with you"), (Side.YOURS, "Bring a song")):
        deals.promise(deal, side=side, what=what, by_when=day, by=cast.amina)
    version = deals.show(deal, by=cast.amina)
    agreeing.read_aloud(version, witness="Paul", by=cast.amina)
    version.refresh_from_db()
    return version


def due(cast, joan):
    return list(desk.promises_due(cast.amina, authority_id=joan.authority_id))


def test_our_promise_leads_the_page_as_its_day_comes(clock, cast, joan, version):
    assert due(cast, joan) == []
    clock.shift(dt.timedelta(days=3))
    assert [p.what for p in due(cast, joan)] == ["Walk with you"]
    teams = desk.teams_promises_due(cast.sunita, authority_id=joan.authority_id)
    assert teams.count() == 1
    deals.kept(due(cast, joan)[0], by=cast.amina)
    assert due(cast, joan) == []


def test_a_step_waits_until_it_comes_about_or_is_said_to_be_done(
    clock, cast, team, joan, talk
):
    def step(kind, of):
        return conversations.finish(
            of, by=cast.amina, next_step=kind, chosen_by_them=True
        )

    again = step(Next.TALK_AGAIN, of=talk)
    assert list(desk.steps_due(cast.amina)) == [again]
    clock.shift(dt.timedelta(days=1))
    second = conversations.start(joan, team=team, by=cast.amina)
    assert not desk.steps_due(cast.amina)
    alone = step(Next.TRY_MYSELF, of=second)
    clock.shift(dt.timedelta(days=1))
    conversations.start(joan, team=team, by=cast.amina)
    assert list(desk.steps_due(cast.amina)) == [alone]
    conversations.step_done(alone, by=cast.amina)
    assert not desk.steps_due(cast.amina)


def test_another_team_s_desk_is_empty(clock, cast, joan, version, talk):
    clock.shift(dt.timedelta(days=9))
    other, own = cast.other_team, {"authority_id": joan.authority_id}
    assert not desk.promises_due(other, **own)
    assert not desk.teams_promises_due(other, **own)
    assert not desk.unfinished(other)
    assert not desk.doors_open(other)


def test_the_desk_lists_cost_one_query_each(clock, cast, joan, talk, version):
    doors.open_door(joan, door=Door.CARER, by=cast.amina)
    lists = (
        desk.steps_due,
        desk.not_answered,
        desk.to_ring,
        fell_short.told_to,
        desk.who_went,
        desk.unfinished,
    )
    for read in lists:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            list(read(cast.amina))
        assert len(seen) == 1, read.__name__
    assert [d.person for d in desk.doors_open(cast.amina)] == [joan]


def test_small_sums_are_for_everybody_to_see(cast, team, joan):
    spending.spend(joan, team=team, pence=1299, bought="Kettle", by=cast.amina)
    assert [s.bought for s in desk.small_spends(cast.other_team)] == ["Kettle"]
    assert not desk.small_spends(cast.other_authority)


def test_a_stranger_finds_no_page(cast, joan, talk):
    with pytest.raises(Person.DoesNotExist):
        people.page(cast.other_team, joan.pk)


def test_their_own_page_holds_back_what_the_rule_says(cast, joan, talk):
    conversations.write_note(talk, by=cast.amina, saw_heard="A piano.")
    conversations.write_note(
        talk, by=cast.amina, saw_heard="The son told us.", is_in_confidence=True
    )
    doors.open_door(joan, door=Door.SAFEGUARDING, by=cast.amina)
    doors.open_door(joan, door=Door.NEEDS, by=cast.amina)
    beside, own = people.page(cast.amina, joan.pk), people.own(joan)
    assert len(beside.notes) == len(beside.doors) == 2
    assert [n.saw_heard for n in own.notes] == ["A piano."]
    assert [d.door for d in own.doors] == [Door.NEEDS.value]


def test_a_draft_comes_back_as_it_was_left(cast, talk):
    assert people.draft(talk, writer=cast.amina) == (0, {})
    content = {"words": "I used to sing."}
    conversations.save_draft(talk, by=cast.amina, content=content, revision=0)
    assert people.draft(talk, writer=cast.amina) == (1, content)


@pytest.mark.parametrize("is_large", [True, False])
def test_a_deal_is_printed_tagged(version, is_large):
    made = deal_pdf(version, is_demo=True, is_large=is_large)
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    said = PdfReader(BytesIO(made)).pages[0].extract_text()
    ours, yours = said.index("Our part"), said.index("Your part")
    assert ours < said.index("Walk with you") < yours < said.index("Bring a song")


def test_what_a_person_typed_is_never_typst_s_own_code(clock, cast, version):
    version.deal.about = '#panic("no") *bold* $x$ \\ "quoted"'
    assert deal_pdf(version, is_demo=False).startswith(b"%PDF")


def test_a_council_has_its_own_words(cast, team):
    own = team.authority_id
    assert prompts.stages(own)[Stage.LISTEN] == "Listening and connecting"
    for key, text in (("stage_listen", "Having a brew"), ("prompt_1", "-")):
        words.put(
            authority=team.authority,
            key=f"words/deals.{key}",
            text=text,
            by=cast.administrator,
        )
    assert prompts.stages(own)[Stage.LISTEN] == "Having a brew"
    assert "What does a good day look like?" not in prompts.beside(own)
    assert "999" in prompts.in_an_emergency(own)
