"""Reads which sign-in services of organisations there are, from one setting.

``THEDEAL_SIGN_ON`` is a JSON list of {id, name, client_id, secret, address}. Nothing
else is taken from it: people are known by ``sub`` and by nothing that can change.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from thedeal.lib.env import SettingError

FIELDS = ("id", "name", "client_id", "secret", "address")


def services(raw: str) -> list[dict[str, Any]]:
    """Give the services as the sign-in library wants them; stop the start if odd."""
    try:
        listed = json.loads(raw or "[]")
        return [_service(item) for item in listed]
    except (ValueError, KeyError, TypeError):
        raise SettingError(
            "THEDEAL_SIGN_ON must be a JSON list of objects with "
            + ", ".join(FIELDS)
            + "."
        ) from None


def origins(raw: str) -> list[str]:
    """Give the origin of each service's address ("https://login.trust.nhs.uk")."""
    addresses = [urlsplit(each["settings"]["server_url"]) for each in services(raw)]
    return sorted({f"{each.scheme}://{each.netloc}" for each in addresses})


def _service(item: dict[str, Any]) -> dict[str, Any]:
    ident, name, client, secret, address = (str(item[field]) for field in FIELDS)
    if not address.startswith("https://"):
        raise ValueError(address)
    return {
        "provider_id": ident,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": address, "uid_field": "sub"},
    }
