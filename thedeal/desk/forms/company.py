"""When and where two people first meet: a place with a door that all may enter."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from thedeal.places.models import Venue


class FirstMeeting(forms.Form):
    """The venue, the day and the time."""

    venue = forms.ChoiceField(
        label="Where?", help_text="Never at anybody's home, the first time."
    )
    on = forms.DateField(label="Which day?", widget=forms.DateInput({"type": "date"}))
    at = forms.TimeField(label="What time?", widget=forms.TimeInput({"type": "time"}))

    def __init__(self, *args: Any, venues: Iterable[Venue], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(str(venue.pk), venue.name) for venue in venues]
        self.fields["venue"].choices = named  # type: ignore[attr-defined] # Django's way

    def meets_at(self) -> dt.datetime:
        """Give the moment, as clocks here have it."""
        told = dt.datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"])
        return timezone.make_aware(told)


class FeltWrong(forms.Form):
    """That it felt wrong; why is theirs to say or leave."""

    words = forms.CharField(
        label="What they said, if they like",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
