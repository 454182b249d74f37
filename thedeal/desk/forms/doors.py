"""What is written down at the law's doors, and where an authority has them answered."""

from typing import Any

from django import forms

from thedeal.deals.actions.door_places import LONGEST_HOURS

YES_NO = [("yes", "Yes"), ("no", "No")]


class Receipt(forms.Form):
    """That somebody said they have the request, heard by voice."""

    who = forms.CharField(label="Who said that they have it?", max_length=160)
    words = forms.CharField(
        label="What did they say, and when will they be in touch?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Refusal(forms.Form):
    """That the person would rather not, and what section 11 asks about that."""

    words = forms.CharField(
        label="What did they say, in their words?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    had_capacity = forms.ChoiceField(
        label="Can they decide this for themself, here and now?",
        help_text="Where you doubt it, the request stands.",
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    is_at_risk = forms.ChoiceField(
        label="Are they being hurt or neglected, or might they be?",
        help_text="Where you do not know, the request stands.",
        choices=[("no", "No"), ("yes", "Yes"), ("not known", "I do not know")],
        widget=forms.RadioSelect,
    )

    def said(self) -> dict[str, Any]:
        """Give what was said as the action takes it; not knowing counts as a risk."""
        given = self.cleaned_data
        return {
            "words": given["words"],
            "had_capacity": given["had_capacity"] == "yes",
            "is_at_risk": given["is_at_risk"] != "no",
        }


class Came(forms.Form):
    """What came of a request."""

    words = forms.CharField(
        label="What came of it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Again(forms.Form):
    """That they ask once more."""

    words = forms.CharField(
        label="In their words, if they like",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Place(forms.Form):
    """Who answers one of the doors, by day and by night."""

    name = forms.CharField(label="Who answers?", max_length=160)
    email = forms.EmailField(
        label="Their email address",
        help_text="One that is read every working day, and not one person’s own.",
    )
    phone = forms.CharField(label="Their phone number", max_length=30)
    receipt_hours = forms.IntegerField(
        label="Within how many hours do they say that they have it?",
        help_text="Then we ask again, twice, and after that whoever asked is told to ring.",
        min_value=1,
        max_value=LONGEST_HOURS,
    )
    out_of_hours_phone = forms.CharField(
        label="The number for nights and weekends", required=False, max_length=30
    )
    out_of_hours_words = forms.CharField(
        label="Anything to know about nights and weekends",
        required=False,
        max_length=300,
    )
