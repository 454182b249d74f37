"""What is asked of whoever keeps the directory."""

from django import forms


class Answer(forms.Form):
    """The word to whoever told us."""

    answer = forms.CharField(
        label="Your word to whoever told us",
        help_text="They read it in an email, if they left an address.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
