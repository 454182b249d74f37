"""A neighbourhood's own page, worth keeping: what is on, what is open, who lives here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thedeal.community.selectors import open_now, this_week
from thedeal.places import selectors as places
from thedeal.places.models import Neighbourhood
from thedeal.public.views.first import hub_pins, outlines, shapes

HERE = (
    "people_0_15",
    "people_65_plus",
    "people_disabled",
    "homes_owned",
    "homes_social",
    "homes_private",
)
BOROUGH = (
    "homes_one_person",
    "homes_one_person_66_plus",
    "people_unpaid_carers",
    "homes_no_car",
)


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Show all neighbourhoods on one map, and in a list."""
    found = list(places.neighbourhoods())
    return render(
        request,
        "public/neighbourhoods.html",
        {"neighbourhoods": found, "areas": shapes(found)},
    )


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one neighbourhood."""
    place = places.neighbourhoods().filter(slug=slug).first()
    if place is None:
        raise Http404
    hubs = _hubs(place)
    return render(
        request,
        "public/neighbourhood.html",
        {
            "place": place,
            "area": shapes([place], kind="here", label=False),
            "ground": outlines(places.small_areas_of(place)),
            "pins": hub_pins(places.venues_in(place).order_by("name")),
            "figures": _chosen(places.neighbourhood_figures(place), HERE),
            "borough": _chosen(places.figures_around(place), BOROUGH),
            "deprivation": places.deprivation(place),
            "hubs": hubs,
            "open_hubs": [
                (venue, state.words)
                for kind in reversed(hubs)  # the one library before nine pharmacies
                for venue, state in kind["venues"]
                if state.is_open
            ],
            "open_now": open_now.open_in(place),
            "week": this_week.on_in(place),
        },
    )


def _chosen(known: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
    return [known[name] for name in names if name in known]


def _hubs(place: Neighbourhood) -> list[dict[str, Any]]:
    """Give the hubs by kind, each kind with its places and whether they are open."""
    kinds: dict[str, list[Any]] = {}
    for venue, state in places.described(places.venues_in(place).order_by("name")):
        kinds.setdefault(venue.get_category_display(), []).append((venue, state))
    return [
        {
            "kind": kind,
            "venues": venues,
            "open_now": sum(state.is_open is True for _, state in venues),
        }
        for kind, venues in sorted(kinds.items(), key=lambda pair: -len(pair[1]))
    ]
