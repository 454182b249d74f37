"""A conversation, what is being written in it, the versions cut, and what comes next.

A draft is one row for each writer, overwritten by that writer alone and only on the
revision they saw; versions and notes are added and never changed.
"""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.deals.models.about import (
    ADDED,
    BASE,
    DEAL,
    NOT_OWN,
    USER,
    AboutAPerson,
    but,
)
from thedeal.deals.states import Next, Stage, WhyCut, choices
from thedeal.lib.records import Kept, Privacy, Wall, classed
from thedeal.lib.sealed import SealedTextField


@pghistory.track()
class NextStep(AboutAPerson):
    """What the person chose to happen next, and who sees that it does."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} kind due_on owner chosen_by_them done_at",
        personal="person",
        sensitive="words",
    )
    kept: ClassVar[Kept] = DEAL

    kind = models.CharField(max_length=15, choices=choices(Next))
    words = SealedTextField(blank=True)
    due_on = models.DateField(null=True)
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="next_steps")
    chosen_by_them = models.BooleanField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        """A next step is the person's choice, never made for them."""

        ordering: ClassVar = ["due_on", "created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(chosen_by_them=True), name="a_next_step_is_their_choice"
            )
        ]


@pghistory.track()
class Conversation(AboutAPerson):
    """One talk with a person, however long; never a form to fill."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} organisation team worker held_on stage finished_at finished_by "
        "next_step",
        personal="person",
        sensitive="where_words",
    )
    kept: ClassVar[Kept] = DEAL

    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        "partners.Team", on_delete=models.PROTECT, related_name="conversations"
    )
    worker = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="conversations"
    )
    held_on = models.DateField()
    where_words = SealedTextField(blank=True)
    stage = models.CharField(
        max_length=10, choices=choices(Stage), default=Stage.LISTEN.value
    )
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    next_step = models.OneToOneField(
        NextStep, null=True, on_delete=models.PROTECT, related_name="conversation"
    )

    class Meta:
        """Newest first; none ends without a next step."""

        ordering: ClassVar = ["-held_on", "-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(next_step__isnull=False),
                name="no_conversation_ends_without_a_next_step",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in Stage]),
                name="a_conversation_is_at_a_known_stage",
            ),
        ]


# no history: versions are its history, and it is saved on every pause
class Draft(AboutAPerson):
    """What one writer is writing in one conversation, as it stands this second."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} conversation writer revision saved_at page turn",
        personal="person",
        sensitive="content",
    )
    kept: ClassVar[Kept] = DEAL

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="drafts"
    )
    writer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    # which open page wrote it last, and at which of its turns: that page may write on
    page = models.CharField(max_length=36, blank=True)
    turn = models.PositiveIntegerField(default=0)
    # JSON, locked: the boxes of the page by their keys (writing.BOXES)
    content = SealedTextField(blank=True)

    class Meta:
        """One draft for a writer in a conversation."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "writer"],
                name="one_draft_for_a_writer_in_a_conversation",
            )
        ]


class Version(AboutAPerson):
    """What one writer had written when they paused, shared or finished."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} conversation writer number why",
        personal="person",
        sensitive="content",
    )
    kept: ClassVar[Kept] = ADDED

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="versions"
    )
    writer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=6, choices=choices(WhyCut))
    content = SealedTextField(blank=True)

    class Meta:
        """Numbered through the conversation, newest first."""

        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "number"],
                name="one_version_of_a_number_in_a_conversation",
            )
        ]


@pghistory.track()
class FieldNote(AboutAPerson):
    """What a worker saw and heard, their exact words, and what was felt: kept apart."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} conversation writer is_in_confidence moved_at moved_by",
        personal="person",
        sensitive="saw_heard exact_words felt",
    )
    kept: ClassVar[Kept] = DEAL
    wall: ClassVar[Wall | None] = but("(not is_in_confidence or " + NOT_OWN + ")")

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="notes"
    )
    writer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    saw_heard = SealedTextField(blank=True)
    exact_words = SealedTextField(blank=True)
    felt = SealedTextField(blank=True)
    # said by somebody else in confidence: held back from the person's own page
    is_in_confidence = models.BooleanField(default=False)
    moved_at = models.DateTimeField(null=True)
    moved_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["created_at"]
