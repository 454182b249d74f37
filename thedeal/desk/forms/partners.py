"""What is asked about organisations, teams and the people in them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from thedeal.accounts import roles
from thedeal.lib.controls import DateBoxes
from thedeal.partners.models import Kind, Organisation, Team


class NewOrganisation(forms.Form):
    """A partner to add."""

    name = forms.CharField(label="What is it called?", max_length=160)
    kind = forms.ChoiceField(
        label="What kind of organisation is it?",
        choices=[
            (kind.value, kind.label.capitalize() if kind != Kind.NHS else kind.label)
            for kind in Kind
            if kind != Kind.COUNCIL
        ],
        widget=forms.RadioSelect,
    )


class NewTeam(forms.Form):
    """A team to add."""

    name = forms.CharField(label="What is the team called?", max_length=120)


def _choose_role(names: list[str]) -> list[tuple[str, str]]:
    return [(name, roles.get(name).title) for name in names]


class Invite(forms.Form):
    """Who is invited, to which role and which team."""

    display_name = forms.CharField(label="Their name", max_length=120)
    email = forms.EmailField(
        label="Their email address",
        help_text="Their own address at work; never one that several people read.",
    )
    role = forms.ChoiceField(label="What will they do?", widget=forms.RadioSelect)
    team = forms.ModelChoiceField(
        label="Which team?", queryset=Team.objects.none(), required=False
    )
    until = forms.DateField(
        label="Until when? (leave blank if there is no end)",
        required=False,
        widget=DateBoxes(),
    )

    def __init__(self, *args: Any, offers: list[str], teams: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = _choose_role(offers)
        team: Any = self.fields["team"]
        team.queryset, team.empty_label = teams, "No team"


class ChangeRole(forms.Form):
    """Another role in place of the one held, and why."""

    role = forms.ChoiceField(label="Their new role", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why?", max_length=300)

    def __init__(self, *args: Any, offers: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = _choose_role(offers)


class End(forms.Form):
    """Why something ends."""

    reason = forms.CharField(label="Why?", max_length=300)


class Agree(forms.Form):
    """Who shares with whom, for what, on which paper, until when."""

    giver = forms.ModelChoiceField(
        label="Who shares?", queryset=Organisation.objects.none(), empty_label="Choose"
    )
    receiver = forms.ModelChoiceField(
        label="With whom?", queryset=Organisation.objects.none(), empty_label="Choose"
    )
    purpose = forms.CharField(
        label="What for?",
        max_length=200,
        help_text="As you would say it to a resident.",
    )
    document_reference = forms.CharField(
        label="Which document says so?", max_length=200
    )
    starts_on = forms.DateField(label="From", widget=DateBoxes())
    until = forms.DateField(
        label="Until",
        help_text="At most three years: then you look again.",
        widget=DateBoxes(),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("giver", "receiver"):
            field: Any = self.fields[name]
            field.queryset = organisations


class OwnWords(forms.Form):
    """A council's own words for one text."""

    text = forms.CharField(
        label="Your words", max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )


class Registration(forms.Form):
    """A council's registration for a measure, with the statements that came with it."""

    registration = forms.CharField(
        label="Your registration",
        help_text="The number or the name that its owners gave you.",
        max_length=120,
    )

    def __init__(self, *args: Any, questions: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        for place, name in enumerate(questions, 1):
            self.fields[name] = forms.CharField(
                label=f"Statement {place}, just as it came to you", max_length=300
            )
