"""The first page: where you live, what matters to you, and what is on your doorstep.

Runs on the public login: never touches a session, a user, or a person's row.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.community.selectors.connecting import Connected, connect
from thedeal.lib.wording import date, when
from thedeal.places import selectors as places
from thedeal.places.models import Category
from thedeal.places.walking import USUAL
from thedeal.public.asking import (
    DAYS,
    LANGUAGES,
    MINUTES,
    MOST,
    NEEDS,
    PARTS,
    WALKERS,
    Asking,
    read,
)

HUBS_WITHIN_MINUTES = 10
HUBS_SHOWN = 6
WHO = ("people_all", "people_0_15", "people_65_plus")
FEW = 4  # fitting results, below which what else is near is shown too
COLOURS = ("ours", "gold", "yours", "plain")
RINGS = {5: (5,), 10: (5, 10), 15: (5, 10, 15), 20: (10, 20), 30: (15, 30)}


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Ask where somebody lives, and what matters to them."""
    areas = shapes(places.neighbourhoods())
    return render(request, "public/first.html", {"areas": areas, "problem": ""})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def near(request: HttpRequest) -> HttpResponse:
    """Show what is near, and why it fits; the words come by POST alone."""
    if request.method != "POST" and "in" not in request.GET:
        return redirect("public:first")
    asked = read(request.POST if request.method == "POST" else request.GET)
    if asked.problem and "HX-Request" in request.headers:
        # in place of the results, beside the form as it stands
        return render(request, "public/_near_problem.html", {"problem": asked.problem})
    if asked.problem:
        found = {
            "areas": shapes(places.neighbourhoods()),
            "problem": asked.problem,
            "asked": asked,
        }
        return render(request, "public/first.html", found, status=400)
    link = request.build_absolute_uri(f"{request.path}?{asked.address()}")
    return render(
        request,
        "public/near.html",
        {
            "asked": asked,
            "choices": _choices(asked),
            "shared": link if "share" in request.POST else "",
            **_results(asked),
            **_around(asked),
        },
    )


def shapes(found: Any, *, kind: str = "", label: bool = True) -> dict[str, Any]:
    """Give neighbourhoods as GeoJSON for our map, each a link to its page.

    ``kind`` is the map's colour for all; none: each its own.
    """
    features = [
        {
            "type": "Feature",
            "geometry": place.boundary,
            "properties": {
                "name": place.name,
                "href": place.get_absolute_url(),
                "kind": kind or COLOURS[number % len(COLOURS)],
                "label": label,
            },
        }
        for number, place in enumerate(found)
    ]
    return {"type": "FeatureCollection", "features": features}


def _results(asked: Asking) -> dict[str, Any]:
    """Give what fits, what to ask about first, and, where little fits what somebody
    said, what else is near."""
    found = connect(asked.question())
    matches = found.answer.matches
    fits = [match for match in matches if not match.comes_last and not match.is_loose]
    also = [match for match in matches if match.is_loose]
    if asked.words and len(fits) + len(also) < FEW:
        also += _also_near(asked, matches)
    last = [match for match in matches if match.comes_last]
    ordered = [*fits, *last, *also]
    results = [_result(found, match, n) for n, match in enumerate(ordered, 1)]
    known = len(fits) + len(last)
    return {
        "results": results[: len(fits)],
        "ask_first": results[len(fits) : known],
        "also": results[known:],
        "notes": found.answer.notes,
        "pins": _result_pins(results),
        "is_along_paths": not found.held.walking.is_estimate,
    }


def _also_near(asked: Asking, known: Sequence[Any]) -> list[Any]:
    """Give a few more that are near and firm, whatever the words were."""
    wordless = replace(asked.question(), words="")
    seen = {match.key for match in known}
    near = connect(wordless).answer.matches
    more = [m for m in near if m.key not in seen and not m.comes_last]
    return more[: MOST - FEW]


def _result(found: Connected, match: Any, number: int) -> dict[str, Any]:
    listing = found.listing(match.key)
    return {
        "number": number,
        "title": match.activity,
        "who": [fact for fact in (match.group, match.place) if fact],
        "href": f"/activities/{found.slug(match.key)}/",
        "told": listing.description,
        "place": match.place,
        "facts": [fact for fact in (when(match.next_session), match.cost) if fact],
        "reasons": match.reasons,
        "cautions": match.cautions,
        "comes_last": match.comes_last,
        "trust": _trust(listing.trust),
        "first_time": listing.first_time,
        "point": found.point(match.key),
    }


