"""What is asked for a line of the ledger."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from thedeal.money.ledger_sums import Kind
from thedeal.money.pounds import PoundsError, read_pounds

GRADES = {
    0: "0 – a hope: nobody has looked",
    1: "1 – before and after, nobody to compare with",
    2: "2 – compared, with some difference allowed for",
    3: "3 – before and after, beside a comparison group",
    4: "4 – chance decided who took part, as good as a lot",
    5: "5 – a lot was drawn",
}


class LineForm(forms.Form):
    """One claimed saving, as its author puts it."""

    title = forms.CharField(label="What is the saving?", max_length=160)
    how_worked_out = forms.CharField(
        label="How was it worked out?", widget=forms.Textarea, max_length=4000
    )
    kind = forms.ChoiceField(
        label="Does money leave a budget?",
        choices=[
            (Kind.CASH.value, "Yes, cash"),
            (Kind.CAPACITY.value, "No, people or places are freed"),
        ],
        widget=forms.RadioSelect,
    )
    budget = forms.ChoiceField(label="Whose budget?")
    service = forms.CharField(label="Which service?", max_length=80)
    neighbourhood = forms.ChoiceField(label="Which neighbourhood?", required=False)
    yearly = forms.CharField(label="Pounds a year, in full", max_length=20)
    first_year = forms.IntegerField(
        label="The year it starts",
        help_text="2026 is the financial year 2026/27.",
        min_value=2010,
        max_value=2060,
    )
    taper = forms.CharField(
        label="How much of it in each year",
        help_text="Shares from the first year, such as 0.5, 1, 1. Leave 1 if at once.",
        initial="1",
        max_length=120,
    )
    is_lasting = forms.BooleanField(label="The last share goes on", required=False)
    evidence_grade = forms.TypedChoiceField(
        label="How do we know?",
        choices=list(GRADES.items()),
        coerce=int,
        widget=forms.RadioSelect,
    )
    changes = forms.MultipleChoiceField(
        label="Which changed packages are behind it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    measure = forms.CharField(
        label="Or which measure?",
        help_text="Such as: street-lighting energy bill, 2025/26 against 2024/25.",
        required=False,
        max_length=120,
    )

    def __init__(
        self,
        *args: Any,
        budgets: list[tuple[str, str]],
        neighbourhoods: list[tuple[str, str]],
        changes: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("budget", budgets)
        self._offer("neighbourhood", [("", "The whole borough"), *neighbourhoods])
        self._offer("changes", changes)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_yearly(self) -> Decimal:
        """Read the pounds as people type them."""
        try:
            return read_pounds(self.cleaned_data["yearly"])
        except PoundsError as error:
            raise forms.ValidationError(error.sentence) from error

    def clean_taper(self) -> tuple[Decimal, ...]:
        """Read the shares."""
        typed = self.cleaned_data["taper"].replace(";", ",").split(",")
        try:
            shares = tuple(Decimal(share.strip()) for share in typed if share.strip())
        except InvalidOperation as error:
            raise forms.ValidationError(
                "Write shares between 0 and 1 with commas between: 0.5, 1."
            ) from error
        if not shares or not all(0 <= share <= 1 for share in shares):
            raise forms.ValidationError("Each year's share lies between 0 and 1.")
        return shares
