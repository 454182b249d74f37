"""How names and addresses are kept: tidy, and with a key that sorts as people read.

The database sorts by code point, so a stored key without accents or capitals puts
"Éilis" beside "Eileen" in every list.
"""

import unicodedata


def tidy(text: str) -> str:
    """Give a name with single spaces, composed letters and no control characters."""
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(c if c.isprintable() else " " for c in composed)
    return " ".join(plain.split())


def sort_key(name: str) -> str:
    """Give the name as it sorts: no accents, lower case."""
    apart = unicodedata.normalize("NFKD", tidy(name))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def tidy_email(address: str) -> str:
    """Give an email address as it is kept: trimmed and in lower case."""
    return unicodedata.normalize("NFC", address).strip().lower()
