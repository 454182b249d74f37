"""A case for appraisal without YAML: the plain questions, and the YAML they make."""

from typing import Any

from django import forms

from thedeal.lib import definitions
from thedeal.money.appraisal.case import POTS
from thedeal.money.pounds import PoundsError, read_pounds

POT_WORDS = {
    "fiscal": "money that public bodies save",
    "economic": "money that people and businesses gain",
    "social": "worth to people that is not money",
}


def editions() -> list[tuple[str, str]]:
    """Give the dated editions of the guidance, the newest first."""
    found = definitions.within("money/rule_sets.")
    return [(e.key.rpartition(".")[2], e.title) for e in found]


class CaseForm(forms.Form):
    """What the change is, and the rules it is worked out under."""

    title = forms.CharField(label="What is the change?", max_length=120)
    years = forms.IntegerField(
        label="Over how many years?", min_value=1, max_value=60, initial=5
    )
    price_base = forms.IntegerField(
        label="In the prices of which year?",
        min_value=1990,
        max_value=2024,
        initial=2024,
    )
    rules = forms.ChoiceField(label="Under which edition of the guidance?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rules"]
        if isinstance(field, forms.ChoiceField):
            field.choices = editions()


class CostForm(forms.Form):
    """Something the change costs."""

    title = forms.CharField(label="What costs money?", required=False, max_length=80)
    agency = forms.CharField(label="Who pays?", required=False, initial="council")
    pounds = forms.CharField(
        label="Pounds in each year",
        help_text="From the first year, such as 48,000; 46,000; 46,000.",
        required=False,
        max_length=400,
    )

    def clean_pounds(self) -> list[float]:
        """Read the pounds of each year; semicolons part them."""
        typed = self.cleaned_data["pounds"]
        try:
            return [float(read_pounds(p)) for p in typed.split(";") if p.strip()]
        except PoundsError as error:
            raise forms.ValidationError(error.sentence) from error

    def as_case(self) -> dict[str, Any]:
        """Give the line as the case file has it."""
        said = self.cleaned_data
        return {
            "title": said["title"],
            "agency": said["agency"] or "council",
            "pounds": said["pounds"],
            "grade": 5,
        }


class OutcomeForm(forms.Form):
    """Something the change is worth: people, how many of them, how much each."""

    title = forms.CharField(label="What gets better?", required=False, max_length=80)
    pot = forms.ChoiceField(
        label="Worth what to whom?", choices=[(p, POT_WORDS[p]) for p in POTS]
    )
    agency = forms.CharField(label="To which body?", required=False, initial="council")
    people = forms.CharField(label="How many people are asked?", required=False)
    success = forms.CharField(
        label="What share of them does it work for?",
        help_text="Three numbers if you can: low, likely, high, such as 0.2, 0.35, 0.5",
        required=False,
    )
    unit_value = forms.CharField(
        label="Pounds a year for each it works for", required=False
    )
    evidence_grade = forms.IntegerField(
        label="How strong is the evidence, 0 to 5?",
        min_value=0,
        max_value=5,
        initial=1,
    )
    source = forms.CharField(
        label="Where do these numbers come from?", required=False, max_length=200
    )

    def clean(self) -> dict[str, Any]:
        """Read each number, or three of them, where the row is used."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("title"):
            for name in ("people", "success", "unit_value"):
                self._read(name, said)
        return said

    def _read(self, name: str, said: dict[str, Any]) -> None:
        typed = str(said.get(name) or "").replace("£", "")
        try:
            numbers = [float(part) for part in typed.split(",") if part.strip()]
        except ValueError:
            numbers = []
        if len(numbers) not in (1, 3):
            self.add_error(name, "Give one number, or three: low, likely, high.")
            return
        low, central, high = numbers if len(numbers) == 3 else numbers * 3
        said[name] = {
            **({"low": low, "high": high} if len(numbers) == 3 else {}),
            "central": central,
            "source": said.get("source") or "the author of this case",
        }

    def as_case(self) -> dict[str, Any]:
        """Give the line as the case file has it."""
        said = self.cleaned_data
        return {
            "title": said["title"],
            "effect": said["title"],
            "pot": said["pot"],
            "people": said["people"],
            "success": said["success"],
            "unit_value": said["unit_value"],
            "agency": said["agency"] or "council",
            "grade": 6,
            "evidence_grade": said["evidence_grade"],
            "additionality": "health-and-wellbeing",
        }


Costs = forms.formset_factory(CostForm, extra=2)
Outcomes = forms.formset_factory(OutcomeForm, extra=2)


def as_case(case: CaseForm, costs: Any, outcomes: Any) -> dict[str, Any]:
    """Give the whole case as the words of a case file."""
    return {
        **case.cleaned_data,
        "optimism": "gm-2014",
        "costs": [f.as_case() for f in costs if f.cleaned_data.get("title")],
        "outcomes": [f.as_case() for f in outcomes if f.cleaned_data.get("title")],
    }
