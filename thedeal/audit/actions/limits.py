"""Rate limits, kept in the database so that more workers do not mean more tries.

One statement a try (reliability: limits in each process's own memory multiplied
by the number of processes). Keys are hashed: no address or email is stored.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone

from thedeal.lib import logins
from thedeal.lib.errors import TooManyError

SQL = """
insert into audit_counter (key, count, starts_at) values (%(key)s, 1, %(now)s)
on conflict (key) do update set
  count = case when audit_counter.starts_at < %(since)s then 1
               else audit_counter.count + 1 end,
  starts_at = case when audit_counter.starts_at < %(since)s then %(now)s
                   else audit_counter.starts_at end
returning count
"""


def hit(what: str, who: str, *, most: int, seconds: int) -> int:
    """Count one try and give how many there were in this stretch of time.

    Raises TooManyError when there were more than ``most``.
    """
    now = timezone.now()
    digest = hmac.new(
        settings.SECRET_KEY.encode(), f"{what}:{who}".encode(), hashlib.sha256
    ).hexdigest()
    values: dict[str, Any] = {
        "key": digest,
        "now": now,
        "since": now - timedelta(seconds=seconds),
    }
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(SQL, values)
        count = int(cursor.fetchone()[0])
    if count > most:
        minutes = max(1, seconds // 60)
        raise TooManyError(
            f"That was tried too often. Wait {minutes} minutes, then try again."
        )
    return count
