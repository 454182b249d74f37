"""Round the clock: who has something on within a walk, and what if.

Counts people as the census spreads over postcodes: about, and nobody in particular.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thedeal.board import selectors
from thedeal.board.forms.cover import EVENING, TUESDAY, HourForm, OpenedForm
from thedeal.board.round_the_clock import (
    DAY_HOURS,
    FULL_DAYS,
    by_neighbourhood,
    hour_words,
    hours_with_nobody,
)
from thedeal.board.views.money import as_csv
from thedeal.community.selectors.covering import Change, Covered, covered
from thedeal.deals import permissions as deals
from thedeal.lib import charts
from thedeal.lib.errors import UserFacingError
from thedeal.lib.wording import plural
from thedeal.money import permissions

STREETS_SHOWN, MOST_DOTS = 12, 600
ALONG, ABOUT = "along the paths", "by straight line lengthened to a walk"


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
    shares, at = _shares(now, which), day * DAY_HOURS + hour
    return render(
        request,
        "board/cover.html",
        {
            "authority_id": authority.pk,
            "sees_money": permissions.can_see(request.user, authority),
            "sees_board": deals.can_see_board(request.user, authority.pk),
            "form": form,
            "where": names[which][1] if which is not None else "the borough",
            "when": hour_words(day, hour),
            "chosen": {"place": asked.get("place", ""), "day": day, "hour": hour},
            "measured": ABOUT if now.is_estimate else ALONG,
            "chart": _picture(shares),
            "rows": _rows(shares),
            "nobody": hours_with_nobody(shares),
            "share": float(shares[at]),
            "places": by_neighbourhood([n for _, n in names], now.cover, hour=at)
            if which is None
            else [],
            **_streets(now, which, at),
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


def _streets(now: Covered, which: int | None, hour: int) -> dict[str, Any]:
    """Give the postcodes of a neighbourhood with nobody there in an hour.

    Those of most people first, as rows and as dots; none for the borough, where they
    would be the same few estates in every hour.
    """
    if which is None:
        return {"streets": [], "spots": [], "ground": None}
    alone = now.cover.alone(hour)
    found = alone[now.doorsteps.neighbourhood[alone] == which].tolist()
    most = _spots(now, found[:STREETS_SHOWN])
    return {
        "streets": [[spot["title"], spot["text"]] for spot in most],
        "spots": _spots(now, found),
        "n_streets": len(found),
        "ground": _outline([now.doorsteps.neighbourhoods[which]]),
    }


def _spots(now: Covered, places: Sequence[int]) -> list[dict[str, Any]]:
    """Give postcodes as small dots of our map: evenly fewer where they are too many."""
    there = now.doorsteps
    apart = 1 + (len(places) - 1) // MOST_DOTS
    return [
        {
            "lat": float(there.lats[place]),
            "lon": float(there.lons[place]),
            "title": there.postcodes[place],
            "text": f"about {plural(max(1, round(there.people[place])), 'person', 'people')}",
            "kind": "plain",
        }
        for place in places[::apart]
    ]


def _outline(areas: Iterable[Any]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "geometry": area.boundary, "properties": {}}
        for area in areas
    ]
    return {"type": "FeatureCollection", "features": features}


def _what_if(request: HttpRequest, now: Covered) -> dict[str, Any]:
    """Answer "what if this closed" or "what if one opened", where it was asked."""
    opened = OpenedForm(request.GET if "postcode" in request.GET else None)
    closed = request.GET.get("closed", "")
    found: dict[str, Any] = {"opened": opened, "venues": _venues(now, closed)}
    found |= {"lost": None, "gained": None}
    if closed.isdecimal() and int(closed) < len(now.places):
        found["lost"] = _told(now, now.cover.if_closed(int(closed)))
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


def _venues(now: Covered, closed: str) -> list[dict[str, Any]]:
    """Give the places that something is on at, by name, to choose one from."""
    named = sorted((name, number) for number, name in enumerate(now.places) if name)
    return [
        {"value": number, "text": name, "selected": str(number) == closed}
        for name, number in named
    ]


def _told(now: Covered, change: Change) -> dict[str, Any]:
    each = zip(now.doorsteps.neighbourhoods, change.people, change.hours, strict=True)
    changed = [found for found in each if found[1] >= 1]
    return {
        "people": _about(change.total_people),
        "rows": [
            [place.name, _about(people), _about(hours)]
            for place, people, hours in changed
        ],
        "spots": _spots(now, change.places.tolist()),
        "ground": _outline(place for place, _, _ in changed),
    }


def _about(number: float) -> str:
    """Give a count of people as near as it is known: to the ten, and none as none."""
    return "fewer than 10" if 0 < number < 10 else f"about {round(number, -1):,.0f}"
