"""What is asked for a telling of the gap."""

from decimal import Decimal

from django import forms

from thedeal.money.pounds import PoundsError, read_pounds

PARTS = 3
NAMING = (
    "Name a figure in square brackets, as in [closed] or the title of a signed line: "
    "the amount is filled in."
)


class GapForm(forms.Form):
    """The words and the start; what was closed comes from the ledger."""

    year = forms.IntegerField(
        label="The financial year, by its April", min_value=2010, max_value=2060
    )
    started = forms.CharField(label="What we started short by, pounds a year")
    grown = forms.CharField(
        label="What need and prices have added since, pounds a year", initial="0"
    )
    households = forms.IntegerField(label="Homes in the borough", min_value=1)
    source = forms.CharField(label="Where these come from", max_length=400)
    why_harder = forms.CharField(
        label="Why it is harder each year",
        help_text=NAMING,
        widget=forms.Textarea,
        max_length=4000,
    )
    got_wrong = forms.CharField(
        label="What we got wrong", widget=forms.Textarea, max_length=4000
    )
    easy_read = forms.CharField(
        label="Easy Read",
        help_text=f"One short sentence a line, 18 words at most. {NAMING}",
        widget=forms.Textarea,
        max_length=4000,
    )
    your_part = forms.CharField(
        label="What your part does",
        help_text="One thing a line: what people do | what it is worth | how we know. "
        f"{NAMING}",
        widget=forms.Textarea,
        max_length=4000,
    )

    def clean_started(self) -> Decimal:
        """Read the pounds as people type them."""
        return self._pounds("started")

    def clean_grown(self) -> Decimal:
        """Read the pounds as people type them."""
        return self._pounds("grown")

    def clean_your_part(self) -> tuple[dict[str, str], ...]:
        """Read one thing a line, its three parts between bars."""
        found = []
        for line in self.cleaned_data["your_part"].strip().splitlines():
            parts = [part.strip() for part in line.split("|")]
            if len(parts) != PARTS or not all(parts):
                raise forms.ValidationError(
                    f"“{line[:50]}” needs three parts with | between them: what people "
                    "do | what it is worth | how we know."
                )
            found.append(dict(zip(("do", "worth", "source"), parts, strict=True)))
        return tuple(found)

    def _pounds(self, name: str) -> Decimal:
        try:
            return read_pounds(self.cleaned_data[name])
        except PoundsError as error:
            raise forms.ValidationError(error.sentence) from error
