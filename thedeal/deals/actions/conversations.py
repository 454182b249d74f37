"""Starts a conversation, keeps what is typed, cuts versions, and ends with a next step.

Nothing typed is ever refused because of when it comes: a phone that was in a valley for
a day still saves after the conversation was finished. Saving a draft is not in the
trail (it happens at every pause); cutting a version is.
"""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import permissions, writing
from thedeal.deals.models import Conversation, Draft, FieldNote, NextStep, Version
from thedeal.deals.states import Next, Stage, WhyCut
from thedeal.deals.writing import NO_PAGE, Conflict, Content, Page, Saved
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Team
from thedeal.residents.actions import people
from thedeal.residents.models import Person


@logins.atomic
def start(
    person: Person,
    *,
    team: Team,
    by: Any,
    held_on: dt.date | None = None,
    stage: Stage = Stage.LISTEN,
    where_words: str = "",
    pk: uuid.UUID | None = None,
) -> Conversation:
    """Give a new conversation with a person, held today unless said otherwise.

    ``pk`` is the id that a device gave one begun with no signal.
    """
    permissions.check_beside_in(by, person, team=team)
    day = held_on or timezone.localdate()
    started = Conversation.objects.create(
        pk=pk or uuid.uuid4(),
        authority_id=person.authority_id,
        person=person,
        organisation_id=team.organisation_id,
        team=team,
        worker=by,
        held_on=day,
        stage=stage.value,
        where_words=where_words.strip(),
    )
    people.in_touch(person, on=day)
    _record("deals.conversation_started", started, by=by)
    return started


@logins.atomic
def start_anonymous(
    *, team: Team, by: Any, called: str = "", pk: uuid.UUID | None = None
) -> Conversation:
    """Give a conversation with somebody who would rather not say who they are."""
    person = people.meet(team=team, by=by, is_anonymous=True, called=called)
    return start(person, team=team, by=by, pk=pk)


@logins.atomic
def save_draft(
    conversation: Conversation,
    *,
    by: Any,
    content: Content,
    revision: int,
    page: Page = NO_PAGE,
) -> Saved | Conflict:
    """Keep what this writer has typed; give what to name next, or both texts.

    ``revision`` is the one that the writer saw last, 0 for the first save. An answer
    lost on the way costs nothing: the same text again is safe to send again, and the
    ``page`` that wrote last may write on without having heard so.
    """
    permissions.check_beside(by, conversation.person)
    text = writing.packed(writing.tidied(content))
    # one at a time for each conversation, also while there is no draft to lock
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    draft = Draft.objects.filter(conversation=conversation, writer=by).first()
    if draft is None:
        draft = Draft(conversation=conversation, writer=by, revision=0)
        draft.person, draft.authority_id = (
            conversation.person,
            conversation.authority_id,
        )
    elif draft.content == text:
        return Saved(revision=draft.revision)
    last = Page(id=draft.page, turn=draft.turn)
    if draft.revision != revision and not page.goes_on_from(last):
        theirs = writing.unpacked(draft.content)
        return Conflict(revision=draft.revision, mine=content, theirs=theirs)
    draft.content, draft.revision = text, draft.revision + 1
    draft.page, draft.turn = page.id, page.turn
    draft.saved_at = timezone.now()
    draft.save()
    return Saved(revision=draft.revision)


@logins.atomic
def cut(conversation: Conversation, *, by: Any, why: WhyCut) -> Version | None:
    """Give a version of what this writer has typed; None where nothing is new."""
    permissions.check_beside(by, conversation.person)
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    draft = Draft.objects.filter(conversation=conversation, writer=by).first()
    return _cut(draft, by=by, why=why) if draft else None


@logins.atomic
def finish(
    conversation: Conversation,
    *,
    by: Any,
    next_step: Next,
    chosen_by_them: bool,
    words: str = "",
    due_on: dt.date | None = None,
    in_confidence: bool = False,
) -> NextStep:
    """End a conversation with the step that the person chose; give that step.

    ``in_confidence`` holds the field notes back from the person's own page: somebody
    else said so. Raises UserFacingError where they did not choose, or it is finished.
    """
    permissions.check_beside(by, conversation.person)
    if not chosen_by_them:
        raise UserFacingError(
            "Ask what they would like to happen next, and write that down."
        )
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.finished_at is not None:
        raise UserFacingError("This conversation is finished. Start another one.")
    _write_all_down(locked, by=by, in_confidence=in_confidence)
    step = NextStep.objects.create(
        authority_id=locked.authority_id,
        person=locked.person,
        kind=next_step.value,
        words=words.strip(),
        due_on=due_on,
        owner=by,
        chosen_by_them=True,
    )
    conversation.next_step, conversation.finished_by = step, by
    conversation.finished_at = timezone.now()
    conversation.save(update_fields=["next_step", "finished_at", "finished_by"])
    people.in_touch(locked.person, on=timezone.localdate())
    _record("deals.conversation_finished", conversation, by=by, next=next_step.value)
    return step


