"""Keeps listings true: asks the groups, takes their answers, demotes and drops.

Letters on the council's days after the last check, each once; one tap answers. A
listing is never demoted within a day of a letter, nor dropped within a fortnight of
one, so that a box that stood still for a month is fair.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from thedeal.audit.actions import trail
from thedeal.community import freshness, permissions
from thedeal.community.actions import listings
from thedeal.community.models import Activity, Contact, Group, Nudge
from thedeal.community.selectors import freshness as fresh
from thedeal.community.states import SHOWN, ListingState
from thedeal.lib import definitions, links, logins
from thedeal.messages.actions import letters, taps, ways_out
from thedeal.messages.models import Channel
from thedeal.partners.models import Authority

KIND = "community.check"
AFTER_A_LETTER = dt.timedelta(days=1)
BEFORE_DROPPING = dt.timedelta(days=14)


def keep(*, now: dt.datetime) -> tuple[int, int, int]:
    """Do a day's work; give how many were asked, demoted and dropped."""
    asked = ask(now=now)
    return asked, *fade(now=now)


def ask(*, now: dt.datetime) -> int:
    """Write to each group whose day has come; give how many letters were written."""
    return sum(_ask_group(g, day, now) for g, day in _due(now))


def fade(*, now: dt.datetime) -> tuple[int, int]:
    """Demote what met with silence, drop what nobody could verify; give both counts."""
    demoted = dropped = 0
    for authority in Authority.objects.all():
        days = fresh.rhythm(authority.pk)
        demoted += _demote(authority, now - dt.timedelta(days=days.demote), now)
        dropped += _drop(authority, now - dt.timedelta(days=days.drop), now)
    return demoted, dropped


@logins.atomic
def answer(*, nudge: Nudge, choice: str, now: dt.datetime) -> None:
    """Take a group's one-tap answer: it is still right, has stopped, or leave us be."""
    how = listings.THE_GROUP
    if choice == "right" and nudge.group.state == ListingState.ENDED:
        listings.resume(group=nudge.group, by=None, how=how)
    elif choice == "right":
        listings.check(group=nudge.group, by=None, how=how)
    elif choice == "stopped":
        listings.end(group=nudge.group, by=None, how=how, reason="told us by one tap")
    elif choice in ("leave", "leave all"):
        _stop_asking(nudge.group, now, is_all=choice == "leave all")
    Nudge.objects.filter(pk=nudge.pk).update(answer=choice, answered_at=now)
    # any of the letters may be answered, and one answer is enough
    taps.settle(nudge.group_id, purpose=links.PURPOSES[KIND])


@logins.atomic
def write_again(*, group: Group, by: Any, how: str) -> None:
    """Ask a group by letter again: it told a worker, or its organiser says so."""
    permissions.check_can_answer(by, group=group)
    _, to = _way(Contact.objects.filter(group=group).first())
    if to:
        ways_out.opt_in(to, kind=KIND)
    Group.objects.filter(pk=group.pk).update(asks_stopped_at=None)
    trail.record("community.asks_again", by=by, subject=group, how=how)


def _due(now: dt.datetime) -> Iterator[tuple[Group, int]]:
    """Give each group that is to be asked today, and for which day."""
    for authority in Authority.objects.all():
        days = fresh.rhythm(authority.pk)
        rows = Group.objects.filter(
            authority=authority,
            state__in=SHOWN,
            asks_stopped_at__isnull=True,
            checked_at__lte=now - dt.timedelta(days=days.letters[0]),
            checked_at__gt=now - dt.timedelta(days=days.drop),
        ).select_related("authority")
        for group in rows.order_by("id"):
            age = freshness.days_since(group.checked_at or now, now=now)
            day = days.letter_due(age)
            if day is not None:
                yield group, day


