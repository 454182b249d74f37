"""What is asked of a package of support, of its change, and of the person's view.

The desk asks it beside a person and the board by number. Faces never import one
another, so what both ask lives here, beside the action it feeds.
"""

from decimal import Decimal
from typing import Any

from django import forms

from thedeal.money.actions.packages import Terms
from thedeal.money.pounds import PoundsError, read_pounds
from thedeal.money.prices import PriceBaseError, first_year
from thedeal.money.savings import VIEW_WORDS, WHY_WORDS, OwnView, WhyChanged


class PoundsField(forms.CharField):
    """Pounds as people type them: £1,000.50 or 17."""

    def clean(self, value: Any) -> Decimal | None:
        """Give the pounds, None where nothing was typed; raise with a sentence."""
        typed = str(super().clean(value) or "").strip()
        try:
            return read_pounds(typed) if typed else None
        except PoundsError as error:
            raise forms.ValidationError(error.sentence) from error


class TermsForm(forms.Form):
    """What a package costs and when it runs."""

    reference = forms.CharField(label="The package's own number", max_length=60)
    kind = forms.CharField(
        label="What is it?", help_text="Such as home care.", max_length=80
    )
    gross_weekly = PoundsField(label="Pounds a week, in all")
    contribution_weekly = PoundsField(
        label="Of that, what the person pays", required=False
    )
    health_weekly = PoundsField(label="Of that, what health pays", required=False)
    price_base = forms.CharField(
        label="In which financial year's prices?",
        help_text="Such as 2026/27.",
        max_length=7,
    )
    starts_on = forms.DateField(label="First day")
    ends_on = forms.DateField(
        label="Last day", help_text="Leave it empty while it runs.", required=False
    )

    def clean_price_base(self) -> str:
        """Refuse what is not a financial year."""
        typed: str = self.cleaned_data["price_base"]
        try:
            first_year(typed)
        except PriceBaseError as error:
            raise forms.ValidationError(error.sentence) from error
        return typed

    def terms(self) -> Terms:
        """Give what was typed, blank parts as nothing."""
        said = {k: v for k, v in self.cleaned_data.items() if v not in (None, "")}
        names = Terms.__dataclass_fields__
        return Terms(**{name: said[name] for name in names if name in said})


class EnterForm(TermsForm):
    """A package entered by hand, by the person's number."""

    person_reference = forms.CharField(
        label="The person's number in the case system", max_length=60
    )
    field_order = ("person_reference",)


class NumberForm(forms.Form):
    """A person's number in the case system, to find what an export brought."""

    number = forms.CharField(
        label="Their number in the case system",
        help_text="What finance took in under it is joined within a minute.",
        max_length=60,
    )


class ChangeForm(forms.Form):
    """Why support changed and when; what follows is asked in a ``TermsForm``."""

    why = forms.ChoiceField(
        label="Why did it change?", choices=[(w.value, t) for w, t in WHY_WORDS.items()]
    )
    happened_on = forms.DateField(label="From which day?")

    def clean_why(self) -> WhyChanged:
        """Give the reason as the sums know it."""
        return WhyChanged(self.cleaned_data["why"])


class ViewForm(forms.Form):
    """What the person themself says of a change."""

    view = forms.ChoiceField(
        label="In the person's own view, was the change right?",
        choices=[(v.value, t) for v, t in VIEW_WORDS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="In their own words",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )
    asked_on = forms.DateField(label="When did you ask?")

    def clean_view(self) -> OwnView:
        """Give the view as the sums know it."""
        return OwnView(self.cleaned_data["view"])
