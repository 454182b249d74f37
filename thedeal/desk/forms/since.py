"""What is asked when somebody is rung, and where a note belongs."""

from collections.abc import Iterable
from typing import Any

from django import forms

from thedeal.deals.actions.tap_purposes import HOW_IT_WENT
from thedeal.residents.models import Person


class HowItWent(forms.Form):
    """What they said, as their own two taps would have it."""

    how = forms.ChoiceField(
        label="Did you go, and did it matter?",
        choices=[(value, words) for value, (words, _, _) in HOW_IT_WENT.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="How are they, in their words? If they say",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    we_fell_short = forms.BooleanField(
        label="We promised something and did not do it", required=False
    )


class GroupSaid(forms.Form):
    """What a group said when it was rung: the same as its one tap."""

    come_on = forms.DateField(
        label="Which day, if they said one?",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = forms.CharField(label="What they said", required=False, max_length=300)


class MoveNote(forms.Form):
    """Whom a note is about."""

    person = forms.ChoiceField(
        label="Who is it about?", help_text="Of the people you are alongside."
    )

    def __init__(self, *args: Any, people: Iterable[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(str(person.pk), person.name) for person in people]
        self.fields["person"].choices = named  # type: ignore[attr-defined] # Django's way
