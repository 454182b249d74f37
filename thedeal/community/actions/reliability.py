"""Keeps how soon a group answers, told by the rooms that ask it something."""

from thedeal.audit.actions import trail
from thedeal.community.models import Group
from thedeal.lib import logins


@logins.atomic
def note(group: Group, *, answers_in_days: int | None) -> None:
    """Keep the middle number of days that a group takes to answer; None: not known."""
    if group.answers_in_days == answers_in_days:
        return
    Group.objects.filter(pk=group.pk).update(answers_in_days=answers_in_days)
    group.answers_in_days = answers_in_days
    trail.record(
        "community.answers_noted", by=None, subject=group, days=answers_in_days
    )
