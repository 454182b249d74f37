"""Works out a plan from whoever is open to suggestions; changes and keeps nothing.

Read by a job or a command, which the walls let through to everybody: what is given
names people, and goes to the desk of whoever is alongside them and nowhere else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from doorstep.match import Match
from doorstep.wishes import Kind

from thedeal.community.models import Activity
from thedeal.deals import days, free, planning
from thedeal.deals.models import Fit, Introduction, NewGroup, Proposal
from thedeal.deals.planning import Likes
from thedeal.deals.selectors import fitting
from thedeal.deals.states import WAITING, Begun, Introduced, Proposed
from thedeal.lib.errors import UserFacingError
from thedeal.places import selectors as places
from thedeal.places.models import Category, Neighbourhood, Venue
from thedeal.places.walking import walking_to
from thedeal.residents import reach
from thedeal.residents.models import Alongside, Person, SharingChoice, Strength, Wish

HUBS = (Category.LIBRARY, Category.COMMUNITY, Category.WORSHIP, Category.LEISURE)
ON_THE_WAY = [s.value for s in WAITING | {Introduced.YES, Introduced.RING_ME}]
STILL_OPEN = [Begun.PROPOSED.value, Begun.ASKING.value]
BEGUN = [Begun.ASKING.value, Begun.STARTED.value]
OFFERED = 10  # how many listings a person's one is chosen from
TOWARDS = (Wish.Kind.WANT, Wish.Kind.GOOD_DAY)
GIVING = (Strength.Kind.HANDS, Strength.Kind.HEART)


@dataclass(frozen=True, kw_only=True)
class ForOne:
    """One introduction that might be made."""

    person: Person
    match: Match


@dataclass(frozen=True, kw_only=True)
class ForSome:
    """A group that does not exist yet but could; the nearest to the hub first."""

    people: tuple[Person, ...]
    venue: Venue
    interest: str
    hour: int
    longest_walk_minutes: float


@dataclass(frozen=True, kw_only=True)
class WorkedOut:
    """A plan: how many were open to suggestions, and what there is for them."""

    people: int
    introductions: tuple[ForOne, ...]
    new_groups: tuple[ForSome, ...]
    rooms: Mapping[str, int]

    @property
    def placed(self) -> int:
        """Give for how many people there is something with room."""
        return len(self.introductions)


@dataclass(frozen=True, kw_only=True)
class _Somebody:
    person: Person
    at: tuple[float, float]
    matches: tuple[Match, ...]
    likes: Likes


def worked_out(
    authority_id: UUID, *, neighbourhood: Neighbourhood | None = None
) -> WorkedOut:
    """Give the plan as it would be now, for a neighbourhood or the whole borough."""
    found = open_to_suggestions(authority_id, neighbourhood=neighbourhood)
    everybody = [one for person in found if (one := _somebody(person)) is not None]
    offered = [_offered(one) for one in everybody]
    rooms = _rooms({match.key for each in offered for match in each}, authority_id)
    shared = planning.shared_out(offered, rooms=rooms)
    return WorkedOut(
        people=len(everybody),
        introductions=tuple(
            ForOne(person=everybody[i].person, match=match) for i, match in shared
        ),
        new_groups=tuple(_new_groups(everybody, authority_id, neighbourhood)),
        rooms=rooms,
    )


def open_to_suggestions(
    authority_id: UUID, *, neighbourhood: Neighbourhood | None = None
) -> QuerySet[Person]:
    """Give whom a team is alongside, and may, and who said what they would like.

    Nobody who wants no contact, said no to being introduced, is under 18, is not here
    just now, or waits for a group's answer already.
    """
    said = Wish.objects.filter(
        person=OuterRef("pk"),
        kind__in=TOWARDS,
        confirmed_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    found = reach.standing().filter(
        Exists(said),
        Exists(_tie_that_may()),
        authority_id=authority_id,
        whereabouts="here",
        is_under_18=False,
        forgotten_at__isnull=True,
    )
    if neighbourhood is not None:
        found = found.filter(neighbourhood_id=neighbourhood.pk)
    waiting = Introduction.objects.filter(person=OuterRef("pk"), state__in=ON_THE_WAY)
    return (
        found.exclude(likes_contact_by=Person.Channel.NONE)
        .exclude(postcode="")
        .exclude(Exists(_said_no(SharingChoice.Purpose.INTRODUCTION)))
        .exclude(Exists(waiting))
        .prefetch_related(_standing("wishes", Wish), _standing("strengths", Strength))
        .order_by("created_at", "pk")
    )


def waiting_for(user: Any) -> QuerySet[Proposal]:
    """Give the proposals that wait, of the people a user is alongside themself.

    Not of somebody who has said no since, or is not here just now.
    """
    ties = Alongside.objects.filter(
        worker=user, ended_at__isnull=True, person=OuterRef("person")
    )
    rows = Proposal.objects.filter(
        Exists(ties),
        Q(new_group__isnull=True) | Q(new_group__state__in=STILL_OPEN),
        state=Proposed.WAITING.value,
        person__in=reach.beside(user).values("pk"),
        person__whereabouts="here",
    ).exclude(Exists(_said_no(SharingChoice.Purpose.INTRODUCTION, of="person")))
    return rows.select_related("person", "activity__group", "new_group").order_by(
        "person__sort_key", "created_at"
    )


def new_groups_of(authority_id: UUID) -> QuerySet[NewGroup]:
    """Give the groups that should be there, the newest plan's first, and what came."""
    rows = NewGroup.objects.filter(authority_id=authority_id)
    return rows.exclude(state=Begun.LAPSED.value).select_related("plan", "decided_by")


