"""Forgets sign-ins that nobody needs any more: long unused, and of no post or page.

Also that of a person's own page, as soon as the person is forgotten. The worker does
it, for a sign-in's history goes with its name.
"""

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from thedeal.accounts.actions import people
from thedeal.accounts.models import User
from thedeal.lib import keeping, logins, queue
from thedeal.partners.models import Membership
from thedeal.residents.models import OwnPage, Person

RULE = "accounts.user"


def forget_unused(*, today: dt.date) -> int:
    """Forget each sign-in that was last used too long ago; give how many."""
    found = list(unused(until=today))
    queue.each(found, people.forget)
    return len(found)


@logins.atomic
def forget_of(person_id: UUID) -> int:
    """Forget the sign-ins of a forgotten person's own page; give how many."""
    person = Person.objects.get(pk=person_id)
    if person.forgotten_at is None:
        return 0
    pages = OwnPage.objects.filter(person=person).values("user_id")
    found = list(_of_nobody(User.objects.filter(pk__in=pages)))
    for user in found:
        people.forget(user)
    return len(found)


def unused(*, until: dt.date) -> QuerySet[User]:
    """Give the sign-ins whose time was over on a day."""
    last = keeping.months_before(until, keeping.rule(RULE)["months"])
    known = User.objects.exclude(display_name=people.SOMEBODY_WHO_LEFT)
    used = known.annotate(
        used_on=Coalesce(TruncDate("last_login"), TruncDate("created_at"))
    )
    return _of_nobody(used.filter(used_on__lte=last))


def _of_nobody(users: QuerySet[User]) -> QuerySet[User]:
    """Give those that hold no post, now or to come, and open nobody's own page."""
    posts = Membership.objects.filter(user_id=OuterRef("pk"), ended_at__isnull=True)
    pages = OwnPage.objects.filter(user_id=OuterRef("pk"), ended_at__isnull=True)
    return users.exclude(Exists(posts)).exclude(Exists(pages))
