"""Answers the options that residents put forward, for everybody to read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.money import permissions
from thedeal.money.models import Option, OptionAnswer


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the council says of one option; pounds a year where they were worked out."""

    told: str
    answer: str
    verdict: str
    yearly_pounds: Decimal | None = None


@logins.atomic
def answer(option: Option, said: Said, *, by: Any) -> OptionAnswer:
    """Give the answer, which stands from now on; raise UserFacingError on a second."""
    permissions.check_can_change(by, option.authority)
    if OptionAnswer.objects.filter(option=option).exists():
        raise UserFacingError("This idea has its answer already.")
    if not said.told.strip() or not said.answer.strip():
        raise UserFacingError("Say the idea in one line, and what you answer.")
    answered = OptionAnswer.objects.create(
        authority=option.authority, option=option, by=by, **vars(said)
    )
    trail.record("money.option_answered", by=by, subject=answered)
    return answered
