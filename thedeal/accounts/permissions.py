"""What a proof is good for: a second factor, and a fresh one."""

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from thedeal.accounts import stay

RECORDS = "account_authentication_methods"
# proofs that are two factors at once, or were checked by an organisation's service
STRONG = {"mfa", "socialaccount"}
DEMO = "demo"


def records(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the proofs that this session has had, oldest first."""
    found = request.session.get(RECORDS, [])
    return found if isinstance(found, list) else []


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether this session has shown a second factor or a passkey."""
    methods = {record.get("method") for record in records(request)}
    return bool(methods & STRONG) or (settings.DEMO and DEMO in methods)


def has_fresh_proof(request: HttpRequest) -> bool:
    """Say whether the person has proved who they are within half an hour."""
    times = [float(record.get("at", 0)) for record in records(request)]
    return bool(times) and time.time() - max(times) <= stay.PROOF_SECONDS
