"""Keeps what residents say of the gap. Runs on the public login: it may only add."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.money.models import Option, Subscriber, Understood

LONGEST_OPTION = 1000
# question -> the answer that shows the page was understood
QUESTIONS = {"left": "still", "cash": "lasting", "cuts": "never"}


@logins.atomic
def suggest(words: str, *, authority_id: UUID) -> None:
    """Keep a resident's own option, for the council to work out and answer."""
    said = " ".join(words.split())
    if not said:
        raise UserFacingError("Write your idea in a sentence or two.")
    if len(said) > LONGEST_OPTION:
        raise UserFacingError(f"Keep it to {LONGEST_OPTION} letters, please.")
    _add(Option(authority_id=authority_id, words=said))


@logins.atomic
def understood(
    *, version_id: UUID, authority_id: UUID, answers: dict[str, str]
) -> None:
    """Keep how many of the questions were answered, and how many rightly."""
    given = {name: answer for name, answer in answers.items() if answer}
    if not given:
        raise UserFacingError("Choose an answer to at least one question.")
    _add(
        Understood(
            authority_id=authority_id,
            version_id=version_id,
            answered=len(given),
            right=sum(QUESTIONS.get(n) == answer for n, answer in given.items()),
        )
    )


@logins.atomic
def subscribe(email: str, *, authority_id: UUID) -> None:
    """Keep an address that asks for the update. A letter asks it to say so again."""
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise UserFacingError(
            "That is not an email address we can write to. It looks like "
            "name@example.org."
        ) from error
    _add(Subscriber(authority_id=authority_id, email=email.strip().lower()))


def _add(row: Any) -> None:
    # no RETURNING: the public login may add and never read
    type(row).objects.bulk_create([row])
