"""The first page: where you live, what matters to you, and what is on your doorstep.

Runs on the public login: never touches a session, a user, or a person's row.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.community.selectors.connecting import Connected, connect
from thedeal.lib.wording import day, when
from thedeal.places import selectors as places
from thedeal.public.asking import (
    DAYS,
    LANGUAGES,
    MINUTES,
    NEEDS,
    PARTS,
    Asking,
    read,
)

HUBS_WITHIN_MINUTES = 10


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


def shapes(found: Any, *, kind: str = "plain") -> dict[str, Any]:
    """Give neighbourhoods as GeoJSON for our map, each a link to its page."""
    features = [
        {
            "type": "Feature",
            "geometry": place.boundary,
            "properties": {
                "name": place.name,
                "href": place.get_absolute_url(),
                "kind": kind,
            },
        }
        for place in found
    ]
    return {"type": "FeatureCollection", "features": features}


def _results(asked: Asking) -> dict[str, Any]:
    found = connect(asked.question())
    results = [_result(found, match) for match in found.answer.matches]
    firm = [one for one in results if not one["comes_last"]]
    last = [one for one in results if one["comes_last"]]
    return {
        "results": firm,
        "ask_first": last,
        "notes": found.answer.notes,
        "pins": [pin for one in results if (pin := one["pin"])],
    }


def _hub_pins(hubs: Any) -> list[dict[str, Any]]:
    """Give what is close by as small marks, so that the map says where it is."""
    return [
        {
            "lat": hub.lat,
            "lon": hub.lon,
            "title": hub.name,
            "text": hub.category_words,
            "kind": "plain",
        }
        for hub in hubs
    ]


def _result(found: Connected, match: Any) -> dict[str, Any]:
    listing = found.listing(match.key)
    href = f"/activities/{found.slug(match.key)}/"
    facts = [match.place, when(match.next_session), match.cost]
    point = found.point(match.key)
    pin = None
    if point:
        pin = {"lat": point[0], "lon": point[1], "title": match.activity, "href": href}
        pin |= {"text": match.place, "kind": "ours"}
    checked = listing.trust.checked_on
    return {
        "title": match.activity,
        "group": match.group,
        "href": href,
        "facts": [fact for fact in facts if fact],
        "reasons": match.reasons,
        "cautions": match.cautions,
        "comes_last": match.comes_last,
        "checked": f"Checked {day(checked)}" if checked else "Not checked yet",
        "first_time": listing.first_time,
        "pin": pin,
    }


def _around(asked: Asking) -> dict[str, Any]:
    """Give the neighbourhood, the hubs close by and whether they are open now."""
    if asked.lat is None or asked.lon is None or asked.neighbourhood is None:
        return {}
    hubs = places.hubs_near(
        asked.lat, asked.lon, limit_minutes=HUBS_WITHIN_MINUTES, at=timezone.now()
    )
    return {
        "place": asked.neighbourhood,
        "hubs": hubs[:8],
        "hub_pins": _hub_pins(hubs),
        "green_minutes": places.nearest_green_space(asked.lat, asked.lon),
        "area": shapes([asked.neighbourhood]),
        "home": {"lat": asked.lat, "lon": asked.lon, "title": asked.postcode or "Here"},
    }


def _choices(asked: Asking) -> dict[str, Any]:
    return {
        "minutes": _chips({str(n): f"{n} min" for n in MINUTES}, [str(asked.minutes)]),
        "days": _chips({key: name[:3] for key, name in DAYS.items()}, asked.days),
        "parts": _chips(PARTS, asked.parts),
        "needs": _chips(NEEDS, asked.needs),
        "free": _chips({"1": "Free"}, ["1"] if asked.free else []),
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
