"""What is asked of an editor who takes in somebody else's list."""

from django import forms


class NewFeed(forms.Form):
    """Whose list it is, where it is, and on what terms."""

    name = forms.CharField(
        label="Whose list is it?",
        help_text="Like “Ribbleside Council” or “OpenActive: leisure centres”.",
        max_length=200,
    )
    address = forms.CharField(
        label="The feed’s address",
        help_text="It begins with https://. We read Open Referral UK 1.0 and 3.0, HSDS, "
        "OpenActive, ndjson and CSV, and see for ourselves which it is.",
        max_length=500,
    )
    licence = forms.CharField(
        label="The licence it states",
        help_text="Their own words, like “Open Government Licence 3.0”. Leave it empty "
        "where they state none: we never guess.",
        max_length=200,
        required=False,
    )
    licence_url = forms.URLField(
        label="Where the licence stands",
        max_length=200,
        required=False,
        assume_scheme="https",
    )
    may_republish = forms.BooleanField(
        label="The licence lets us pass it on",
        help_text="Without this, what comes from it is shown here and is in no feed of "
        "ours.",
        required=False,
    )
