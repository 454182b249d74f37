"""What a worker may write about a person: almost all of it may be left out."""

from typing import Any

from django import forms

from thedeal.accounts.models import User
from thedeal.deals import free
from thedeal.lib.controls import DateBoxes
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Organisation, Team
from thedeal.residents.about import helps_words
from thedeal.residents.models import (
    Offer,
    Person,
    Relation,
    SharingChoice,
    Strength,
    Wish,
)

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
        help_text="“Ring twice.” “Not while my son is in.” It is kept to at all times: "
        "nothing is sent by itself, and you tell them.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    when_to_reach = forms.CharField(
        label="When is a good time?",
        help_text="Like: Tue 10:00-15:00, weekday mornings. Messages arrive in those hours "
        "alone. Said in another way, nothing is sent by itself, and you tell them.",
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
    free_when = forms.CharField(
        label="When are they free to be doing something?",
        help_text="Like: Tue 10:00-15:00, Sat mornings. What is on their doorstep is "
        "then looked for in those hours.",
        max_length=200,
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

    def clean_free_when(self) -> str:
        """Give the hours as they were typed; refuse what cannot be read as any."""
        typed = str(self.cleaned_data["free_when"]).strip()
        try:
            free.read(typed)
        except UserFacingError as error:
            raise forms.ValidationError(error.sentence) from error
        return typed


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


class KeepForNow(forms.Form):
    """Why a record that is due stays, and when somebody looks again."""

    why = forms.CharField(
        label="Which law or hold keeps it?",
        help_text="A court’s order, an inquiry, a claim. Name nobody.",
        max_length=200,
    )
    look_again_on = forms.DateField(label="Look at it again on", widget=DateBoxes())


class MayKnow(forms.Form):
    """What the person says of one organisation, for one purpose."""

    organisation = forms.ModelChoiceField(
        label="Which organisation?",
        queryset=Organisation.objects.none(),
        empty_label="Choose",
    )
    purpose = forms.ChoiceField(
        label="What for?",
        choices=SharingChoice.Purpose.choices,
        widget=forms.RadioSelect,
    )
    may = forms.ChoiceField(
        label="What do they say?",
        choices=[("yes", "Yes, they may know"), ("no", "No, they may not")],
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        label="In their words",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = organisations


class Matters(forms.Form):
    """Somebody who matters to the person; no record is made of them."""

    words = forms.CharField(
        label="Who is it, in their words?",
        help_text="“My daughter Anne, two streets away.”",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(
        label="Who are they to each other?",
        choices=Relation.Kind.choices,
        widget=forms.RadioSelect,
    )
    authority_to_speak = forms.CharField(
        label="If they speak for the person: with what authority?",
        help_text="A power of attorney, a court’s order, being the parent.",
        required=False,
        max_length=500,
    )
    speaks_about = forms.CharField(
        label="And about what?", required=False, max_length=500
    )


class Joined(forms.Form):
    """Which other record is of the same person, and how one knows."""

    other = forms.ChoiceField(
        label="Which is the same person?", widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="How do you know?",
        max_length=300,
        help_text="They told you; the same door; the same number.",
    )

    def __init__(self, *args: Any, others: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other: Any = self.fields["other"]
        other.choices = [
            (str(p.pk), ", ".join(filter(None, [p.name, p.full_name, p.postcode])))
            for p in others
        ]
