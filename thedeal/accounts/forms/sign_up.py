"""What we ask of somebody new.

Apart from the other forms, because the library imports it while making its own.
"""

from typing import Any

from django import forms

from thedeal.accounts import names


class SignUp(forms.Form):
    """What we ask of somebody new: what to call them."""

    display_name = forms.CharField(
        label="What should we call you?",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("display_name", "email")

    def clean_display_name(self) -> str:
        """Tidy the name; refuse one of which nothing is left."""
        name = names.tidy(self.cleaned_data["display_name"])
        if not name:
            raise forms.ValidationError("Tell us what to call you.")
        return name

    def signup(self, request: Any, user: Any) -> None:
        """Nothing more: the adapter keeps the name."""
