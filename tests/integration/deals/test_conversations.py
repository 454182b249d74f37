"""A conversation loses nothing, and never ends without a step the person chose."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from thedeal.audit.models import Entry
from thedeal.deals.actions import conversations
from thedeal.deals.models import Conversation, Draft, FieldNote, Version
from thedeal.deals.selectors import people as reading
from thedeal.deals.states import Next, Stage, WhyCut
from thedeal.deals.writing import Conflict, Page, Saved
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.residents.actions import people

SANG = {"words": "I used to sing in the choir."}


def save(talk, by, words, revision):
    return conversations.save_draft(
        talk, by=by, content={"words": words}, revision=revision
    )


def finish(talk, by, **more):
    given = {"next_step": Next.TALK_AGAIN, "chosen_by_them": True} | more
    return conversations.finish(talk, by=by, **given)


def test_talking_is_the_last_day_we_were_in_touch(clock, cast, talk):
    """How long a record is kept is counted from it (definitions/retention.yaml)."""
    person, met_on = talk.person, talk.person.last_contact_on
    clock.shift(dt.timedelta(days=400))
    finish(talk, cast.amina)
    person.refresh_from_db()
    assert person.last_contact_on == met_on + dt.timedelta(days=400)


def test_a_draft_is_one_row_that_grows(cast, talk):
    assert save(talk, cast.amina, "I used", 0) == Saved(revision=1)
    assert save(talk, cast.amina, "I used to sing", 1) == Saved(revision=2)
    draft = Draft.objects.get()
    assert "I used to sing" in draft.content


def test_the_same_text_sent_again_is_safe(cast, talk):
    save(talk, cast.amina, "I used to sing", 0)
    assert save(talk, cast.amina, "I used to sing", 0) == Saved(revision=1)


def test_a_second_device_sees_both_texts_and_overwrites_neither(cast, talk):
    save(talk, cast.amina, "from the laptop", 0)
    answer = save(talk, cast.amina, "from the phone", 0)
    assert answer == Conflict(
        revision=1,
        mine={"words": "from the phone"},
        theirs={"words": "from the laptop"},
    )
    assert "laptop" in Draft.objects.get().content


def from_page(talk, by, words, *, revision, turn, page="a-page"):
    sent = Page(id=page, turn=turn)
    return conversations.save_draft(
        talk, by=by, content={"words": words}, revision=revision, page=sent
    )


def test_a_page_that_never_heard_its_answer_writes_on(cast, talk):
    assert from_page(talk, cast.amina, "I used", revision=0, turn=1).revision == 1
    later = from_page(talk, cast.amina, "I used to sing", revision=0, turn=2)
    assert later == Saved(revision=2)
    assert "I used to sing" in Draft.objects.get().content


def test_what_a_page_sent_before_and_comes_late_is_not_written_over_what_came(
    cast, talk
):
    from_page(talk, cast.amina, "I used to sing", revision=0, turn=2)
    late = from_page(talk, cast.amina, "I used", revision=0, turn=1)
    assert isinstance(late, Conflict)
    assert "I used to sing" in Draft.objects.get().content


def test_another_page_does_not_write_on_over_what_it_never_saw(cast, talk):
    from_page(talk, cast.amina, "from the laptop", revision=0, turn=1)
    given = from_page(
        talk, cast.amina, "from the phone", revision=0, turn=9, page="other"
    )
    assert isinstance(given, Conflict)
    assert "laptop" in Draft.objects.get().content


def test_two_workers_write_beside_each_other(cast, talk):
    assert save(talk, cast.amina, "Amina writes", 0) == Saved(revision=1)
    assert save(talk, cast.tom, "Tom writes", 0) == Saved(revision=1)
    assert Draft.objects.filter(conversation=talk).count() == 2


def test_words_are_locked_in_the_database(cast, talk):
    conversations.save_draft(talk, by=cast.amina, content=SANG, revision=0)
    with connection.cursor() as cursor:
        cursor.execute("select content from deals_draft")
        stored = cursor.fetchone()[0]
    assert "choir" not in stored
    assert stored.startswith("v1:")


def test_a_version_is_cut_once_for_the_same_words(cast, talk):
    conversations.save_draft(talk, by=cast.amina, content=SANG, revision=0)
    first = conversations.cut(talk, by=cast.amina, why=WhyCut.PAUSE)
    assert first is not None
    assert conversations.cut(talk, by=cast.amina, why=WhyCut.PAUSE) is None
    save(talk, cast.amina, "more", 1)
    second = conversations.cut(talk, by=cast.amina, why=WhyCut.SHARE)
    assert second is not None
    assert (first.number, second.number) == (1, 2)


def test_nothing_typed_is_no_version(cast, talk):
    assert conversations.cut(talk, by=cast.amina, why=WhyCut.PAUSE) is None


def test_finishing_cuts_everybodys_draft_and_keeps_the_notes_apart(cast, talk):
    content = SANG | {"saw_heard": "A piano.", "felt": "She misses it."}
    conversations.save_draft(talk, by=cast.amina, content=content, revision=0)
    save(talk, cast.tom, "Tom was there too", 0)
    step = finish(talk, cast.amina, words="Come with her to the choir.")
    assert step.owner == cast.amina
    assert Version.objects.filter(conversation=talk).count() == 2
    note = FieldNote.objects.get()
    assert (note.saw_heard, note.felt, note.exact_words) == (
        "A piano.",
        "She misses it.",
        "",
    )


def test_a_note_told_in_confidence_is_held_back_from_the_first(cast, joan, talk):
    content = SANG | {"saw_heard": "Her sister says she hardly eats."}
    conversations.save_draft(talk, by=cast.amina, content=content, revision=0)
    finish(talk, cast.amina, in_confidence=True)
    assert not reading.own(joan).notes
    (note,) = FieldNote.objects.all()
    conversations.hold_back(note, is_in_confidence=False, by=cast.amina)
    assert reading.own(joan).notes == [note]
    did = Entry.objects.filter(action="deals.note_given_back", person_id=joan.pk)
    assert did.count() == 1


def test_no_conversation_ends_without_their_own_next_step(cast, talk):
    with pytest.raises(UserFacingError, match="would like to happen next"):
        finish(talk, cast.amina, chosen_by_them=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=talk.pk).update(finished_at=timezone.now())


def test_a_phone_without_signal_saves_after_the_end(cast, talk):
    finish(talk, cast.amina)
    assert save(talk, cast.amina, "what the phone had kept", 0) == Saved(revision=1)
    cut = conversations.cut(talk, by=cast.amina, why=WhyCut.PAUSE)
    assert cut is not None


def test_it_is_finished_once(cast, talk):
    finish(talk, cast.amina)
    with pytest.raises(UserFacingError, match="finished"):
        finish(talk, cast.amina)


def test_a_stranger_can_neither_start_nor_save(cast, team, joan, talk):
    with pytest.raises(NotAllowedError):
        conversations.start(joan, team=team, by=cast.other_team)
    with pytest.raises(NotAllowedError):
        save(talk, cast.other_team, "not mine", 0)


def test_somebody_may_talk_without_a_name(cast, team):
    talk = conversations.start_anonymous(team=team, by=cast.amina)
    assert talk.person.is_anonymous
    assert talk.person.name == "somebody who gave no name"


def test_it_moves_between_the_three_as_life_goes(cast, talk):
    conversations.move_on(talk, stage=Stage.STAY_CLOSE, by=cast.amina)
    conversations.move_on(talk, stage=Stage.LISTEN, by=cast.amina)
    talk.refresh_from_db()
    assert talk.stage == Stage.LISTEN.value


def test_an_empty_note_is_not_kept(cast, talk):
    with pytest.raises(UserFacingError):
        conversations.write_note(talk, by=cast.amina, felt="  ")


def test_a_note_on_the_wrong_person_moves_and_both_trails_show_it(cast, team, talk):
    ken = people.meet(team=team, by=cast.amina, called="Ken")
    right = conversations.start(ken, team=team, by=cast.amina)
    note = conversations.write_note(talk, by=cast.amina, saw_heard="A workbench.")
    conversations.move_note(note, to=right, by=cast.amina)
    note.refresh_from_db()
    assert (note.person, note.saw_heard) == (ken, "A workbench.")
    moved = Entry.objects.filter(action="deals.note_moved")
    assert {e.person_id for e in moved} == {talk.person_id, ken.pk}
    with connection.cursor() as cursor:
        cursor.execute("select saw_heard from deals_fieldnote")
        assert str(ken.pk) in cursor.fetchone()[0]


def test_a_box_that_is_not_there_is_refused(cast, talk):
    with pytest.raises(UserFacingError, match="no box"):
        conversations.save_draft(talk, by=cast.amina, content={"iq": "1"}, revision=0)
