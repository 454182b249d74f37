"""What a worker may write about a person: almost all of it may be left out."""

from typing import Any

from django import forms

from thedeal.accounts.models import User
from thedeal.lib.controls import DateBoxes
from thedeal.partners.models import Team
from thedeal.residents.about import helps_words
from thedeal.residents.models import Offer, Person, Strength, Wish

NOT_ASKED = [("", "They have not said")]


class AboutThem(forms.Form):
    """Who they are, how to reach them, where, and what helps; nothing is needed."""

    called = forms.CharField(
        label="What do they like to be called?", max_length=80, required=False
    )
    full_name = forms.CharField(label="Full name", max_length=160, required=False)
    other_names = forms.CharField(
        label="Other names they go by",
        help_text="A nickname, or a name from before.",
        max_length=160,
        required=False,
    )
    pronouns = forms.CharField(
        label="She, he, they? If they say", max_length=40, required=False
    )
    phone = forms.CharField(
        label="Phone number",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.EmailField(label="Email address", required=False)
    likes_contact_by = forms.ChoiceField(
        label="How do they like to be reached?",
        choices=[*NOT_ASKED, *Person.Channel.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    how_to_reach = forms.CharField(
        label="Anything to know about reaching them",
        help_text="“Ring twice.” “Not while my son is in.” It is kept to at all times.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    when_to_reach = forms.CharField(
        label="When is a good time?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    postcode = forms.CharField(
        label="Postcode",
        help_text="With it we can show what is on their doorstep.",
        max_length=10,
        required=False,
    )
    place_words = forms.CharField(
        label="Or where, in words",
        help_text="“Near the library.”",
        max_length=160,
        required=False,
    )
    helps = forms.MultipleChoiceField(
        label="What helps them take part?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.CharField(
        label="The language they would sooner speak", max_length=40, required=False
    )
    born_on = forms.DateField(
        label="Date of birth, if it matters", required=False, widget=DateBoxes()
    )
    is_under_18 = forms.BooleanField(label="They are under 18", required=False)
    is_carer = forms.BooleanField(label="They look after somebody", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps: Any = self.fields["helps"]
        helps.choices = list(helps_words().items())


class Met(AboutThem):
    """A first conversation: the same, with whose team, and that no name is needed."""

    is_anonymous = forms.BooleanField(
        label="They would sooner not give their name",
        help_text="Leave out the full name, the date of birth and how to ring or write.",
        required=False,
    )
    team = forms.ModelChoiceField(
        label="Which team is alongside?",
        queryset=Team.objects.none(),
        empty_label=None,
        required=False,
    )
    # set by the page that showed who it may be: it is somebody else
    somebody_else = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset, team.initial = teams, teams.first()
        if teams.count() < 2:
            team.widget = forms.HiddenInput()


class Said(forms.Form):
    """One thing a person brings or wishes, in their own words."""

    KINDS = (
        [(f"strength:{k}", v) for k, v in Strength.Kind.choices]
        + [(f"wish:{k}", v) for k, v in Wish.Kind.choices]
        + [(f"offer:{k}", f"I would {v}") for k, v in Offer.Kind.choices]
    )

    kind = forms.ChoiceField(label="What is it?", choices=KINDS)
    words = forms.CharField(
        label="In their own words",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NewGoal(forms.Form):
    """Something the person would like to get to, and where they are with it."""

    words = forms.CharField(
        label="What would you like to get to?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rating = forms.IntegerField(
        label="Where are you with it now, from 0 to 10?",
        help_text="0 is not at all, 10 is all the way there. Leave it out if you like.",
        min_value=0,
        max_value=10,
        required=False,
    )


class HandOver(forms.Form):
    """Who is alongside from now on."""

    to = forms.ModelChoiceField(
        label="Who is alongside from now on?",
        queryset=User.objects.none(),
        empty_label="Choose",
    )

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = workers
