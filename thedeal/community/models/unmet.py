"""What people looked for and did not find: as themes, never as words or a place."""

from typing import ClassVar

from django.db import models

from thedeal.community.models.doubles import STAFF
from thedeal.community.models.keeping import LISTING
from thedeal.lib.records import Grants, Kept, Privacy, Record, Wall, classed


class UnmetAsk(Record):
    """Somebody looked for something of a theme, on a day, and found nothing.

    Holds no words, no place and no person: the theme is of our own list.
    """

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority theme day"
    )
    kept: ClassVar[Kept] = LISTING
    wall: ClassVar[Wall] = Wall(using=STAFF.using, check="true", public_insert=True)
    grants: ClassVar[Grants] = Grants(public="a")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    theme = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        """Counted by theme within some weeks."""

        indexes: ClassVar = [
            models.Index(fields=["authority", "day", "theme"], name="unmet_by_day")
        ]


class UnmetTheme(Record):
    """What an editor says of a theme that people ask for in vain."""

    class State(models.TextChoices):
        """Whether it is something that this place lacks."""

        CONFIRMED = "confirmed", "We lack this"
        ASIDE = "aside", "It is here, under another name"

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority theme state words answered_at answered_by_id"
    )
    kept: ClassVar[Kept] = LISTING
    wall: ClassVar[Wall] = STAFF

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    theme = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=State)
    words = models.CharField(max_length=300, blank=True, help_text="An editor's own.")
    answered_at = models.DateTimeField()
    answered_by_id = models.UUIDField(null=True)

    class Meta:
        """Each theme once in a council."""

        ordering: ClassVar = ["theme"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "theme"], name="an_unmet_theme_is_judged_once"
            )
        ]
