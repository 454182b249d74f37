"""What is asked of a worker about somebody who would like to talk: to whom it goes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from thedeal.accounts.models import User
from thedeal.partners.models import Team
from thedeal.places.models import Neighbourhood
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


class WhoAnswers(forms.Form):
    """The team that answers for each neighbourhood, and for anywhere else."""

    def __init__(
        self,
        *args: Any,
        places: Iterable[Neighbourhood],
        teams: Iterable[Team],
        now: Mapping[UUID | None, UUID],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.places: dict[str, Neighbourhood | None] = {
            **{f"at_{place.pk}": place for place in places},
            "elsewhere": None,
        }
        self.teams = {str(team.pk): team for team in teams}
        named = [(pk, f"{t.name}, {t.organisation}") for pk, t in self.teams.items()]
        for name, place in self.places.items():
            self.fields[name] = forms.ChoiceField(
                label=place.name if place else "Anywhere else",
                help_text="" if place else "And where nobody said where they are.",
                choices=[("", "Whoever leads"), *named],
                required=False,
                initial=str(now.get(place.pk if place else None, "")),
            )

    def changed(self) -> Iterator[tuple[Neighbourhood | None, Team | None]]:
        """Give each place whose team is another now."""
        for name in self.changed_data:
            yield self.places[name], self.teams.get(self.cleaned_data[name])