def _tie_that_may() -> QuerySet[Alongside]:
    """Give ties with an organisation that the person has not said no to."""
    refused = SharingChoice.objects.filter(
        person=OuterRef("person"),
        organisation=OuterRef("organisation"),
        purpose=SharingChoice.Purpose.ALONGSIDE,
        may=False,
        withdrawn_at__isnull=True,
    )
    ties = Alongside.objects.filter(person=OuterRef("pk"), ended_at__isnull=True)
    return ties.exclude(Exists(refused))


def _said_no(
    purpose: SharingChoice.Purpose, *, of: str = "pk"
) -> QuerySet[SharingChoice]:
    return SharingChoice.objects.filter(
        person=OuterRef(of), purpose=purpose, may=False, withdrawn_at__isnull=True
    )


def _standing(name: str, model: Any) -> Any:
    rows = model.objects.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)
    return Prefetch(name, queryset=rows.order_by("created_at"))


def _somebody(person: Person) -> _Somebody | None:
    """Give a person with what fits their words, or None where we know no place."""
    at = places.position_of(person.postcode)
    limit = days.number("plan_walk_minutes", authority_id=person.authority_id)
    found = fitting.near(
        person, words=words_of(person), minutes=float(limit), how_many=OFFERED
    )
    if at is None or found is None:
        return None
    matches = tuple(match for match in found.answer.matches if planning.stands(match))
    wishes = found.understood.wishes.of(Kind.WANTS, Kind.GIVES)
    return _Somebody(
        person=person,
        at=at,
        matches=matches,
        likes=planning.likes(
            [wish.said for wish in wishes],
            matches=matches,
            free=free.known(person.free_when),
        ),
    )


def words_of(person: Person) -> str:
    """Give what somebody said and agreed to, as one breath, for the match."""
    wishes = list(person.wishes.all())
    towards = [wish.words for wish in wishes if wish.kind in TOWARDS]
    gives = [one.words for one in person.strengths.all() if one.kind in GIVING]
    avoids = [f"I don't want {w.words}" for w in wishes if w.kind == Wish.Kind.AVOID]
    return ". ".join(part.strip().rstrip(".") for part in (*towards, *gives, *avoids))


def _offered(one: _Somebody) -> list[Match]:
    """Give what may be proposed: nothing that was left, kept or tried before."""
    left = Proposal.objects.filter(
        person=one.person, state=Proposed.LEFT.value, activity__isnull=False
    )
    tried = Introduction.objects.filter(person=one.person, activity__isnull=False)
    kept = Fit.objects.filter(
        person=one.person, is_kept=True, taken_back_at__isnull=True
    )
    gone = {
        str(pk)
        for rows in (left, tried, kept)
        for pk in rows.values_list("activity_id", flat=True)
    }
    return [match for match in one.matches if match.key not in gone]


