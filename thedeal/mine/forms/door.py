"""The questions at the door: a contact, the code, and which of two people it is."""

from django import forms

from thedeal.lib.controls import DateBoxes


class Contact(forms.Form):
    """Where the code goes."""

    contact = forms.CharField(
        label="Your email address or mobile number",
        max_length=254,
        error_messages={"required": "Write your email address or mobile number."},
        widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class Code(forms.Form):
    """The six digits."""

    code = forms.CharField(
        label="Your code",
        help_text="Six digits. It works once, for ten minutes.",
        max_length=12,
        error_messages={"required": "Type the six digits."},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )


class Which(forms.Form):
    """Whose page it is, where a phone or an address is shared."""

    name = forms.CharField(
        label="Your name",
        help_text="The name you like to be called, or your full name.",
        max_length=160,
        error_messages={"required": "Write your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    born_on = forms.DateField(
        label="When were you born?",
        widget=DateBoxes(),
        error_messages={
            "required": "Write the day you were born.",
            "invalid": "Write a whole date, like 9 3 1944.",
        },
    )
