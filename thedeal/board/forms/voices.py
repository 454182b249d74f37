"""What is asked for an answer to a resident's idea."""

from decimal import Decimal

from django import forms

from thedeal.money.models.voices import VERDICTS
from thedeal.money.pounds import PoundsError, read_pounds


class AnswerForm(forms.Form):
    """The idea in our words, and the answer everybody reads."""

    told = forms.CharField(label="The idea in one line, naming nobody", max_length=200)
    verdict = forms.ChoiceField(label="What do you say?", choices=VERDICTS)
    yearly_pounds = forms.CharField(
        label="What it would be worth, pounds a year",
        help_text="Leave it empty if nobody has worked it out.",
        required=False,
    )
    answer = forms.CharField(
        label="Why, in plain words", widget=forms.Textarea, max_length=2000
    )

    def clean_yearly_pounds(self) -> Decimal | None:
        """Read the pounds as people type them."""
        typed = self.cleaned_data["yearly_pounds"]
        try:
            return read_pounds(typed) if typed.strip() else None
        except PoundsError as error:
            raise forms.ValidationError(error.sentence) from error
