"""Who is alongside a person, who matters to them, and who may know what."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from thedeal.lib.records import Kept, Privacy, Record, Wall, classed
from thedeal.lib.sealed import SealedTextField
from thedeal.residents.models.people import PERSON, Person, behind

USER = settings.AUTH_USER_MODEL


@pghistory.track()
class Alongside(Record):
    """That a team, through one worker, keeps in touch with a person."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority organisation team worker started_by ended_at "
        "ended_by",
        personal="person",
        sensitive="why_ended",
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind(owner_reads=True)

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        "partners.Team", on_delete=models.PROTECT, related_name="alongside"
    )
    worker = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="alongside")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="alongside"
    )
    started_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    why_ended = models.CharField(max_length=40, blank=True)

    class Meta:
        """A team is alongside a person once at a time."""

        indexes: ClassVar = [
            models.Index(
                fields=["team", "worker"],
                condition=Q(ended_at__isnull=True),
                name="alongside_now_by_team",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(ended_at__isnull=True),
                name="a_team_is_alongside_a_person_once",
            )
        ]


@pghistory.track()
class SharingChoice(Record):
    """The person's say: this organisation may, or may not, for this purpose."""

    class Purpose(models.TextChoices):
        """What they may know it for."""

        ALONGSIDE = "alongside", "being alongside me"
        HUDDLE = "huddle", "talking about how to help in the neighbourhood's huddle"
        INTRODUCTION = "introduction", "introducing me to people and groups"
        MATCHING = "matching", "introducing me to a neighbour who would come along"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority organisation purpose may told_by withdrawn_at "
        "withdrawn_by",
        personal="person",
        sensitive="said",
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind(owner_reads=True)

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="sharing_choices"
    )
    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=12, choices=Purpose)
    may = models.BooleanField()
    # what the person was told and what they answered, in their words
    said = SealedTextField(blank=True)
    told_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """One choice stands for an organisation and a purpose; the newest."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_sharing_choice_stands",
            )
        ]


@pghistory.track()
class Relation(Record):
    """Somebody who matters to a person: family, a carer, one who speaks for them."""

    class Kind(models.TextChoices):
        """Who they are to the person."""

        FAMILY = "family", "family"
        FRIEND = "friend", "friend or neighbour"
        HOUSEHOLD = "household", "lives with me"
        CARES_FOR_ME = "cares for me", "looks after me"
        I_CARE_FOR = "I care for", "I look after them"
        SPEAKS_FOR_ME = "speaks for me", "speaks for me"
        PROFESSIONAL = "professional", "somebody I know through their work"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority kind made_by ended_at ended_by",
        personal="person other",
        sensitive="words authority_to_speak speaks_about",
    )
    kept: ClassVar[Kept] = PERSON
    wall: ClassVar[Wall] = behind()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="relations"
    )
    # the other's own record, where there is one and both know
    other = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=13, choices=Kind)
    words = SealedTextField()
    # for one who speaks: with what authority (a power of attorney, a parent), of what
    authority_to_speak = SealedTextField(blank=True)
    speaks_about = SealedTextField(blank=True)
    made_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
