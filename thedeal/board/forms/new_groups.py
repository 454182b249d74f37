"""What came of a group that should be there."""

from django import forms


class CameOfForm(forms.Form):
    """Did it start, and why or why not."""

    started = forms.ChoiceField(
        label="What came of it?",
        choices=[("yes", "It started"), ("no", "It did not start")],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why, in one line, naming nobody",
        help_text="Needed where it did not start, so that the next one may.",
        max_length=200,
        required=False,
    )
