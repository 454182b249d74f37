"""A bound Django form field as the plain facts that our components draw.

Templates ask ``control(form["name"])`` and get its kind, value, choices and error; they
never look inside a widget. It writes no HTML.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.forms.boundfield import BoundField

# attributes that our macros write for themselves
OWN = frozenset(
    "class id name type value rows cols required aria-describedby".split()  # noqa: SIM905  (reads better)
)


@dataclass(frozen=True)
class Control:
    """One question: what kind of control it is and all that it shows."""

    kind: str
    name: str
    id: str
    label: str
    hint: str
    error: str
    value: Any
    choices: list[dict[str, Any]] = field(default_factory=list)
    multiple: bool = False
    rows: int = 5
    attrs: Mapping[str, Any] = field(default_factory=dict)


class DateBoxes(forms.Widget):
    """A date in three boxes, as people know their birthdays: NAME_day, _month, _year.

    Gives the form field an ISO date, nothing when all are empty, and otherwise what was
    typed, which a DateField then refuses with its own sentence.
    """

    parts = ("day", "month", "year")
    template_name = "django/forms/widgets/text.html"

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> str | None:
        """ISO text from the three boxes."""
        typed = {
            part: str(data.get(f"{name}_{part}") or "").strip() for part in self.parts
        }
        if not any(typed.values()):
            return None
        return "{}-{}-{}".format(
            typed["year"], typed["month"].zfill(2), typed["day"].zfill(2)
        )

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> bool:
        """Whether the form came without any of the three boxes."""
        return not any(f"{name}_{part}" in data for part in self.parts)


def control(bound: BoundField) -> Control:
    """What to draw for one bound field."""
    kind = _kind(bound.field.widget)
    identity = bound.auto_id or bound.html_name
    attrs = {**bound.field.widget.attrs, **bound.build_widget_attrs({}, None)}
    return Control(
        kind=kind,
        name=bound.html_name,
        id=identity,
        label=str(bound.label),
        hint=str(bound.help_text),
        error=next(iter(_said(bound)), ""),
        value=_boxes(bound) if kind == "boxes" else bound.value(),
        choices=_choices(bound),
        multiple=bool(getattr(bound.field.widget, "allow_multiple_selected", False)),
        rows=int(bound.field.widget.attrs.get("rows", 5)),
        attrs={key: kept for key, kept in attrs.items() if key not in OWN},
    )


def form_errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """Every error of a form with the address of the control to go to."""
    items = [{"text": str(text), "href": ""} for text in form.non_field_errors()]
    for bound in form:
        target = _first_id(bound)
        items += [{"text": text, "href": f"#{target}"} for text in _said(bound)]
    return items


def _said(bound: BoundField) -> list[str]:
    """A field's errors; where Django's own words were left, ours in their place."""
    ours = {
        str(forms.Field.default_error_messages["required"]): f"Answer: {bound.label}",
        str(EmailValidator.message): "Enter an email address like name@example.org",
        str(forms.DateField.default_error_messages["invalid"]): (
            "Enter a real date, like 27 3 2026"
        ),
        str(forms.IntegerField.default_error_messages["invalid"]): (
            "Enter a whole number, like 12"
        ),
    }
    return [ours.get(str(text), str(text)) for text in bound.errors]


def _kind(widget: forms.Widget) -> str:
    """Our name for a widget: subclasses come before what they extend."""
    kinds: list[tuple[type[forms.Widget], str]] = [
        (DateBoxes, "boxes"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
    ]
    for cls, kind in kinds:
        if isinstance(widget, cls):
            return kind
    return str(getattr(widget, "input_type", None) or "text")


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    """The options, flattened out of groups, with the chosen ones marked."""
    widget = bound.field.widget
    if not isinstance(widget, forms.widgets.ChoiceWidget):
        return []
    chosen = widget.format_value(bound.value())
    return [
        {
            "value": option["value"],
            "text": option["label"],
            "checked": option["selected"],
            "selected": option["selected"],
        }
        for option in widget.options(bound.html_name, chosen)
    ]


def _boxes(bound: BoundField) -> dict[str, str]:
    value = bound.value()
    if isinstance(value, datetime.date):
        value = value.isoformat()
    year, month, day = (*str(value or "").split("-", 2), "", "", "")[:3]
    return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}


def _first_id(bound: BoundField) -> str:
    identity = bound.auto_id or bound.html_name
    kind = _kind(bound.field.widget)
    if kind == "boxes":
        return f"{identity}_day"
    return f"{identity}_0" if kind in ("radios", "checkboxes") else identity
