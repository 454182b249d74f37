"""When: dated sessions (RFC 5545) and opening hours, kept apart.

Times are local, by the clock on the wall in London. ``weekdays`` (Monday is 0) is
worked out from the rule, so that a day can be asked for in the database.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from thedeal.community.models.activities import Activity
from thedeal.community.models.keeping import LISTING, OPEN_TO_ALL
from thedeal.lib.records import Grants, Kept, Privacy, Record, classed


class OnBankHolidays(models.TextChoices):
    """Whether it runs on a bank holiday (the engine's words)."""

    RUNS = "runs", "Runs on bank holidays"
    CLOSED = "closed", "Not on bank holidays"
    UNKNOWN = "unknown", "Not known"


class Session(Record):
    """Dated sessions of an activity: a rule that repeats, or one day."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at activity starts_on at minutes rule left_out added "
        "is_term_time on_bank_holidays weekdays calendar_uid note"
    )
    kept: ClassVar[Kept] = LISTING
    grants: ClassVar[Grants] = OPEN_TO_ALL

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="sessions"
    )
    starts_on = models.DateField(help_text="The day that the rule counts from.")
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=200, blank=True, help_text="RRULE; blank: once.")
    left_out = ArrayField(models.DateField(), default=list)
    added = ArrayField(models.DateField(), default=list)
    is_term_time = models.BooleanField(default=False)
    on_bank_holidays = models.CharField(
        max_length=7, choices=OnBankHolidays, default="unknown"
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    calendar_uid = models.CharField(
        max_length=300, blank=True, help_text="Its UID in the group's own calendar."
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        """A session lasts a while."""

        ordering: ClassVar = ["activity", "starts_on", "at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=10080),
                name="a_session_lasts_a_minute_to_a_week",
            )
        ]


class OpeningHours(Record):
    """Hours of one weekday in which anyone may drop in; closing at 00:00 is midnight."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at activity weekday opens closes is_term_time "
        "on_bank_holidays valid_from valid_until"
    )
    kept: ClassVar[Kept] = LISTING
    grants: ClassVar[Grants] = OPEN_TO_ALL

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    opens = models.TimeField()
    closes = models.TimeField()
    is_term_time = models.BooleanField(default=False)
    on_bank_holidays = models.CharField(
        max_length=7, choices=OnBankHolidays, default="unknown"
    )
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        """One week; within the day."""

        ordering: ClassVar = ["activity", "weekday", "opens", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="opening_hours_are_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes="00:00"),
                name="opening_hours_close_after_they_open",
            ),
        ]
