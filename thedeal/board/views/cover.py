"""Round the clock: who has something on within a walk, and what if.

Counts people as the census spreads over postcodes: about, and nobody in particular.
"""

from typing import Any

import numpy as np
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thedeal.board import selectors
from thedeal.board.forms.cover import (
    EVENING,
    FULL_DAYS,
    TUESDAY,
    HourForm,
    OpenedForm,
)
from thedeal.board.views.money import as_csv
from thedeal.community.selectors.covering import Change, Covered, covered
from thedeal.deals import permissions as deals
from thedeal.lib import charts
from thedeal.lib.errors import UserFacingError
from thedeal.money import permissions

STREETS_SHOWN = 12
DAY_HOURS = 24


@login_required
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    """Show the week of a neighbourhood, who is left out in one hour, and what if."""
    authority = selectors.authority_of(request.user)
    now = covered()
    names = [(place.slug, place.name) for place in now.doorsteps.neighbourhoods]
    form = HourForm(request.GET if "day" in request.GET else None, names=names)
    asked = form.cleaned_data if form.is_valid() else {}
    which = (
        [slug for slug, _ in names].index(asked["place"])
        if asked.get("place")
        else None
    )
    day, hour = asked.get("day", TUESDAY), asked.get("hour", EVENING)
    shares = _shares(now, which)
    return render(
        request,
        "board/cover.html",
        {
            "authority_id": authority.pk,
            "sees_money": permissions.can_see(request.user, authority),
            "sees_board": deals.can_see_board(request.user, authority.pk),
            "form": form,
            "where": names[which][1] if which is not None else "the borough",
            "when": f"{FULL_DAYS[day]} at {hour:02d}:00",
            "chart": _picture(shares),
            "rows": _rows(shares),
            "share": float(shares[day * DAY_HOURS + hour]),
            "streets": _streets(now, which, day * DAY_HOURS + hour),
            **_what_if(request, now),
        },
    )


@login_required
@require_safe
def cover_csv(request: HttpRequest) -> HttpResponse:
    """Give the share covered in every hour of every neighbourhood as a file."""
    selectors.authority_of(request.user)
    now = covered()
    head = ("neighbourhood", "day", "hour", "share of people covered")
    rows = (
        (place.name, FULL_DAYS[at // DAY_HOURS], at % DAY_HOURS, f"{share:.3f}")
        for place, shares in zip(
            now.doorsteps.neighbourhoods, now.cover.shares(), strict=True
        )
        for at, share in enumerate(shares)
    )
    return as_csv("cover", head, rows)


def _shares(now: Covered, which: int | None) -> Any:
    """Give the share covered in each hour, of one neighbourhood or of all."""
    if which is not None:
        return np.nan_to_num(now.cover.shares()[which])
    living = now.cover.people.sum()
    return now.cover.people_covered().sum(axis=0) / max(living, 1.0)


def _picture(shares: Any) -> Any:
    rows = [
        {
            "day": FULL_DAYS[at // DAY_HOURS],
            "hour": at % DAY_HOURS,
            "share": float(share),
        }
        for at, share in enumerate(shares)
    ]
    return charts.week(rows, amount="share", unit="people with something on")


def _rows(shares: Any) -> list[list[str]]:
    week = shares.reshape(-1, DAY_HOURS)
    return [
        [f"{hour:02d}:00", *(f"{week[day, hour]:.0%}" for day in range(len(FULL_DAYS)))]
        for hour in range(DAY_HOURS)
    ]


def _streets(now: Covered, which: int | None, hour: int) -> list[list[str]]:
    """Give the postcodes with nobody there in an hour, those of most people first."""
    found = [
        place
        for place in now.cover.alone(hour).tolist()
        if which is None or now.doorsteps.neighbourhood[place] == which
    ]
    return [
        [
            now.doorsteps.postcodes[place],
            now.doorsteps.neighbourhoods[now.doorsteps.neighbourhood[place]].name,
            f"about {max(1, round(now.doorsteps.people[place]))}",
        ]
        for place in found[:STREETS_SHOWN]
    ]


def _what_if(request: HttpRequest, now: Covered) -> dict[str, Any]:
    """Answer "what if this closed" or "what if one opened", where it was asked."""
    opened = OpenedForm(request.GET if "postcode" in request.GET else None)
    venues = sorted((name, number) for number, name in enumerate(now.places) if name)
    found: dict[str, Any] = {"opened": opened, "venues": venues, "lost": None}
    found |= {"closed": None, "gained": None}
    closed = request.GET.get("closed", "")
    if closed.isdecimal() and int(closed) < len(now.places):
        found["lost"] = _told(now, now.cover.if_closed(int(closed)))
        found["closed"] = int(closed)
        found["closed_name"] = now.places[int(closed)]
    elif closed:
        raise UserFacingError("Choose a place from the list.")
    if opened.is_bound and opened.is_valid():
        lat, lon = opened.cleaned_data["postcode"]
        try:
            change = now.if_opened(lat, lon, when=opened.cleaned_data["hours"])
        except UserFacingError as error:
            opened.add_error("hours", error.sentence)
        else:
            found["gained"] = _told(now, change)
    return found


def _told(now: Covered, change: Change) -> dict[str, Any]:
    each = zip(now.doorsteps.neighbourhoods, change.people, change.hours, strict=True)
    return {
        "people": round(change.total_people, -1),
        "rows": [
            [place.name, f"{round(people, -1):,.0f}", f"{round(hours, -1):,.0f}"]
            for place, people, hours in each
            if people >= 1
        ],
    }