def _rooms(keys: Iterable[str], authority_id: UUID) -> dict[str, int]:
    """Give how many newcomers each listing can take beside those on their way there."""
    usual = days.number("plan_newcomers", authority_id=authority_id)
    coming = Counter(
        {
            str(row["activity_id"]): row["n"]
            for row in Introduction.objects.filter(
                activity_id__in=list(keys), state__in=ON_THE_WAY
            )
            .values("activity_id")
            .annotate(n=Count("id"))
            .order_by()
        }
    )
    rows = Activity.objects.filter(pk__in=list(keys))
    return {
        str(pk): max(
            0, (usual if places_left is None else places_left) - coming[str(pk)]
        )
        for pk, places_left in rows.values_list("pk", "capacity_places")
    }


def _new_groups(
    everybody: Sequence[_Somebody],
    authority_id: UUID,
    neighbourhood: Neighbourhood | None,
) -> Iterable[ForSome]:
    hubs = _hubs(authority_id, neighbourhood)
    limit = float(days.number("plan_hub_minutes", authority_id=authority_id))
    if not hubs or not everybody:
        return
    walk = walking_to(*_points((hub.lat, hub.lon) for hub in hubs), limit=limit)
    found = planning.new_groups(
        [_not_asked_yet(one) for one in everybody],
        walk.reaches(*_points(one.at for one in everybody)),
        hub_open=np.array([planning.open_in(hub.week) for hub in hubs]),
        minutes=limit,
    )
    tried = _tried(authority_id)
    for group in found:
        interest, hub = planning.INTERESTS[group.interest], hubs[group.hub]
        if (hub.pk, interest) in tried:
            continue
        yield ForSome(
            people=tuple(everybody[i].person for i in group.people),
            venue=hub,
            interest=interest,
            hour=group.hour,
            longest_walk_minutes=group.longest_walk_minutes,
        )


def _hubs(authority_id: UUID, neighbourhood: Neighbourhood | None) -> list[Venue]:
    rows = Venue.objects.filter(
        authority_id=authority_id, category__in=HUBS, closed_on__isnull=True
    )
    if neighbourhood is not None:
        rows = rows.filter(neighbourhood=neighbourhood)
    return list(rows.order_by("key"))


def _points(pairs: Iterable[tuple[float, float]]) -> tuple[Any, Any]:
    points = np.array(list(pairs), np.float64).reshape(-1, 2)
    return points[:, 0], points[:, 1]


def _not_asked_yet(one: _Somebody) -> Likes:
    """Give what somebody likes, but for what a new group is on its way to them for.

    They were asked already, or are to be: the group is being asked for, or has begun.
    """
    asked = Q(state__in=[Proposed.TAKEN.value, Proposed.LEFT.value])
    to_be = Q(state=Proposed.WAITING.value, new_group__state__in=BEGUN)
    rows = Proposal.objects.filter(
        asked | to_be, person=one.person, new_group__isnull=False
    )
    before = frozenset(rows.values_list("new_group__interest", flat=True))
    return Likes(
        interests=one.likes.interests,
        answered=one.likes.answered | before,
        free=one.likes.free,
    )


def _tried(authority_id: UUID) -> set[tuple[UUID | None, str]]:
    """Give the hubs and interests that were begun, or came to nothing."""
    known = [*BEGUN, Begun.DID_NOT_START.value]
    rows = NewGroup.objects.filter(authority_id=authority_id, state__in=known)
    return set(rows.values_list("venue_id", "interest"))


def neighbourhood_named(name: str, *, authority_id: UUID) -> Neighbourhood:
    """Give a neighbourhood by its name or the beginning of it.

    Raises UserFacingError, which names those there are.
    """
    rows = list(places.neighbourhoods(authority_id=authority_id))
    typed = name.strip().casefold()
    alike = [row for row in rows if row.name.casefold().startswith(typed)]
    exact = [row for row in alike if row.name.casefold() == typed]
    if len(found := exact or alike) == 1:
        return found[0]
    names = ", ".join(row.name for row in rows)
    raise UserFacingError(
        f"There is no one neighbourhood “{name}”. There are: {names}."
    )
