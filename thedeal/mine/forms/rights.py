"""What the person may say of their own record: who may know, what is wrong, who they are."""

from typing import Any

from django import forms

from thedeal.deals.models import NoteBeside
from thedeal.partners.models import Organisation
from thedeal.residents.models import Person, SharingChoice

ROWS = {"rows": 3}


class MayKnow(forms.Form):
    """One organisation, one purpose, yes or no."""

    organisation = forms.ModelChoiceField(
        label="Who?", queryset=Organisation.objects.none(), empty_label=None
    )
    purpose = forms.ChoiceField(
        label="For what?",
        choices=SharingChoice.Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is for."},
    )
    may = forms.ChoiceField(
        label="May they?",
        choices=[("yes", "Yes, they may"), ("no", "No, they may not")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations


class Beside(forms.Form):
    """What is not right, in their own words."""

    about = forms.ChoiceField(
        label="What is it about?",
        choices=NoteBeside.About.choices,
        initial=NoteBeside.About.WORDS,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What is not right, or what is missing?",
        help_text="Your own words. They stand beside what was written, for good.",
        max_length=4000,
        error_messages={"required": "Write what is not right, in your own words."},
        widget=forms.Textarea(attrs=ROWS),
    )


class AboutMe(forms.Form):
    """Who the person is and how to reach them; blank is an answer too."""

    called = forms.CharField(
        label="What do you like to be called?", max_length=80, required=False
    )
    full_name = forms.CharField(label="Your full name", max_length=160, required=False)
    pronouns = forms.CharField(
        label="She, he, they? If you like to say", max_length=40, required=False
    )
    phone = forms.CharField(label="Phone number", max_length=40, required=False)
    email = forms.EmailField(label="Email address", required=False)
    likes_contact_by = forms.ChoiceField(
        label="How do you like to be reached?",
        choices=[("", "Any of these"), *Person.Channel.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    when_to_reach = forms.CharField(
        label="When is a good time?",
        help_text="Like: Tue 10:00-15:00, weekday mornings. Messages and codes then come "
        "in those hours alone. Said in another way, we send none: your worker tells you.",
        required=False,
        widget=forms.Textarea(attrs=ROWS),
    )
    how_to_reach = forms.CharField(
        label="How is it safe to reach you?",
        help_text="If you write something here, we send you no messages and no codes: a "
        "machine cannot keep to it, your worker can.",
        required=False,
        widget=forms.Textarea(attrs=ROWS),
    )
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    place_words = forms.CharField(
        label="Or where, in words", max_length=160, required=False
    )
