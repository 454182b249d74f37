"""What somebody looks for in the directory, as an address says it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

PARTS = {
    "morning": (dt.time(5), dt.time(12)),
    "afternoon": (dt.time(12), dt.time(17)),
    "evening": (dt.time(17), dt.time(23, 59)),
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FACTS = ("step_free", "hearing_loop", "toilet", "quiet", "parking")
MOST_WALK = 60


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for; all blank is everything."""

    words: str = ""
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    walk_minutes: int | None = None
    days: tuple[int, ...] = ()
    part: str = ""
    is_free: bool = False
    is_online: bool = False
    access: tuple[str, ...] = ()
    language: str = ""
    age: int | None = None
    theme: str = ""
    area: str = ""  # the slug of a neighbourhood
    has_room: bool = False
    authority_id: UUID | None = None

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Self:
        """Read an address's query; whatever makes no sense is left out."""
        getlist = getattr(query, "getlist", lambda k: [query[k]] if k in query else [])
        days = tuple(DAYS.index(d) for d in getlist("day") if d in DAYS)
        part = str(query.get("time", ""))
        return cls(
            words=" ".join(str(query.get("q", "")).replace("\x00", "").split())[:200],
            postcode=str(query.get("postcode", ""))[:20].strip(),
            walk_minutes=_number(query.get("walk"), most=MOST_WALK),
            days=days,
            part=part if part in PARTS else "",
            is_free=query.get("free") == "1",
            is_online=query.get("online") == "1",
            has_room=query.get("room") == "1",
            access=tuple(a for a in getlist("access") if a in FACTS),
            language=str(query.get("language", ""))[:8],
            age=_number(query.get("age"), most=120),
            theme=str(query.get("theme", ""))[:40].lower(),
            area=str(query.get("in", ""))[:80].lower(),
        )

    @property
    def is_anything(self) -> bool:
        """Say whether anything at all was asked."""
        return self != type(self)(authority_id=self.authority_id)


def _number(given: Any, *, most: int) -> int | None:
    text = str(given or "")
    return min(int(text), most) if text.isdecimal() and len(text) < 6 else None
