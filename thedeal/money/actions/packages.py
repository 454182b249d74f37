"""Enters packages of support, records why they changed, and takes in exports.

A worker alongside the person may, and so may finance. An export goes in whole or not
at all: one odd line stops it, and the dry run says which and why.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thedeal.accounts.roles import Permission
from thedeal.audit.actions import trail
from thedeal.lib import logins, queue
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.money import permissions, weekly_cost
from thedeal.money.csv_reading import Reading, Row, read_export
from thedeal.money.models import Change, Import, Package
from thedeal.money.savings import OwnView, WhyChanged
from thedeal.partners import permissions as partners
from thedeal.partners.models import Authority, Organisation
from thedeal.places import selectors as places


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a package costs and when it runs, as typed at the desk."""

    reference: str
    kind: str
    gross_weekly: Decimal
    starts_on: dt.date
    price_base: str
    ends_on: dt.date | None = None
    contribution_weekly: Decimal = Decimal(0)
    health_weekly: Decimal = Decimal(0)


@logins.atomic
def enter(
    *, person_reference: str, terms: Terms, payer: Organisation, by: Any, person: Any
) -> Package:
    """Give the new package; raise UserFacingError where it cannot be right.

    ``person`` is the resident where whoever enters it may see them, or None.
    """
    check_may_write(by, payer.authority, person=person)
    package = _unsaved(person_reference, terms, payer=payer, by=by, person=person)
    check_fits(package.as_plain(), authority=payer.authority)
    package.save()
    _record("money.package_entered", package, by=by)
    return package


@logins.atomic
def change(
    before: Package,
    *,
    why: WhyChanged,
    happened_on: dt.date,
    by: Any,
    after: Terms | None = None,
) -> Change:
    """End a package the day before a change, and start what follows it, if anything.

    Raises UserFacingError where it had changed already, or the day does not fit.
    """
    check_may_write(by, before.authority, person=before.person)
    if Change.objects.filter(before=before).exists():
        raise UserFacingError("This package has already changed. Change the newer one.")
    last_day = happened_on - dt.timedelta(days=1)
    if last_day < before.starts_on:
        raise UserFacingError("It cannot change before its first day is over.")
    before.ends_on = last_day
    before.save(update_fields=["ends_on"])
    follows = _following(before, after, by=by) if after else None
    changed = Change.objects.create(
        authority=before.authority,
        person=before.person,
        before=before,
        after=follows,
        why=why.value,
        happened_on=happened_on,
        by=by,
    )
    _record("money.package_changed", before, by=by, why=why.value)
    return changed


@logins.atomic
def record_own_view(
    changed: Change, *, view: OwnView, words: str, asked_on: dt.date, by: Any
) -> Change:
    """Write what the person says of a change of their support, in their own view."""
    check_may_write(by, changed.authority, person=changed.person)
    if words.strip() and changed.person_id is None:
        raise UserFacingError(
            "Join this package to the person's record first, so that their words are "
            "kept under their own key."
        )
    changed.own_view, changed.own_view_asked_on = view.value, asked_on
    changed.own_words = words.strip()
    changed.save(update_fields=["own_view", "own_view_asked_on", "own_words"])
    _record("money.own_view_asked", changed.before, by=by, view=view.value)
    return changed


def dry_run(data: bytes, *, authority: Authority, price_base: str, by: Any) -> Reading:
    """Give what taking an export in would do, line by line; changes nothing."""
    permissions.check_can_change(by, authority)
    return read_export(data, price_base=price_base)


@logins.atomic
def take_in(
    data: bytes, *, file_name: str, payer: Organisation, price_base: str, by: Any
) -> Import:
    """Take a clean export in, whole; raise UserFacingError where any line is odd."""
    reading = dry_run(data, authority=payer.authority, price_base=price_base, by=by)
    if not reading.is_clean:
        wrong = sum(bool(line.refused) for line in reading.lines)
        raise UserFacingError(
            f"Nothing was taken in: {wrong} lines need mending. The dry run says which."
        )
    taken = _kept_file(data, file_name, authority=payer.authority, rows=reading, by=by)
    for row in reading.rows:
        _take_row(row, taken, payer=payer, by=by)
    trail.record("money.export_taken_in", by=by, subject=taken, lines=taken.lines)
    queue.defer("money.join_export", authority=str(taken.authority_id))
    return taken


