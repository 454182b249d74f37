"""What is asked of whoever keeps the directory, rings a group, or runs one."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from thedeal.community import screen
from thedeal.lib.controls import DateBoxes


class Answer(forms.Form):
    """The word to whoever told us."""

    answer = forms.CharField(
        label="Your word to whoever told us",
        help_text="They read it in an email, if they left an address.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Change(forms.Form):
    """Beside the screen itself: who said so, and why."""

    was_told = forms.BooleanField(
        label="The group told us this",
        help_text="On the phone or at the door. A feed never writes over it.",
        required=False,
        initial=True,
    )
    hide = forms.BooleanField(
        label="Do not show exactly where it is",
        help_text="For somewhere that people must be able to go to unseen. Only the "
        "area is shown then, everywhere. A feed that speaks of a refuge sets it.",
        required=False,
    )
    reason = forms.CharField(
        label="Why? (for the team’s history)", max_length=300, required=False
    )

    def __init__(self, *args: Any, is_editor: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not is_editor:
            self.fields["was_told"].widget = forms.HiddenInput()

    def clean_was_told(self) -> bool:
        """Give whether the group said so; only an editor may say that it did not."""
        is_hidden = self.fields["was_told"].widget.is_hidden
        return is_hidden or bool(self.cleaned_data["was_told"])


class Room(forms.Form):
    """Whether there is room now."""

    capacity = forms.ChoiceField(
        label="Is there room?",
        choices=list(screen.ROOM.items()),
        widget=forms.RadioSelect,
    )
    places = forms.IntegerField(
        label="Room for how many?", min_value=1, max_value=999, required=False
    )
    words = forms.CharField(
        label="In your own words",
        help_text="Like “full until March” or “come at half past, when it is quiet”.",
        max_length=120,
        required=False,
    )
    until = forms.DateField(
        label="Until which day? (leave blank where nobody knows)",
        required=False,
        widget=DateBoxes(),
    )

    def clean_until(self) -> dt.date | None:
        """Refuse a day that is over: what was said would never be shown."""
        until: dt.date | None = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError("Give a day that is still to come.")
        return until


class Unlist(forms.Form):
    """Why a group is never to be listed."""

    reason = forms.CharField(
        label="Who asked, and when?",
        help_text="Kept in the record of what was done, and shown to nobody else.",
        max_length=300,
    )


SEEN = {"no": False, "today": True, "as it was": None}


class Safeguarding(forms.Form):
    """Whether a group's safeguarding policy is to be seen, and whether it was."""

    needs = forms.BooleanField(
        label="It works with children, or with adults who may be at risk",
        help_text="Until its policy is seen, every answer says that nobody has.",
        required=False,
    )
    is_seen = forms.TypedChoiceField(
        label="Its safeguarding policy",
        help_text="Everybody reads for whom it was seen, and when.",
        coerce=SEEN.__getitem__,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, seen: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field, first = self.fields["is_seen"], "as it was" if seen else "no"
        choices = [("no", "Nobody has seen it"), ("today", "I have seen it today")]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("as it was", seen), *choices] if seen else choices
            field.initial = first


class CalendarAddress(forms.Form):
    """Where a group keeps its own dates."""

    address = forms.CharField(
        label="The calendar’s address",
        help_text="It begins with https:// or webcal:// and often ends in .ics. In "
        "Google Calendar it is called “public address in iCal format”.",
        max_length=500,
    )
