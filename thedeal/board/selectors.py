"""What the board's pages need that no one room below them has by itself."""

import datetime as dt
from typing import Any
from uuid import UUID

from thedeal.lib.errors import NotAllowedError
from thedeal.partners import selectors as partners
from thedeal.partners.models import Authority
from thedeal.places import selectors as places


def authority_of(user: Any) -> Authority:
    """Give the council a user works for today; raise NotAllowedError for none."""
    authority = partners.authorities_of(user).first()
    if authority is None:
        raise NotAllowedError("This page is for people who work for the council.")
    return authority


def neighbourhood_names(authority: Authority) -> dict[UUID, str]:
    """Give each neighbourhood's name by its id."""
    return {p.pk: p.name for p in places.neighbourhoods(authority_id=authority.pk)}


def year_words(year: int) -> str:
    """Give the financial year that starts in a year, as "2026/27"."""
    return f"{year}/{(year + 1) % 100:02d}"


def weeks_back(today: dt.date, weeks: int) -> dt.date:
    """Give the day so many weeks before."""
    return today - dt.timedelta(weeks=weeks)
