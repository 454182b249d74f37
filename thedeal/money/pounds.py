"""Pounds as people type and read them.

Exact decimals, never floats, wherever money is somebody's. Must never guess: other
currencies and continental commas are refused with a sentence.
"""

import re
from decimal import Decimal

from thedeal.lib.errors import UserFacingError

PENNY = Decimal("0.01")
OTHER_CURRENCY = re.compile(
    r"[€$¥₹]|\b(EUR|USD|euros?|dollars?|PLN|CHF)\b", re.IGNORECASE
)
PLAIN = re.compile(r"\d+(\.\d{1,2})?|\d{1,3}(,\d{3})+(\.\d{1,2})?")


class PoundsError(UserFacingError):
    """Something typed as an amount of pounds is not one."""


def read_pounds(text: str) -> Decimal:
    """Give the pounds typed as "£1,234.50", "1234.5" or "(12.00)"; raise PoundsError.

    Brackets or a minus mean a negative amount, as accountants and Excel write it.
    """
    said = text.strip()
    if OTHER_CURRENCY.search(said):
        raise PoundsError(
            f"{said!r} is not in pounds. Convert it before you import it."
        )
    bare = re.sub(r"\s|£|GBP", "", said, flags=re.IGNORECASE)
    is_negative = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")"))
    digits = bare.strip("-()")
    if re.fullmatch(r"[\d.]*\d,\d{1,2}", digits):
        raise PoundsError(
            f"{said!r} has a decimal comma. Write pence after a full stop."
        )
    if not PLAIN.fullmatch(digits):
        raise PoundsError(f"{said!r} is not an amount of pounds. Write it as 1234.50.")
    amount = Decimal(digits.replace(",", ""))
    return -amount if is_negative else amount


def write_pounds(amount: Decimal, *, with_pence: bool = True) -> str:
    """Give "£1,234.50", or "£1,235" without pence; a minus goes before the sign."""
    sign = "-" if amount < 0 else ""
    return f"{sign}£{abs(amount):,.{2 if with_pence else 0}f}"
