"""The law's doors: a request always goes through, to whoever the authority named.

Nothing in these tables may refuse a request: no constraint asks for a reason, an
income or a strength. What happened at a door is added and never changed.
"""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.deals.models.about import BASE, NOT_OWN, USER, AboutAPerson, but
from thedeal.deals.states import Door, DoorState, DoorStep, choices
from thedeal.lib.records import AtEnd, Changes, Kept, Privacy, Record, Wall, classed
from thedeal.lib.sealed import SealedTextField

CARE = Kept(rule="residents.care", at_end=AtEnd.ANONYMISE)
# A concern about somebody's safety is held back from their own page (it may be about
# who looks over their shoulder); whoever is beside them sees it.
HELD_BACK = "(door <> 'safeguarding' or " + NOT_OWN + ")"


@pghistory.track()
class DoorPlace(Record):
    """Where an authority wants requests through one of the law's doors to go."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority door name email phone out_of_hours_phone "
        "out_of_hours_words receipt_hours set_by"
    )
    kept: ClassVar[Kept] = Kept(rule="partners.authority", at_end=AtEnd.KEEP)

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    door = models.CharField(max_length=18, choices=choices(Door))
    name = models.CharField(max_length=160)
    email = models.EmailField()
    phone = models.CharField(max_length=30)
    out_of_hours_phone = models.CharField(max_length=30, blank=True)
    out_of_hours_words = models.CharField(max_length=300, blank=True)
    receipt_hours = models.PositiveSmallIntegerField(default=24)
    set_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One place for each door of an authority."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "door"], name="one_place_for_a_door"
            )
        ]


@pghistory.track()
class LawDoor(AboutAPerson):
    """That somebody asked for what the law gives them."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} asked_by state place next_chase_at chases",
        personal="person",
        sensitive="door words who_asked refusal had_capacity is_at_risk",
    )
    kept: ClassVar[Kept] = CARE
    wall: ClassVar[Wall | None] = but(HELD_BACK)

    door = models.CharField(max_length=18, choices=choices(Door))
    # the worker or the person who pressed it
    asked_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    who_asked = SealedTextField(blank=True)
    words = SealedTextField(blank=True)
    place = models.ForeignKey(
        DoorPlace, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=8, choices=choices(DoorState), default=DoorState.ASKED.value
    )
    chases = models.PositiveSmallIntegerField(default=0)
    next_chase_at = models.DateTimeField(null=True)
    # section 11: a refusal ends the duty only where they can decide and are not at risk
    refusal = SealedTextField(blank=True)
    had_capacity = models.BooleanField(null=True)
    is_at_risk = models.BooleanField(null=True)

    class Meta:
        """Newest first; a refusal counts only as section 11 lets it."""

        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_chase_at"],
                condition=Q(state=DoorState.ASKED.value),
                name="doors_to_chase",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=DoorState.REFUSED.value)
                | Q(had_capacity=True, is_at_risk=False),
                name="a_refusal_counts_as_section_11_says",
            )
        ]


class DoorHappening(AboutAPerson):
    """One thing that happened at a door: who was told, when, and what they said."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{BASE} request step by", personal="person", sensitive="who words"
    )
    kept: ClassVar[Kept] = Kept(
        rule="residents.care", changes=Changes.APPEND_ONLY, at_end=AtEnd.ANONYMISE
    )
    wall: ClassVar[Wall | None] = but(
        "exists (select 1 from deals_lawdoor d where d.id = request_id)"
    )

    request = models.ForeignKey(
        LawDoor, on_delete=models.PROTECT, related_name="happenings"
    )
    step = models.CharField(max_length=12, choices=choices(DoorStep))
    who = SealedTextField(blank=True)
    words = SealedTextField(blank=True)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["created_at"]
