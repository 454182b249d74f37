"""What stands here of a group and what its feed says of it, side by side to be joined."""

import datetime as dt
from collections.abc import Iterable

from thedeal.community import screen
from thedeal.community.facts import ActivityFacts, ContactFacts, GroupFacts
from thedeal.community.importers import joining
from thedeal.community.importers.records import Record, facts_of, ref_of_activity
from thedeal.community.models import Group, Source
from thedeal.community.selectors import stored

THEIRS = ("the group", "a worker")


def word(
    source: Source,
    records: list[Record],
    now: GroupFacts,
    last: list[Record],
    seen: Iterable[dt.datetime],
) -> joining.Word:
    """Give the feed's word; ``seen`` is when we last saw each record as it was."""
    times = [r.changed_at for r in records if r.changed_at]
    return joining.Word(
        key=source.key,
        now=now,
        last=facts_of(last) if last else None,
        refs=frozenset(r.ref for r in records),
        # with no date of its own, a change came after we last saw it
        said_at=max(times, default=None) or max(seen, default=None),
    )


def in_short(record: Record, now: GroupFacts) -> str:
    """Say what a new record would be: whose, when, where, what it costs."""
    found = [a for a in now.activities if ref_of_activity(a.source_ref) == record.ref]
    said = [now.name] if now.name != record.name else []
    for one in found[:1]:
        said += [*screen.said(one)[:1], *([] if now.is_sensitive else _where(one))]
        said.append(one.cost_words)
    return "; ".join(part for part in said if part)[:300]


def _where(one: ActivityFacts) -> list[str]:
    here = ", ".join(part for part in (one.spot.name, one.spot.postcode) if part)
    return [here or ("online" if one.is_online else "")]


def standing(group: Group, source: Source) -> joining.Standing:
    """Give what stands here, and who said it when."""
    activities = list(group.activities.all())
    return joining.Standing(
        facts=stored.of(group),
        contact=ContactFacts(**stored.contact_of(group)),
        notes=group.provenance,
        activity_notes={str(a.pk): a.provenance for a in activities},
        confirmed_at=group.checked_at if group.checked_how in THEIRS else None,
        ended_by_feed=frozenset(
            a.source_ref
            for a in activities
            if (a.provenance.get("ended") or {}).get("source") == source.key
        ),
    )
