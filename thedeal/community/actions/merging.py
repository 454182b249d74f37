"""Joins two listings of one group, and parts them again with nothing lost.

Nothing is joined by a machine: a job proposes pairs, an editor looks at each. The
listing that goes keeps its rows, its history and its sources, and leads to the other.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community import duplicates, permissions
from thedeal.community.actions import indexing, listings, writing
from thedeal.community.actions.writing import Origin
from thedeal.community.facts import ContactFacts, GroupFacts
from thedeal.community.models import Activity, Calendar, Group, Whereabouts
from thedeal.community.models.doubles import Double, Joining
from thedeal.community.selectors import doubles, stored
from thedeal.community.states import SHOWN, ListingState
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority

BY_HAND = "an editor put them side by side"
# what the listing that stays takes from the other, where it says nothing itself
FILLED = ("what", "website", "charity_number")


def propose(*, authority: Authority) -> int:
    """Look for doubles among a council's listings; give how many pairs are new.

    A pair that an editor has judged is not asked about again.
    """
    pairs = duplicates.find(doubles.listed(authority.pk))
    return _keep(authority, pairs)


@logins.atomic
def _keep(authority: Authority, pairs: Collection[duplicates.Pair]) -> int:
    known = {
        (str(one), str(other)): pk
        for one, other, pk in Double.objects.filter(authority=authority).values_list(
            "one_id", "other_id", "pk"
        )
    }
    for pair in pairs:
        if pk := known.get((pair.one, pair.other)):
            told = {"odds": pair.odds, "reasons": list(pair.reasons)}
            Double.objects.filter(pk=pk).update(**told)
    fresh = [pair for pair in pairs if (pair.one, pair.other) not in known]
    Double.objects.bulk_create(
        Double(
            authority=authority,
            one_id=UUID(pair.one),
            other_id=UUID(pair.other),
            odds=pair.odds,
            reasons=list(pair.reasons),
        )
        for pair in fresh
    )
    return len(fresh)


@logins.atomic
def pair_by_hand(*, one: Group, other: Group, by: Any) -> Double:
    """Put two listings side by side that an editor takes for one group.

    A pair that was told apart before is asked about again. Raises UserFacingError
    where the two cannot be joined.
    """
    permissions.check_can_edit(by, authority=one.authority)
    _check_may_join(one, other)
    first, second = sorted((one, other), key=lambda group: str(group.pk))
    double, _ = Double.objects.get_or_create(
        one=first,
        other=second,
        defaults={"authority_id": one.authority_id, "odds": 1.0, "reasons": [BY_HAND]},
    )
    if double.answer != Double.Answer.WAITING:
        double.answer, double.answered_at = Double.Answer.WAITING, None
        double.answered_by_id, double.reasons = None, [BY_HAND]
        double.save()
    trail.record("community.paired", by=by, subject=one, other=str(other.pk))
    return double


@logins.atomic
def tell_apart(*, double: Double, by: Any) -> None:
    """Say that two listings are two groups; they are never proposed again."""
    permissions.check_can_edit(by, authority=double.authority)
    _answer(Q(pk=double.pk), Double.Answer.DIFFERENT, by)
    trail.record("community.told_apart", by=by, subject=double.one)


@logins.atomic
def join(*, stays: Group, goes: Group, bring: Collection[UUID], by: Any) -> Joining:
    """Join a listing to another; ``bring`` are the activities that come over.

    Raises UserFacingError where either is no longer kept or both are claimed.
    """
    permissions.check_can_edit(by, authority=stays.authority)
    stays, goes = _locked(stays), _locked(goes)
    _check_may_join(stays, goes)
    joining = Joining.objects.create(
        authority_id=stays.authority_id,
        stays=stays,
        goes=goes,
        state_before=goes.state,
        moved=_bring_over(stays, goes, bring),
        filled=_fill(stays, goes),
        by_id=getattr(by, "pk", None),
    )
    Group.objects.filter(pk=goes.pk).update(
        state=ListingState.MERGED, merged_into=stays
    )
    _cut(stays, by, f"joined with {goes.name}")
    _answer(_pair(stays, goes), Double.Answer.SAME, by)
    trail.record("community.joined", by=by, subject=stays, goes=str(goes.pk))
    return joining


@logins.atomic
def part(*, joining: Joining, by: Any) -> Group:
    """Part two listings that were joined; give the one that comes back.

    What was changed on either since stays changed.
    """
    permissions.check_can_edit(by, authority=joining.authority)
    joining = Joining.objects.select_for_update(of=("self",)).get(pk=joining.pk)
    if joining.parted_at is not None:
        raise UserFacingError("These two are apart already.")
    stays, goes = _locked(joining.stays), _locked(joining.goes)
    if ListingState.WITHDRAWN in (stays.state, goes.state):
        raise UserFacingError("This group asked us not to list it, under either name.")
    _send_back(goes, joining.moved)
    _empty(stays, goes, joining.filled)
    Group.objects.filter(pk=goes.pk).update(
        state=joining.state_before, merged_into=None
    )
    joining.parted_at, joining.parted_by_id = timezone.now(), getattr(by, "pk", None)
    joining.save(update_fields=["parted_at", "parted_by_id"])
    for group, other in ((stays, goes), (goes, stays)):
        _cut(group, by, f"parted from {other.name}")
    _answer(_pair(stays, goes), Double.Answer.DIFFERENT, by)
    trail.record("community.parted", by=by, subject=stays, back=str(goes.pk))
    goes.refresh_from_db()
    return goes


def _check_may_join(stays: Group, goes: Group) -> None:
    gone = (ListingState.WITHDRAWN, ListingState.MERGED)
    if stays.pk == goes.pk or stays.authority_id != goes.authority_id:
        raise UserFacingError("Choose two listings of one directory.")
    if stays.state in gone or goes.state in gone:
        raise UserFacingError("One of these listings is no longer kept.")
    if stays.organisation_id and goes.organisation_id not in (
        None,
        stays.organisation_id,
    ):
        raise UserFacingError(
            "Different people look after these two. Ring both, and let one of them "
            "end theirs."
        )


def _bring_over(stays: Group, goes: Group, bring: Collection[UUID]) -> dict[str, Any]:
    """Move activities over and set the rest aside; give each with its old state."""
    moved = {}
    for activity in goes.activities.exclude(state=ListingState.ENDED):
        comes = activity.pk in bring
        moved[str(activity.pk)] = {"state": activity.state, "came": comes}
        activity.state = stays.state if comes else ListingState.MERGED
        _give(activity, stays if comes else goes)
    return moved


def _send_back(goes: Group, moved: dict[str, Any]) -> None:
    for activity in Activity.objects.filter(pk__in=list(moved)):
        if activity.state in (*SHOWN, ListingState.MERGED):
            activity.state = moved[str(activity.pk)]["state"]
        _give(activity, goes)


def _give(activity: Activity, group: Group) -> None:
    """Put an activity, and what is kept apart of it, under a group."""
    activity.group = group
    activity.save(update_fields=["group", "state"])
    Whereabouts.objects.filter(activity=activity).update(group=group)
    Calendar.objects.filter(activity=activity).update(group=group)


def _fill(stays: Group, goes: Group) -> dict[str, Any]:
    """Take what this listing lacks from the other; give what was taken."""
    filled: dict[str, Any] = {}
    for name in FILLED:
        if not getattr(stays, name) and getattr(goes, name):
            filled[name] = getattr(goes, name)
            setattr(stays, name, filled[name])
            if name in goes.provenance:
                stays.provenance[name] = goes.provenance[name]
    if not stays.organisation_id and goes.organisation_id:
        filled["organisation_id"] = str(goes.organisation_id)
        stays.organisation_id = goes.organisation_id
    if goes.name != stays.name and goes.name not in stays.other_names:
        filled["other_name"] = goes.name
        stays.other_names = [*stays.other_names, goes.name]
    stays.save()
    contact = stored.contact_of(goes)
    if contact and not any(_ways(stored.contact_of(stays))):
        filled["contact"] = contact
        _write_contact(stays, ContactFacts.read(contact))
    return filled


def _empty(stays: Group, goes: Group, filled: dict[str, Any]) -> None:
    """Give back what was taken, where nobody has changed it since."""
    for name in FILLED:
        if name in filled and getattr(stays, name) == filled[name]:
            setattr(stays, name, "")
    if filled.get("organisation_id") == str(stays.organisation_id):
        stays.organisation_id = None
    other = filled.get("other_name")
    stays.other_names = [name for name in stays.other_names if name != other]
    stays.save()
    if "contact" in filled and stored.contact_of(stays) == filled["contact"]:
        _write_contact(stays, ContactFacts())


def _ways(contact: dict[str, Any]) -> tuple[Any, Any]:
    return contact.get("phone"), contact.get("email")


def _write_contact(group: Group, contact: ContactFacts) -> None:
    writing.write_contact(group, GroupFacts(name=group.name, contact=contact))


def _cut(group: Group, by: Any, reason: str) -> None:
    indexing.refresh(group.activities.values_list("pk", flat=True))
    source = listings.own_source(group.authority)
    said = Origin(source=source, how=listings.THE_TEAM, by=by)
    writing.cut_version(group, origin=said, reason=reason)


def _answer(which: Q, answer: Double.Answer, by: Any) -> None:
    Double.objects.filter(which).update(
        answer=answer,
        answered_at=timezone.now(),
        answered_by_id=getattr(by, "pk", None),
    )


def _pair(a: Group, b: Group) -> Q:
    one, other = sorted((a.pk, b.pk), key=str)
    return Q(one_id=one, other_id=other)


def _locked(group: Group) -> Group:
    rows = Group.objects.select_for_update(of=("self",))
    return rows.select_related("authority", "organisation").get(pk=group.pk)
