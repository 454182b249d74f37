"""What the gallery page shows its components with: a form with errors, a long list, shapes.

Everything here is made up. The page is what accessibility tests walk, so every
component is on it in each of its states.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator

from thedeal.lib.controls import DateBoxes

# four made-up neighbourhoods round a made-up middle, as [longitude, latitude] corners
MIDDLE = (-2.62, 53.54)
CORNERS = {
    "Northfield": [(0, 0), (0, 3), (3, 4), (4, 1), (3, 0)],
    "Canal Side": [(0, 0), (3, 0), (4, 1), (5, -2), (2, -3), (0, -2)],
    "Old Mill": [(0, 0), (0, -2), (-2, -3), (-4, -1), (-3, 0)],
    "Hill Top": [(0, 0), (-3, 0), (-4, 2), (-2, 4), (0, 3)],
}
DEGREES_A_STEP = 0.008


class GalleryForm(forms.Form):
    """One of each kind of question, never saved."""

    matters = forms.CharField(
        label="What matters to you?",
        help_text="In your own words. There is no wrong answer.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(label="What should we call you?", max_length=80)
    email = forms.EmailField(label="Email address")
    born_on = forms.DateField(
        label="When were you born?",
        help_text="For example, 27 3 1947",
        widget=DateBoxes,
        error_messages={"invalid": "Enter a real date, like 27 3 1947"},
    )
    how = forms.ChoiceField(
        label="How should we get in touch?",
        choices=[("text", "Text"), ("phone", "Phone call"), ("post", "A letter")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we should get in touch"},
    )
    enjoys = forms.MultipleChoiceField(
        label="What do you enjoy?",
        choices=[("sing", "Singing"), ("grow", "Growing things"), ("fix", "Mending")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.ChoiceField(
        label="Neighbourhood", choices=[(name, name) for name in CORNERS]
    )
    agrees = forms.BooleanField(
        label="I have read this and it is right",
        error_messages={"required": "Tick to say that it is right"},
    )


def context() -> dict[str, Any]:
    """Give all that ``gallery.html`` needs beside the request."""
    typed = {"name": "Jean", "email": "jean@", "born_on_day": "31", "enjoys": ["sing"]}
    typed |= {"born_on_month": "2", "born_on_year": "1947", "place": "Old Mill"}
    return {
        "form": GalleryForm(typed),
        "page": Paginator(range(1, 200), 10).page(4),
        "asked_twice": [
            {"value": 4, "on": date(2026, 3, 4)},
            {"value": 7, "on": date(2026, 9, 2)},
        ],
        "areas": {
            "type": "FeatureCollection",
            "features": [_area(name) for name in CORNERS],
        },
        "places": _places(),
        "home": {"lat": MIDDLE[1] + 0.004, "lon": MIDDLE[0] - 0.01, "title": "You"},
    }


def _area(name: str) -> dict[str, Any]:
    corners = [*CORNERS[name], CORNERS[name][0]]
    ring = [
        [MIDDLE[0] + x * DEGREES_A_STEP * 1.6, MIDDLE[1] + y * DEGREES_A_STEP]
        for x, y in corners
    ]
    kind = "here" if name == "Hill Top" else "plain"
    return {
        "type": "Feature",
        "properties": {"name": name, "label": True, "kind": kind},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _places() -> list[dict[str, Any]]:
    shown = [
        ("Hill Top Library", "Library · open until 7pm today", 0.012, -0.02, "ours"),
        ("Kettle and Cards", "Tuesdays, 2pm · free", 0.02, -0.012, "yours"),
        ("Canal Side Surgery", "GP surgery", -0.008, 0.03, "ours"),
    ]
    return [
        {
            "title": title,
            "text": text,
            "href": "#map",
            "lat": MIDDLE[1] + north,
            "lon": MIDDLE[0] + east,
            "kind": kind,
        }
        for title, text, north, east, kind in shown
    ]
