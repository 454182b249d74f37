"""What is asked at the end of a conversation, and of a promise."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from thedeal.accounts.models import User
from thedeal.deals.states import Next, Side

NEXT_WORDS = {
    Next.MAKE_A_DEAL: "Make a deal together",
    Next.BE_INTRODUCED: "Be introduced to a group",
    Next.TRY_MYSELF: "They will try it themself",
    Next.TALK_AGAIN: "Talk again",
    Next.RING_WHEN_READY: "They ring when they are ready",
    Next.LAWS_DOOR: "Go through one of the law’s doors",
}
SIDE_WORDS = {Side.OURS: "Our part", Side.YOURS: "Their part"}
A_FORTNIGHT = dt.timedelta(days=14)


def day() -> forms.DateInput:
    """Give a day to be picked, as a phone offers it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FinishForm(forms.Form):
    """The next step, chosen by the person."""

    next_step = forms.ChoiceField(
        label="What would they like to happen next?",
        choices=[(step.value, words) for step, words in NEXT_WORDS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="In their words, if there is more to say",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )
    due_on = forms.DateField(
        label="By when?",
        help_text="Leave it empty if there is no day.",
        required=False,
        widget=day(),
    )
    in_confidence = forms.BooleanField(
        label="Hold the field notes back from their own page",
        help_text="Only where somebody else told you something in confidence.",
        required=False,
    )
    chosen_by_them = forms.BooleanField(
        label="They chose this themself",
        required=False,
    )

    def __init__(self, *args: Any, has_notes: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_notes:
            del self.fields["in_confidence"]

    def clean_next_step(self) -> Next:
        """Give the step as the deal knows it."""
        return Next(self.cleaned_data["next_step"])


class PromiseForm(forms.Form):
    """One promise of one side."""

    side = forms.ChoiceField(choices=[(s.value, w) for s, w in SIDE_WORDS.items()])
    what = forms.CharField(label="What, in plain words", max_length=400)
    by_when = forms.DateField(label="By when?")
    owner = forms.ModelChoiceField(queryset=User.objects.none(), required=False)
    who = forms.CharField(label="Who", required=False, max_length=120)

    def __init__(self, *args: Any, workers: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = workers  # type: ignore[attr-defined] # Django's way

    def clean_side(self) -> Side:
        """Give the side as the deal knows it."""
        return Side(self.cleaned_data["side"])


class RewordForm(forms.Form):
    """The same promise, said better."""

    what = forms.CharField(
        label="What, in plain words",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )
    by_when = forms.DateField(label="By when?", widget=day())
    who = forms.CharField(label="Who", required=False, max_length=120)


class GiveForm(forms.Form):
    """The colleague whose promise it is from here."""

    to = forms.ModelChoiceField(
        label="Who sees to it from here?",
        help_text="They are told. Who does it, as the person reads it, is changed above.",
        queryset=User.objects.none(),
    )

    def __init__(self, *args: Any, workers: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = workers  # type: ignore[attr-defined] # as above


class KeptForm(forms.Form):
    """How it went, if there is anything to say."""

    how_it_went = forms.CharField(
        label="How it went, in a sentence",
        help_text="In their words, if you can. Leave it empty if there is no more to say.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=400,
    )


class LetGoForm(forms.Form):
    """Why a promise is let go."""

    why = forms.CharField(
        label="Why?",
        help_text="It stays to be read. The deal is looked at together once more.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )


class EndForm(forms.Form):
    """Why a deal ends."""

    why = forms.CharField(label="Why does it end?", max_length=400)


class MarkForm(forms.Form):
    """Their own mark, on the turned-round screen; or who heard them say yes."""

    their_mark = forms.CharField(
        label="Your name or initials", required=False, max_length=120
    )
    witness = forms.CharField(
        label="Who else heard them say yes?", required=False, max_length=120
    )


class SorryForm(forms.Form):
    """A sorry, and a new day."""

    words = forms.CharField(
        label="Say sorry, as you would to their face",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )
    new_by_when = forms.DateField(label="The new day", widget=day())


class IntroduceForm(forms.Form):
    """What a group is told: a first name, and what the person chose to say."""

    first_name = forms.CharField(label="First name", max_length=60)
    says = forms.CharField(
        label="What they would like the group to know",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )
    they_said_yes = forms.BooleanField(
        label="I read it to them, and they said yes", required=False
    )


class SpendForm(forms.Form):
    """One line: how much, and on what."""

    amount = forms.DecimalField(label="Pounds", min_value=0, decimal_places=2)
    bought = forms.CharField(
        label="What was bought",
        help_text="Such as a kettle. Name nobody.",
        max_length=120,
    )


def a_fortnight_from_now() -> dt.date:
    """Give the day that a promise is offered at first."""
    return timezone.localdate() + A_FORTNIGHT