@logins.atomic
def _ask_group(group: Group, day: int, now: dt.datetime) -> int:
    contact = Contact.objects.filter(group=group).first()
    channel, to = _way(contact)
    checked_at = group.checked_at
    if not to or checked_at is None or ways_out.is_taken(to, kind=KIND):
        return 0
    nudge, is_new = Nudge.objects.get_or_create(
        group=group,
        since=checked_at,
        day=day,
        defaults={"authority_id": group.authority_id, "channel": channel},
    )
    if not is_new:
        return 0
    Nudge.objects.filter(pk=nudge.pk).update(created_at=now)
    _write(group, nudge, to, name=contact.name if contact else "")
    trail.record("community.asked", by=None, subject=group, day=day)
    return 1


def _way(contact: Contact | None) -> tuple[str, str]:
    """Give how a group is written to, and where; ("", "") where it cannot be."""
    if contact is None:
        return "", ""
    if contact.email:
        return Channel.EMAIL, contact.email
    return (Channel.TEXT, contact.phone) if contact.phone else ("", "")


def _write(group: Group, nudge: Nudge, to: str, *, name: str) -> None:
    link = taps.make(
        links.PURPOSES[KIND],
        subject_id=group.pk,
        authority_id=group.authority_id,
        nudge=str(nudge.pk),
        others=_others(group, to),
    )
    short = "text" if nudge.channel == Channel.TEXT else "email"
    own = {"authority_id": group.authority_id}
    filled = {"group": group.name, "name": name or "there", "link": link}
    filled["things"] = ", ".join(a.name for a in _shown(group))
    filled["council"] = group.authority.name
    letters.write(
        kind=KIND,
        to=to,
        channel=nudge.channel,
        subject=definitions.words("words/community.check_subject", **own),
        body=definitions.words(f"words/community.check_{short}", **own).format(
            **filled
        ),
        once_key=f"{KIND}:{nudge.pk}",
        authority_id=group.authority_id,
    )


def _shown(group: Group) -> list[Activity]:
    return list(group.activities.filter(state__in=SHOWN).order_by("name", "id"))


def _others(group: Group, to: str) -> int:
    """Give how many other groups are asked after at the same address."""
    rows = Contact.objects.filter(
        Q(email__iexact=to) | Q(email="", phone=to),
        authority_id=group.authority_id,
        group__state__in=SHOWN,
        group__asks_stopped_at__isnull=True,
    )
    return rows.exclude(group=group).count()


def _stop_asking(group: Group, now: dt.datetime, *, is_all: bool) -> None:
    """Write no more of this group; the listing ages as any, and a worker may ring.

    ``is_all``: nor of any other group whose letters go to the same address.
    """
    Group.objects.filter(pk=group.pk).update(asks_stopped_at=now)
    _, to = _way(Contact.objects.filter(group=group).first()) if is_all else ("", "")
    if to:
        ways_out.opt_out(to, kind=KIND)
    trail.record("community.asks_stopped", by=None, subject=group, is_all=is_all)


@logins.atomic
def _demote(authority: Authority, before: dt.datetime, now: dt.datetime) -> int:
    """Move below all others what met with silence: two statements."""
    silent = _aged(authority, before).filter(demoted_at__isnull=True)
    ids = _unless_asked_since(silent, now - AFTER_A_LETTER)
    Group.objects.filter(pk__in=ids).update(demoted_at=now)
    Activity.objects.filter(group_id__in=ids, state__in=SHOWN).update(demoted_at=now)
    return len(ids)


def _drop(authority: Authority, before: dt.datetime, now: dt.datetime) -> int:
    aged = _aged(authority, before)
    ids = _unless_asked_since(aged, now - BEFORE_DROPPING)
    for group in Group.objects.filter(pk__in=ids).order_by("id"):
        listings.drop(group=group)
    return len(ids)


def _aged(authority: Authority, before: dt.datetime) -> QuerySet[Group]:
    rows = Group.objects.filter(authority=authority, state__in=SHOWN)
    return rows.annotate(heard=Coalesce("checked_at", "created_at")).filter(
        heard__lte=before
    )


def _unless_asked_since(rows: QuerySet[Group], since: dt.datetime) -> list[UUID]:
    asked = Q(nudges__created_at__gt=since) & Q(nudges__since=F("checked_at"))
    return list(rows.exclude(asked).values_list("pk", flat=True))
