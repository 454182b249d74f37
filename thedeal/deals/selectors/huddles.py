"""The huddle's list: whom a neighbourhood's teams talk of this week, and who may hear.

A worker sees those their own team put on it, and those of another organisation that
were shared with theirs. It gives a first name and one line, never a record.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from thedeal.deals.models import HuddleTopic
from thedeal.partners import selectors as partners
from thedeal.partners.models import Organisation
from thedeal.residents import reach
from thedeal.residents.models import Person, SharingChoice

THE_GIVER = F("giver_id")


def this_week() -> dt.date:
    """Give the Monday of this week."""
    today = timezone.localdate()
    return today - dt.timedelta(days=today.weekday())


def topics(user: Any) -> QuerySet[HuddleTopic]:
    """Give this week's list as a worker may see it, by neighbourhood. Each person once."""
    mine = reach.workings_of(user).values("organisation_id")
    own = Q(organisation_id__in=mine, person__in=reach.beside(user).values("pk"))
    agreed = partners.sharing_now(
        giver_id=OuterRef("giver_id"), receiver_id=OuterRef("organisation_id")
    )
    told = Q(organisation_id__in=mine) & ~Q(organisation_id=THE_GIVER) & Exists(agreed)
    rows = standing().filter(own | told)
    return rows.select_related("team", "giver", "put_by").order_by(
        "team__name", "created_at"
    )


def standing() -> QuerySet[HuddleTopic]:
    """Give what is on this week's lists and was not taken off."""
    return HuddleTopic.objects.filter(week_of=this_week(), taken_off_at__isnull=True)


def who_may_hear(person: Person, *, giver: Organisation) -> list[Organisation]:
    """Give the other organisations that may hear: the person's yes, and an agreement."""
    yes = SharingChoice.objects.filter(
        person=person,
        purpose=SharingChoice.Purpose.HUDDLE,
        may=True,
        withdrawn_at__isnull=True,
    ).exclude(organisation=giver)
    return [
        choice.organisation
        for choice in yes.select_related("organisation").order_by("organisation__name")
        if partners.sharing_now(
            giver_id=giver.pk, receiver_id=choice.organisation_id
        ).exists()
    ]
