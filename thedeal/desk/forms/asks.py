"""What is asked of a worker about somebody who would like to talk: to whom it goes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from thedeal.accounts.models import User
from thedeal.residents.models import Person


class HandAsk(forms.Form):
    """The colleague who takes it from here."""

    to = forms.ModelChoiceField(label="Who takes it?", queryset=User.objects.none())

    def __init__(self, *args: Any, workers: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = workers  # type: ignore[attr-defined] # Django's way


class KnownAlready(forms.Form):
    """Somebody whom the worker is beside already."""

    person = forms.ChoiceField(label="Who is it?")

    def __init__(self, *args: Any, people: Iterable[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(str(person.pk), person.name) for person in people]
        self.fields["person"].choices = named  # type: ignore[attr-defined] # as above
