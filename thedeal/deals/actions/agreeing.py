"""Takes the person's own yes to a deal: on the screen, by their link, or read aloud.

A worker can never say it for them: on the screen the person writes their own mark,
read aloud somebody else is witness, and a link is the person's alone.
"""

from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import columns, permissions
from thedeal.deals.models import Agreement, Deal, DealVersion
from thedeal.deals.selectors.deals import lines_now
from thedeal.deals.states import DealState, HowAgreed
from thedeal.lib import logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.residents.actions import people

CHANGED = "The deal has changed since. Look at it together once more."


@logins.atomic
def on_screen(version: DealVersion, *, their_mark: str, by: Any) -> Agreement:
    """Take the mark (name or initials) that the person made on the turned-round page.

    Raises UserFacingError where it is the worker's own name, or the deal has changed.
    """
    permissions.check_beside(by, version.person)
    mark = _of_somebody_else(their_mark, by=by, who="the person")
    return _agree(version, HowAgreed.ON_SCREEN, by=by, their_mark=mark)


@logins.atomic
def read_aloud(version: DealVersion, *, witness: str, by: Any) -> Agreement:
    """Take a yes that was said aloud; ``witness`` is who else heard it."""
    permissions.check_beside(by, version.person)
    name = _of_somebody_else(witness, by=by, who="the witness")
    return _agree(version, HowAgreed.READ_ALOUD, by=by, witness=name)


@logins.atomic
def by_link(version: DealVersion) -> Agreement:
    """Take the yes of whoever holds the person's own link; nobody is signed in."""
    return _agree(version, HowAgreed.BY_LINK, by=None)


def _agree(version: DealVersion, how: HowAgreed, *, by: Any, **proof: str) -> Agreement:
    deal = Deal.objects.select_for_update().get(pk=version.deal_id)
    if deal.state == DealState.ENDED.value:
        raise UserFacingError("This deal has ended. Make a new one.")
    _check_is_now(deal, version)
    columns.check_both(columns.unpacked(version.content))
    version.agreed_at = timezone.now()
    version.save(update_fields=["agreed_at"])
    agreement = Agreement.objects.create(
        authority_id=version.authority_id,
        person_id=version.person_id,
        version=version,
        how=how.value,
        written_by=by,
        **proof,
    )
    Deal.objects.filter(pk=deal.pk).update(state=DealState.AGREED.value)
    people.in_touch(deal.person, on=timezone.localdate())
    trail.record(
        "deals.agreed",
        by=by,
        subject=deal,
        person_id=deal.person_id,
        how=how.value,
        number=version.number,
    )
    queue.defer("deals.plan_follow_ups", deal_id=str(deal.pk))
    return agreement


def _check_is_now(deal: Deal, version: DealVersion) -> None:
    if DealVersion.objects.filter(pk=version.pk, agreed_at__isnull=False).exists():
        raise UserFacingError("This is agreed already. Nothing more to do.")
    newest = deal.versions.first()
    now = columns.packed(lines_now(deal))
    if newest is None or newest.pk != version.pk or newest.content != now:
        raise UserFacingError(CHANGED)


def _of_somebody_else(name: str, *, by: Any, who: str) -> str:
    tidy = " ".join(name.split())[:120]
    if not tidy:
        raise UserFacingError(f"Let {who} write their name or initials.")
    if tidy.casefold() == str(by).casefold():
        raise UserFacingError(f"That is your own name. It must be {who}’s.")
    return tidy
