"""What is asked of an editor who takes in somebody else's list, then or later."""

from typing import Any

from django import forms

from thedeal.community.actions import feeds_reading


def _name() -> forms.CharField:
    return forms.CharField(
        label="Whose list is it?",
        help_text="Like “Ribbleside Council” or “OpenActive: leisure centres”.",
        max_length=200,
        error_messages={
            "required": "Say whose list it is.",
            "max_length": "Say whose list it is in 200 letters or fewer.",
        },
    )


class Terms(forms.Form):
    """On what terms a list is given to us."""

    licence = forms.CharField(
        label="The licence it states",
        help_text="Their own words, like “Open Government Licence 3.0”. Leave it empty "
        "where they state none: we never guess.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Give the licence in 200 letters or fewer."},
    )
    licence_url = forms.URLField(
        label="Where the licence stands",
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": "Give the whole address of the licence, from https:// on.",
            "max_length": "Give an address of 200 letters or fewer.",
        },
    )
    may_republish = forms.BooleanField(
        label="The licence lets us pass it on",
        help_text="Without this, what comes from it is shown here and is in no feed of "
        "ours.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the licence where the list is to be passed on."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        is_missing = not said.get("licence") and "licence" not in self.errors
        if said.get("may_republish") and is_missing:
            self.add_error("licence", feeds_reading.NO_LICENCE)
        return said


class NewFeed(Terms):
    """Whose list it is, where it is, and on what terms."""

    name = _name()
    address = forms.CharField(
        label="The feed’s address",
        help_text="It begins with https://. We read Open Referral UK 1.0 and 3.0, HSDS, "
        "OpenActive, ndjson, CSV and zips of these, and see for ourselves which it is.",
        max_length=500,
    )
    field_order = ("name", "address", "licence", "licence_url", "may_republish")


def _file() -> forms.FileField:
    return forms.FileField(
        label="The file",
        help_text="A spreadsheet saved as CSV, JSON as Open Referral has it, or a zip of "
        "HSDS tables. The first line of a spreadsheet names its columns: name, group, "
        "day, starts, ends, venue, postcode, cost, phone.",
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty. Choose another.",
        },
    )


class NewFile(Terms):
    """A list that comes as a file: whose it is, and on what terms."""

    name = _name()
    file = _file()
    field_order = ("name", "file", "licence", "licence_url", "may_republish")


class NextFile(forms.Form):
    """A newer file of a list that we know."""

    file = _file()


class DescribedFeed(Terms):
    """Whose list it is and on what terms, said anew; its address stays."""

    name = _name()
    attribution = forms.CharField(
        label="How they ask to be named",
        help_text="Goes out with the licence, like “Contains data of Ribbleside "
        "Council”. Leave it empty where they ask for nothing.",
        max_length=300,
        required=False,
        error_messages={"max_length": "Name them in 300 letters or fewer."},
    )
    field_order = ("name", "licence", "licence_url", "attribution", "may_republish")
