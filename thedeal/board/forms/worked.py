"""What is asked for a question of "did it work?"."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from thedeal.community.themes import THEMES
from thedeal.money.questions import MEASURES, WHO_WORDS


class QuestionForm(forms.Form):
    """A question, settled before anybody looks."""

    who = forms.ChoiceField(
        label="Who changed?",
        choices=[
            (who.value, f"People who {words}") for who, words in WHO_WORDS.items()
        ],
        widget=forms.RadioSelect,
    )
    theme = forms.ChoiceField(
        label="If they began going to something: of what kind?",
        choices=[("", "No kind")] + [(theme, theme) for theme in THEMES],
        required=False,
    )
    measure = forms.ChoiceField(
        label="What became of …",
        choices=[(key, m.title) for key, m in MEASURES.items()],
    )
    neighbourhood_id = forms.ChoiceField()
    since = forms.DateField(
        label="Only those who changed since",
        help_text="Leave it empty for everybody.",
        required=False,
    )
    worthwhile = forms.CharField(
        label="How large a difference would matter?",
        help_text="In pounds a week, or in points of the measure.",
        max_length=12,
    )
    because = forms.CharField(
        label="Why so much?",
        help_text="Settle it before you look: it is printed beside the answer.",
        max_length=300,
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["neighbourhood_id"] = forms.ChoiceField(
            label="Where?",
            required=False,
            choices=[("", "The whole borough"), *places],
        )

    def clean_worthwhile(self) -> Decimal:
        """Read a number as people type it, with or without a pound sign."""
        typed = self.cleaned_data["worthwhile"].replace("£", "").replace(",", "")
        try:
            found = Decimal(typed.strip())
        except InvalidOperation as error:
            raise forms.ValidationError("Write a number, such as 50 or 0.5.") from error
        if not found.is_finite() or not 0 < found < 10**6:
            raise forms.ValidationError("Write a number above nought, such as 50.")
        return round(found, 2)