def check_fits(package: weekly_cost.Package, *, authority: Authority) -> None:
    """Raise UserFacingError where it shares a day with another of the same kind."""
    others = Package.objects.filter(
        authority=authority, person_reference=package.person, kind=package.kind
    ).exclude(reference=package.reference)
    clashes = weekly_cost.overlaps([*(x.as_plain() for x in others), package])
    if clashes:
        raise UserFacingError(clashes[0][2])


def _kept_file(
    data: bytes, file_name: str, *, authority: Authority, rows: Reading, by: Any
) -> Import:
    digest = hashlib.sha256(data).hexdigest()
    if Import.objects.filter(authority=authority, digest=digest).exists():
        raise UserFacingError("This very file has been taken in before.")
    return Import.objects.create(
        authority=authority,
        file_name=file_name[:200],
        digest=digest,
        lines=len(rows.rows),
        content=data,
        by=by,
    )


def _take_row(row: Row, taken: Import, *, payer: Organisation, by: Any) -> None:
    plain = row.package
    check_fits(plain, authority=payer.authority)
    known = Package.objects.filter(
        authority=payer.authority, reference=plain.reference
    ).first()
    fresh = _unsaved(plain.person, _terms(plain), payer=payer, by=by, person=None)
    fresh.taken_from = taken
    place = places.find_postcode(row.postcode).neighbourhood if row.postcode else None
    fresh.neighbourhood_id = place.pk if place else None
    if known is not None:  # the same package again: the newer export's word stands
        fresh.pk, fresh.created_at = known.pk, known.created_at
        fresh.person, fresh.entered_by = known.person, known.entered_by
        fresh._state.adding = False
    fresh.save()


def _terms(plain: weekly_cost.Package) -> Terms:
    return Terms(
        reference=plain.reference,
        kind=plain.kind,
        gross_weekly=plain.gross_weekly,
        contribution_weekly=plain.contribution_weekly,
        health_weekly=plain.health_weekly,
        price_base=plain.price_base,
        starts_on=plain.starts_on,
        ends_on=plain.ends_on,
    )


def _unsaved(
    person_reference: str, terms: Terms, *, payer: Organisation, by: Any, person: Any
) -> Package:
    weekly_cost.Package(person=person_reference, **vars(terms))  # raises if not right
    if not terms.price_base:
        raise UserFacingError("Say which financial year's prices these are: 2026/27.")
    return Package(
        authority=payer.authority,
        person_reference=person_reference,
        person=person,
        payer=payer,
        neighbourhood_id=getattr(person, "neighbourhood_id", None),
        entered_by=by,
        **vars(terms),
    )


def _following(before: Package, after: Terms, *, by: Any) -> Package:
    follows = _unsaved(
        before.person_reference,
        after,
        payer=before.payer,
        by=by,
        person=before.person,
    )
    follows.neighbourhood_id = before.neighbourhood_id
    check_fits(follows.as_plain(), authority=before.authority)
    follows.save()
    return follows


def check_may_write(by: Any, authority: Authority, *, person: Any) -> None:
    """Raise NotAllowedError unless they keep money or are beside the person."""
    if permissions.can_change(by, authority):
        by.acting_as = "finance_officer"
        return
    if person is None:
        raise NotAllowedError("Only finance may enter a package without its person.")
    for team in person.alongside.filter(ended_at__isnull=True).select_related(
        "organisation"
    ):
        if partners.has(by, Permission.CHANGE_PEOPLE, team.organisation):
            partners.check(by, Permission.CHANGE_PEOPLE, team.organisation)
            return
    raise NotAllowedError("Only a team alongside this person, or finance, may do this.")


def _record(action: str, package: Package, *, by: Any, **detail: Any) -> None:
    trail.record(action, by=by, subject=package, person_id=package.person_id, **detail)
