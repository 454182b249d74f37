"""Hands one letter to a carrier.

Contract: ``carry(letter)`` gives the carrier's reference, or raises ``TryLater``
(nothing was taken; ask again) or ``Refused`` (never will be). No other error and no
HTTP detail gets out, nor does an address get into a log.

GOV.UK Notify (docs: POST /v2/notifications/email and /sms with template_id,
personalisation, reference; bearer token signed HS256 with the key's secret) is used
when THEDEAL_NOTIFY_KEY is set; one template each with ((subject)) and ((body)).
The demo keeps letters in a folder and sends nothing.
"""

import smtplib
import time
from typing import Any, Protocol

import httpx
import jwt
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import BadHeaderError

from thedeal.messages.clients import kept

NOTIFY = "https://api.notifications.service.gov.uk/v2/notifications/"
TIMEOUT_SECONDS = 20


class TryLaterError(Exception):
    """The carrier took nothing; the letter waits."""


class RefusedError(Exception):
    """The carrier will never take this letter."""


class Sendable(Protocol):
    """What a carrier needs of a letter."""

    id: Any
    channel: str
    to: str
    subject: str
    body: str


def carry(letter: Sendable) -> str:
    """Hand over one letter; give the carrier's reference."""
    if settings.DEMO:
        return kept.keep(letter)
    if settings.NOTIFY_KEY:
        return _notify(letter)
    if letter.channel == "text":
        raise RefusedError("Texts need GOV.UK Notify: set THEDEAL_NOTIFY_KEY.")
    return _email(letter)


def _email(letter: Sendable) -> str:
    reference = f"<{letter.id}@{settings.EMAIL_HOST}>"
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.to],
        headers={"Message-ID": reference, "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, BadHeaderError) as error:
        raise RefusedError("The mail server does not take this address.") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLaterError("The mail server did not answer.") from error
    return reference


def _notify(letter: Sendable) -> str:
    kind = "sms" if letter.channel == "text" else "email"
    to = {"sms": "phone_number", "email": "email_address"}[kind]
    body = {
        to: letter.to,
        "template_id": settings.NOTIFY_TEMPLATES[kind],
        "personalisation": {"subject": letter.subject, "body": letter.body},
        "reference": str(letter.id),
    }
    try:
        answer = httpx.post(
            NOTIFY + kind, json=body, headers=_token(), timeout=TIMEOUT_SECONDS
        )
    except httpx.HTTPError as error:
        raise TryLaterError("GOV.UK Notify did not answer.") from error
    if answer.status_code == 429 or answer.status_code >= 500:
        raise TryLaterError("GOV.UK Notify is busy.")
    if answer.status_code >= 400:
        raise RefusedError(f"GOV.UK Notify said no ({answer.status_code}).")
    return str(answer.json().get("id", ""))


def _token() -> dict[str, str]:
    key = settings.NOTIFY_KEY
    service, secret = key[-73:-37], key[-36:]
    token = jwt.encode({"iss": service, "iat": int(time.time())}, secret, "HS256")
    return {"Authorization": f"Bearer {token}"}
