"""What is asked of cover: where, which hour, and what if."""

import datetime as dt
from typing import Any

from django import forms

from thedeal.board.round_the_clock import FULL_DAYS
from thedeal.lib.wording import time
from thedeal.places import selectors as places
from thedeal.places.postcode_words import sentence_for

DAY_CHOICES = list(enumerate(FULL_DAYS))
HOUR_CHOICES = [(hour, time(dt.time(hour))) for hour in range(24)]


TUESDAY, EVENING = 1, 19


class HourForm(forms.Form):
    """Which neighbourhood, and which hour of the week to look at."""

    place = forms.ChoiceField(label="Neighbourhood", required=False)
    day = forms.TypedChoiceField(
        label="Day", choices=DAY_CHOICES, coerce=int, initial=TUESDAY
    )
    hour = forms.TypedChoiceField(
        label="Hour", choices=HOUR_CHOICES, coerce=int, initial=EVENING
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "The whole borough"), *names]


class OpenedForm(forms.Form):
    """Something new: at which postcode, and when."""

    postcode = forms.CharField(label="At which postcode?", max_length=10)
    hours = forms.CharField(
        label="Open when?", help_text="Such as: weekdays 18:00-21:00.", max_length=200
    )

    def clean_postcode(self) -> tuple[float, float]:
        """Give where it is."""
        found = places.find_postcode(self.cleaned_data["postcode"])
        if found.lat is None or found.lon is None:
            raise forms.ValidationError(sentence_for(found))
        return found.lat, found.lon
