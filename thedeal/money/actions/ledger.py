"""Adds lines to the ledger and signs them. Nothing in it is ever edited.

A line that would count an effect twice is refused with the reason. Who signs is in
finance and is never its author; the database refuses it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.money import ledger_sums, permissions, selectors
from thedeal.money.ledger_sums import Kind
from thedeal.money.models import Change, Effect, LedgerLine, Signature
from thedeal.money.pounds import write_pounds
from thedeal.partners.models import Organisation

MOST_WEEKS_IN_YEAR = Decimal("52.18")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claimed saving as its author puts it."""

    title: str
    how_worked_out: str
    kind: Kind
    budget: Organisation
    service: str
    first_year: int
    yearly: Decimal
    evidence_grade: int
    taper: tuple[Decimal, ...] = (Decimal(1),)
    is_lasting: bool = False
    neighbourhood_id: UUID | None = None
    changes: Sequence[Change] = ()
    measures: Sequence[str] = ()


@logins.atomic
def add(claim: Claim, *, by: Any, corrects: LedgerLine | None = None) -> LedgerLine:
    """Give the new line; ``corrects`` is the line in whose place it will stand.

    Raises UserFacingError where it counts an effect that another line counts, where a
    change behind it is no saving, or where nothing is behind it.
    """
    authority = claim.budget.authority
    permissions.check_can_change(by, authority)
    _check_claim(claim)
    line = _unsaved(claim, by=by, corrects=corrects)
    ledger = selectors.plain_ledger(authority)
    ledger_sums.check_joins(_plain(line, claim), ledger=ledger)
    line.save()
    _save_effects(line, claim)
    trail.record("money.line_added", by=by, subject=line, corrects=_id(corrects))
    return line


@logins.atomic
def sign(line: LedgerLine, *, by: Any) -> Signature:
    """Give finance's signature; raise UserFacingError for the author's own."""
    permissions.check_can_sign(by, line.authority)
    if line.author_id == by.pk:
        raise UserFacingError(
            "You wrote this line. Somebody else in finance must sign it."
        )
    if Signature.objects.filter(line=line).exists():
        raise UserFacingError("This line is signed already.")
    if LedgerLine.objects.filter(corrects=line).exists():
        raise UserFacingError("A newer line stands in this one's place. Sign that.")
    signature = Signature.objects.create(
        authority=line.authority, line=line, author_id=line.author_id, by=by
    )
    trail.record("money.line_signed", by=by, subject=line)
    return signature


def _check_claim(claim: Claim) -> None:
    if not claim.title.strip() or not claim.how_worked_out.strip():
        raise UserFacingError("Say what the saving is, and how it was worked out.")
    if not claim.changes and not claim.measures:
        raise UserFacingError(
            "Link what is behind it: the packages that changed, or a measure."
        )
    weekly = Decimal(0)
    for changed in claim.changes:
        judgement = selectors.judgement(changed)
        if not judgement.is_saving:
            raise UserFacingError(f"{changed.before.reference}: {judgement.reason}")
        weekly += judgement.weekly
    _check_size(claim, yearly=weekly * MOST_WEEKS_IN_YEAR)


def _check_size(claim: Claim, *, yearly: Decimal) -> None:
    """Refuse a line that claims more than its packages alone can hold up."""
    if claim.changes and not claim.measures and claim.yearly > yearly:
        raise UserFacingError(
            f"The packages behind it saved {write_pounds(yearly)} a year at most, and "
            f"the line claims {write_pounds(claim.yearly)}. Claim less, or link the "
            "measure that shows the rest."
        )


def _unsaved(claim: Claim, *, by: Any, corrects: LedgerLine | None) -> LedgerLine:
    return LedgerLine(
        id=uuid4(),
        authority_id=claim.budget.authority_id,
        title=claim.title.strip()[:160],
        how_worked_out=claim.how_worked_out.strip(),
        kind=claim.kind.value,
        budget=claim.budget,
        service=claim.service.strip()[:80],
        neighbourhood_id=claim.neighbourhood_id,
        first_year=claim.first_year,
        yearly=claim.yearly,
        taper=[str(share) for share in claim.taper],
        is_lasting=claim.is_lasting,
        evidence_grade=claim.evidence_grade,
        author=by,
        corrects=corrects,
    )


def _plain(line: LedgerLine, claim: Claim) -> ledger_sums.Line:
    """Give the plain record of a line that is not stored yet."""
    return ledger_sums.Line(
        reference=str(line.pk),
        title=line.title,
        yearly=claim.yearly,
        kind=claim.kind,
        budget=claim.budget.name,
        service=claim.service,
        first_year=claim.first_year,
        taper=claim.taper,
        is_lasting=claim.is_lasting,
        evidence_grade=claim.evidence_grade,
        author=str(line.author_id),
        effects=frozenset(
            [*(f"change:{c.pk}" for c in claim.changes), *claim.measures]
        ),
        corrects=_id(line.corrects),
    )


def _save_effects(line: LedgerLine, claim: Claim) -> None:
    behind = [Effect(line=line, change=changed) for changed in claim.changes]
    behind += [Effect(line=line, measure=name) for name in claim.measures]
    for effect in behind:
        effect.authority_id = line.authority_id
    Effect.objects.bulk_create(behind)


def _id(line: LedgerLine | None) -> str:
    return str(line.pk) if line else ""