@logins.atomic
def move_on(conversation: Conversation, *, stage: Stage, by: Any) -> None:
    """Say where the conversation is among the three; back and forth as life goes."""
    permissions.check_beside(by, conversation.person)
    conversation.stage = stage.value
    conversation.save(update_fields=["stage"])
    _record("deals.conversation_moved_on", conversation, by=by, stage=stage.value)


@logins.atomic
def step_done(step: NextStep, *, by: Any) -> None:
    """Note that a next step has happened."""
    permissions.check_beside(by, step.person)
    step.done_at = timezone.now()
    step.save(update_fields=["done_at"])
    trail.record("deals.step_done", by=by, subject=step, person_id=step.person_id)


@logins.atomic
def write_note(
    conversation: Conversation,
    *,
    by: Any,
    saw_heard: str = "",
    exact_words: str = "",
    felt: str = "",
    is_in_confidence: bool = False,
) -> FieldNote:
    """Give a new field note; ``is_in_confidence`` holds it back from their own page."""
    permissions.check_beside(by, conversation.person)
    if not (saw_heard + exact_words + felt).strip():
        raise UserFacingError("Write what you saw or heard, or what they said.")
    note = FieldNote.objects.create(
        authority_id=conversation.authority_id,
        person=conversation.person,
        conversation=conversation,
        writer=by,
        saw_heard=saw_heard.strip(),
        exact_words=exact_words.strip(),
        felt=felt.strip(),
        is_in_confidence=is_in_confidence,
    )
    _record("deals.note_written", conversation, by=by)
    return note


@logins.atomic
def hold_back(note: FieldNote, *, is_in_confidence: bool, by: Any) -> FieldNote:
    """Hold a note back from the person's own page, or give it back to them."""
    permissions.check_beside(by, note.person)
    note.is_in_confidence = is_in_confidence
    note.save(update_fields=["is_in_confidence"])
    did = "deals.note_held_back" if is_in_confidence else "deals.note_given_back"
    trail.record(did, by=by, subject=note, person_id=note.person_id)
    return note


@logins.atomic
def move_note(note: FieldNote, *, to: Conversation, by: Any) -> FieldNote:
    """Move a note that was written on the wrong person; both trails show it.

    Its words are locked anew with the right person's key.
    """
    permissions.check_beside(by, note.person)
    permissions.check_beside(by, to.person)
    was = note.person_id
    note.person, note.conversation = to.person, to
    note.authority_id = to.authority_id
    note.moved_at, note.moved_by = timezone.now(), by
    note.save()
    for person_id in (was, to.person_id):
        trail.record("deals.note_moved", by=by, subject=note, person_id=person_id)
    return note


def _cut(draft: Draft, *, by: Any, why: WhyCut) -> Version | None:
    versions = Version.objects.filter(conversation_id=draft.conversation_id)
    last = versions.filter(writer_id=draft.writer_id).first()
    if not draft.content or (last is not None and last.content == draft.content):
        return None
    newest = versions.first()
    version = Version.objects.create(
        authority_id=draft.authority_id,
        person_id=draft.person_id,
        conversation_id=draft.conversation_id,
        writer_id=draft.writer_id,
        number=newest.number + 1 if newest else 1,
        why=why.value,
        content=draft.content,
    )
    trail.record("deals.version_cut", by=by, subject=version, person_id=draft.person_id)
    return version


def _write_all_down(
    conversation: Conversation, *, by: Any, in_confidence: bool
) -> None:
    """Cut a version of what each writer typed, and keep their field notes."""
    drafts = Draft.objects.filter(conversation=conversation)
    for draft in drafts.select_related("writer"):
        _cut(draft, by=by, why=WhyCut.FINISH)
        _keep_note(draft, is_in_confidence=in_confidence)


def _keep_note(draft: Draft, *, is_in_confidence: bool) -> None:
    content = writing.unpacked(draft.content)
    boxes = {box: content[box] for box in writing.NOTE_BOXES if box in content}
    if boxes:
        FieldNote.objects.create(
            authority_id=draft.authority_id,
            person_id=draft.person_id,
            conversation_id=draft.conversation_id,
            writer_id=draft.writer_id,
            is_in_confidence=is_in_confidence,
            **boxes,
        )


def _record(action: str, talk: Conversation, *, by: Any, **detail: Any) -> None:
    trail.record(action, by=by, subject=talk, person_id=talk.person_id, **detail)
