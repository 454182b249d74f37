"""The quarterly update of the gap: asked for twice, sent to who said yes, stopped at once.

Runs as the jobs' login, which alone may read the addresses. A link in the letter only
puts a job in the queue: whoever opens it may read nothing here.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from thedeal.lib import definitions, links, logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters, taps
from thedeal.money.models import Subscriber

KIND = "money.update"


@logins.atomic
def ask_new() -> int:
    """Write to each new address once, to ask whether it meant it; give how many."""
    fresh = Subscriber.objects.select_for_update(skip_locked=True).filter(
        asked_at__isnull=True
    )
    count = 0
    for subscriber in fresh:
        already = Subscriber.objects.filter(
            email=subscriber.email,
            authority_id=subscriber.authority_id,
            asked_at__isnull=False,
            ended_at__isnull=True,
        ).exists()
        if not already:
            _ask(subscriber)
            count += 1
        subscriber.asked_at = timezone.now()
        subscriber.save(update_fields=["asked_at"])
    return count


@logins.atomic
def settle(subscriber_id: UUID, *, wanted: bool) -> None:
    """Write down the yes or the stop that came by a link."""
    field = "confirmed_at" if wanted else "ended_at"
    Subscriber.objects.filter(pk=subscriber_id, ended_at__isnull=True).update(
        **{field: timezone.now()}
    )


@logins.atomic
def send_update(*, authority_id: UUID, quarter: str, sentence: str) -> int:
    """Write how the gap stands to everybody who said yes; give how many they are.

    ``quarter`` is such as "2026-4": in one quarter nobody is written to twice.
    """
    wanting = Subscriber.objects.filter(
        authority_id=authority_id, confirmed_at__isnull=False, ended_at__isnull=True
    )
    for subscriber in wanting:
        _write(
            "update",
            subscriber,
            once_key=f"gap:{quarter}:{subscriber.pk}",
            sentence=sentence,
            address=f"{settings.PUBLIC_ADDRESS}/the-gap/",
        )
    return wanting.count()


def _ask(subscriber: Subscriber) -> None:
    _write("subscribe", subscriber, once_key=f"gap:ask:{subscriber.pk}")


def _write(what: str, subscriber: Subscriber, *, once_key: str, **more: str) -> None:
    council = subscriber.authority_id
    link = taps.make(ANSWER, subject_id=subscriber.pk, authority_id=council)
    letters.write(
        kind=KIND,
        to=subscriber.email,
        subject=definitions.words(f"words/money.{what}_subject", authority_id=council),
        body=definitions.words(
            f"words/money.{what}_email", authority_id=council
        ).format(link=link, council=subscriber.authority.name, **more),
        once_key=once_key,
        authority_id=council,
    )


def _show(link: Any) -> dict[str, Any]:
    return {
        "heading": "Shall we tell you about the gap every three months?",
        "text": "One short message each time. You can stop whenever you like.",
        "choices": [
            {"value": "yes", "text": "Yes, tell me"},
            {"value": "stop", "text": "No, do not write again"},
        ],
    }


def _answer(link: Any, choice: str, typed: dict[str, str]) -> str:
    if choice not in ("yes", "stop"):
        raise UserFacingError("Choose one of the two.")
    queue.defer("money.settle_subscriber", subscriber=str(link.subject_id), said=choice)
    return (
        "Thank you. We will write every three months."
        if choice == "yes"
        else "We will not write again."
    )


ANSWER = links.register(
    links.Purpose(
        name="money.subscriber",
        show=_show,
        answer=_answer,
        days=365,
        single_use=False,
        may_change=True,
    )
)
