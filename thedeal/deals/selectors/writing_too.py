"""Who else is writing in a conversation, and what they kept last: to read, never to change.

Each writer has a draft of their own, so that nobody writes over a colleague; without
this, two who sat with one person would each write down the same.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from thedeal.deals.models import Conversation, Draft
from thedeal.deals.writing import BOXES, Content, unpacked

# a draft that was kept so lately is being written; an older one was
LATELY = dt.timedelta(minutes=15)
MOST = 4


@dataclass(frozen=True, kw_only=True)
class WritingToo:
    """One colleague's draft."""

    writer: str
    since: dt.datetime
    saved_at: dt.datetime
    content: Content
    is_now: bool


def others(conversation: Conversation, *, writer_id: UUID | None) -> list[WritingToo]:
    """Give the drafts of everybody but one writer, the newest first. One query."""
    rows = Draft.objects.filter(conversation=conversation).select_related("writer")
    lately = timezone.now() - LATELY
    found = rows.exclude(writer_id__in=[writer_id]).order_by("-saved_at")[:MOST]
    return [
        WritingToo(
            writer=str(row.writer),
            since=row.created_at,
            saved_at=row.saved_at,
            content=_in_order(unpacked(row.content)),
            is_now=row.saved_at > lately,
        )
        for row in found
        if row.content
    ]


def stamp(found: Sequence[WritingToo]) -> str:
    """Give what changes as soon as one of them has kept something new."""
    return ",".join(each.saved_at.isoformat() for each in found)


def _in_order(content: Content) -> Content:
    return {box: content[box] for box in BOXES if box in content}