def _trust(trust: Any) -> str:
    """Say who looked at a listing and when, and whether its policy was seen."""
    if not trust.checked_on:
        return "Not checked yet"
    by = f" by {trust.checked_by}" if trust.checked_by else ""
    told = f"Checked {date(trust.checked_on, year=True)}{by}"
    if trust.safeguarding_seen_on:
        on = date(trust.safeguarding_seen_on, year=True)
        told += f"; {trust.safeguarding_seen_by} saw its safeguarding policy on {on}"
    return told


def _result_pins(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give one numbered mark for each place, with all that is on there."""
    there: dict[tuple[float, float], list[dict[str, Any]]] = {}
    for one in results:
        if one["point"]:
            there.setdefault(one["point"], []).append(one)
    return [
        {
            "lat": point[0],
            "lon": point[1],
            "number": ", ".join(str(one["number"]) for one in ones),
            "title": "; ".join(one["title"] for one in ones),
            "text": ones[0]["place"],
            "kind": "ours",
        }
        | ({"href": ones[0]["href"]} if len(ones) == 1 else {})
        for point, ones in there.items()
    ]


def hub_pins(hubs: Any) -> list[dict[str, Any]]:
    """Give hubs as small marks, so that the map says where it is."""
    return [
        {
            "lat": hub.lat,
            "lon": hub.lon,
            "title": hub.name,
            "text": Category(hub.category).label,
            "kind": "plain",
        }
        for hub in hubs
    ]


def _around(asked: Asking) -> dict[str, Any]:
    """Give the neighbourhood, the hubs close by and whether they are open now."""
    if asked.lat is None or asked.lon is None or asked.neighbourhood is None:
        return {}
    hubs = places.hubs_near(
        asked.lat,
        asked.lon,
        limit_minutes=HUBS_WITHIN_MINUTES,
        walker=asked.walker,
        at=timezone.now(),
    )
    home = asked.postcode or f"The middle of {asked.neighbourhood.name}"
    known = places.neighbourhood_figures(asked.neighbourhood)
    reach_m = places.reach_m(asked.minutes, walker=asked.walker)
    return {
        "place": asked.neighbourhood,
        "hubs": hubs[:HUBS_SHOWN],
        "more_hubs": hubs[HUBS_SHOWN:],
        "hub_pins": hub_pins(hubs),
        "green_minutes": places.nearest_green_space(
            asked.lat, asked.lon, walker=asked.walker
        ),
        "figures": [known[name] for name in WHO if name in known],
        "home": {"lat": asked.lat, "lon": asked.lon, "title": home},
        "rings": _rings(asked),
        "ground": outlines(
            places.small_areas_around(asked.lat, asked.lon, within_m=1.5 * reach_m)
        ),
    }


def _rings(asked: Asking) -> list[dict[str, Any]]:
    """Give rings around home, about so many minutes for who walks, up to the limit."""
    return [
        {
            "metres": places.reach_m(n, walker=asked.walker),
            "label": f"about {n} minutes",
        }
        for n in RINGS[asked.minutes]
    ]


def outlines(found: Any) -> dict[str, Any]:
    """Give shapes that only say where one is, as GeoJSON."""
    features = [{"type": "Feature", "geometry": one, "properties": {}} for one in found]
    return {"type": "FeatureCollection", "features": features}


def _choices(asked: Asking) -> dict[str, Any]:
    return {
        "minutes": _chips({str(n): f"{n} min" for n in MINUTES}, [str(asked.minutes)]),
        "walkers": _chips(WALKERS, [asked.walker]),
        "days": _chips({key: name[:3] for key, name in DAYS.items()}, asked.days),
        "parts": _chips(PARTS, asked.parts),
        "needs": _chips(NEEDS, asked.needs),
        "free": _chips({"1": "Free"}, ["1"] if asked.free else []),
        "more": asked.walker != USUAL
        or bool(asked.days or asked.parts or asked.needs or asked.language)
        or asked.age is not None,
        "languages": [
            {"value": key, "text": text, "selected": key == asked.language}
            for key, text in LANGUAGES.items()
        ],
    }


def _chips(words: dict[str, str], chosen: Any) -> list[dict[str, Any]]:
    return [
        {"value": key, "text": text, "checked": key in chosen}
        for key, text in words.items()
    ]
