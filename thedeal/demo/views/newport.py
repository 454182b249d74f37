"""Newport as a showcase: minutes along real paths, for four kinds of walker.

Only in the demo; no session, no person and no row of the database is touched. What is
typed comes by POST, is used for one answer and is in no address and no log.
"""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from doorstep.asking import Asked
from doorstep.cover import Change

from thedeal.demo import newport as town
from thedeal.lib.wording import when

View = Callable[[HttpRequest], HttpResponse]
FIRST = {"postcode": town.EXAMPLE}
LONGEST_WORDS = 2000
MINUTES = (5, 10, 15, 20, 30)
USUAL_MINUTES = 15
MOST = 8
FEW = 4  # fitting results, below which what else is near is shown too
WALKERS = {
    "ordinary": "An ordinary walker",
    "slow": "Somebody slow",
    "wheelchair": "A wheelchair",
    "pushchair": "A pushchair",
}


def only_in_the_demo(view: View) -> View:
    """Answer 404 unless this is the demo."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request)

    return guarded


@only_in_the_demo
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newport(request: HttpRequest) -> HttpResponse:
    """Ask for a postcode of Newport, and show what is on that doorstep."""
    asked = _asked(request.POST if request.method == "POST" else FIRST)
    told: dict[str, Any] = {"results": None, "problem": ""}
    if request.method == "POST":
        at = town.doors().find(asked["postcode"])
        told |= {"problem": town.NOT_HERE} if at is None else _told(asked, *at)
    return render(
        request,
        "demo/newport.html",
        {"asked": asked, "choices": _choices(asked), **told},
        status=400 if told["problem"] else 200,
    )


@only_in_the_demo
@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Say who would lose if a venue closed, or gain if one opened."""
    closed, opened = request.GET.get("closed", ""), request.GET.get("opened", "")
    known = {venue.key: venue for venue in town.venues()}
    at = town.doors().find(opened)
    told: dict[str, Any] = {"problem": "", "sentence": ""}
    if opened.strip():
        told |= {"problem": town.NOT_HERE} if at is None else _gained(*at)
    elif closed in known:
        told |= _lost(known[closed])
    choices = [
        {"value": v.key, "text": f"{v.name}, {v.street}", "selected": v.key == closed}
        for v in town.venues()
    ]
    return render(
        request,
        "demo/newport_what_if.html",
        {"venues": choices, "opened": opened[:20], "example": town.EXAMPLE, **told},
        status=400 if told["problem"] else 200,
    )


def _asked(given: Mapping[str, str]) -> dict[str, Any]:
    """Give what was asked; odd values are as not said."""
    minutes = {str(n): n for n in MINUTES}.get(given.get("minutes", ""), USUAL_MINUTES)
    walker = given.get("walker", "")
    return {
        "postcode": given.get("postcode", "")[:20],
        "words": given.get("words", "")[:LONGEST_WORDS],
        "minutes": minutes,
        "walker": walker if walker in WALKERS else "ordinary",
    }


def _told(asked: dict[str, Any], lat: float, lon: float) -> dict[str, Any]:
    walker, minutes = asked["walker"], asked["minutes"]
    answered = partial(
        town.answer,
        *(lat, lon),
        walker=walker,
        asked=Asked(limit_minutes=minutes, how_many=MOST),
        now=timezone.localtime(),
    )
    shown = answered(words=asked["words"])
    fits = shown.answer.matches
    fewer = bool(asked["words"].strip()) and len(fits) < FEW
    near = answered(words="").answer.matches if fewer else ()
    known = {one.key for one in fits}
    also = [one for one in near if one.key not in known][: FEW - len(fits)]
    results = [_result(one, n) for n, one in enumerate((*fits, *also), 1)]
    reach = town.reached(lat, lon, walker=walker, minutes=minutes)
    words = f"Streets within {minutes} minutes"
    return {
        "problem": "",
        "results": results[: len(fits)],
        "also": results[len(fits) :],
        "notes": [n for n in (shown.unreachable_because, *shown.answer.notes) if n],
        "walker_words": WALKERS[walker].lower(),
        "home": {"lat": lat, "lon": lon, "title": asked["postcode"].upper()},
        "reach": _shape(reach, words),
        "pins": _pins(results),
    }


def _result(one: Any, number: int) -> dict[str, Any]:
    listing = one.told.listing
    venue = town.venues()[listing.venue]
    return {
        "number": number,
        "title": one.activity,
        "text": listing.description,
        "facts": [one.place, when(one.next_session), one.cost],
        "reasons": one.reasons,
        "cautions": one.cautions,
        "point": (venue.lat, venue.lon),
        "place": one.place,
    }


def _pins(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give one numbered mark for each place, with all that is on there."""
    there: dict[tuple[float, float], list[dict[str, Any]]] = {}
    for one in results:
        there.setdefault(one["point"], []).append(one)
    return [
        {
            "lat": lat,
            "lon": lon,
            "number": ", ".join(str(one["number"]) for one in ones),
            "title": "; ".join(one["title"] for one in ones),
            "text": ones[0]["place"],
            "kind": "ours",
        }
        for (lat, lon), ones in there.items()
    ]


def _shape(geometry: dict[str, Any], name: str) -> dict[str, Any]:
    properties = {"name": name, "kind": "ours"}
    one = {"type": "Feature", "geometry": geometry, "properties": properties}
    return {"type": "FeatureCollection", "features": [one]}


def _lost(venue: town.Venue) -> dict[str, Any]:
    change = town.if_closed(venue.key)
    sentence = f"If {venue.name} closed, {{}} would lose at least one hour of the week."
    return _changed(change, sentence, at=(venue.lat, venue.lon), title=venue.name)


def _gained(lat: float, lon: float) -> dict[str, Any]:
    sentence = "If a place opened there, Monday to Friday from 9 to 5, {} would gain."
    at = (lat, lon)
    return _changed(town.if_opened(lat, lon), sentence, at=at, title="Opened here")


def _changed(
    change: Change, sentence: str, *, at: tuple[float, float], title: str
) -> dict[str, Any]:
    """Give a change as sentence, rows by sector and doorsteps on the map."""
    doors = town.doors()
    count = int(change.total_people)
    some = f"{count:,} doorstep{'' if count == 1 else 's'}"
    rows = [
        [sector.replace(" ", "\u00a0"), f"{int(number):,}", f"{int(hours):,}"]
        for sector, number, hours in zip(
            doors.sectors, change.people, change.hours, strict=True
        )
        if number
    ]
    spots = [
        {
            "lat": float(doors.lats[row]),
            "lon": float(doors.lons[row]),
            "title": doors.texts[row],
            "kind": "plain",
        }
        for row in change.places
    ]
    return {
        "sentence": sentence.format(some),
        "rows": rows,
        "spots": spots,
        "home": {"lat": at[0], "lon": at[1], "title": title},
    }


def _choices(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "minutes": [
            {"value": str(n), "text": f"{n} min", "checked": n == asked["minutes"]}
            for n in MINUTES
        ],
        "walkers": [
            {"value": key, "text": text, "checked": key == asked["walker"]}
            for key, text in WALKERS.items()
        ],
    }
