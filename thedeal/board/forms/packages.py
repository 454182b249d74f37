"""What is asked when an export of packages is taken in."""

from django import forms

from thedeal.money.csv_reading import MOST_BYTES
from thedeal.money.prices import PriceBaseError, first_year


class TakeInForm(forms.Form):
    """An export and the financial year of its prices."""

    export = forms.FileField(
        label="The export, a CSV file",
        help_text="With columns for the package, the person's number, what it is, "
        "what it costs a week, and from when. Excel's own CSV is fine.",
    )
    price_base = forms.CharField(
        label="Which financial year's prices?",
        help_text="Such as 2026/27. Used where the file has no such column.",
        max_length=7,
    )

    def clean_price_base(self) -> str:
        """Refuse what is not a financial year."""
        typed: str = self.cleaned_data["price_base"]
        try:
            first_year(typed)
        except PriceBaseError as error:
            raise forms.ValidationError(error.sentence) from error
        return typed

    def clean_export(self) -> object:
        """Refuse what is too large to be read here."""
        export = self.cleaned_data["export"]
        if export.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB. Split it.")
        return export
