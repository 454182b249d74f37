"""That records are due to be forgotten, who looked at that, and what they decided."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from thedeal.lib.records import AtEnd, Kept, Privacy, Record, Wall, classed
from thedeal.residents.models.people import Person, behind

USER = settings.AUTH_USER_MODEL


@pghistory.track()
class Forgetting(Record):
    """A proposal to erase a person's record; a person decides, never the clock.

    It stays after the erasure: by number, it proves that it was done.
    """

    class Decision(models.TextChoices):
        """What was decided."""

        ERASE = "erase", "erase it"
        KEEP = "keep", "keep it for now"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority rule due_on proposed_by decision decided_at "
        "decided_by look_again_on why",
        personal="person",
    )
    kept: ClassVar[Kept] = Kept(rule="audit.trail", at_end=AtEnd.KEEP)
    wall: ClassVar[Wall] = behind()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="forgettings"
    )
    # a key of definitions/retention.yaml, or "asked" where the person asked for it
    rule = models.CharField(max_length=40)
    due_on = models.DateField()
    proposed_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=5, choices=Decision, blank=True)
    # which law or hold says so, never anything about the person
    why = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    look_again_on = models.DateField(null=True)

    class Meta:
        """One open proposal for a person; what is kept is looked at again."""

        ordering: ClassVar = ["due_on", "created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(decision=""),
                name="one_open_proposal_to_forget_a_person",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | Q(decision="erase", decided_at__isnull=False)
                | Q(
                    decision="keep",
                    decided_at__isnull=False,
                    look_again_on__isnull=False,
                ),
                name="a_decision_says_when_and_what_is_kept_until_when",
            ),
        ]


@pghistory.track()
class Clearing(Record):
    """That rows of one kind are over their time: how many, who decided, and the proof.

    It holds numbers alone, and stays after the rows: it says that they went.
    """

    class Decision(models.TextChoices):
        """What was decided."""

        DELETE = "delete", "delete them"
        KEEP = "keep", "keep them for now"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority rule until found decision decided_at decided_by "
        "look_again_on why done_at deleted left"
    )
    kept: ClassVar[Kept] = Kept(rule="audit.trail", at_end=AtEnd.KEEP)
    wall: ClassVar[Wall] = Wall(
        using="authority_id = any((select app_authorities())::uuid[])"
    )

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    # a key of definitions/retention.yaml
    rule = models.CharField(max_length=40)
    # whatever was over its time on this day: the same rows when it is looked at and done
    until = models.DateField()
    found = models.PositiveIntegerField()
    decision = models.CharField(max_length=6, choices=Decision, blank=True)
    # which law or hold says so, never anything about anybody
    why = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    look_again_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    deleted = models.PositiveIntegerField(null=True)
    # counted once more after deleting
    left = models.PositiveIntegerField(null=True)

    class Meta:
        """One open proposal for a kind; what was done says how many went and are left."""

        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "rule"],
                condition=Q(decision=""),
                name="one_open_proposal_to_clear_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True)
                | Q(decision="delete", deleted__isnull=False, left__isnull=False),
                name="what_was_cleared_says_how_many_went",
            ),
            models.CheckConstraint(
                condition=~Q(decision="keep")
                | Q(decided_at__isnull=False, look_again_on__isnull=False),
                name="a_kind_that_is_kept_is_looked_at_again",
            ),
        ]
