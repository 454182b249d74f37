"""The backups that the product makes by itself: each night, and before an upgrade.

Each is restored aside at once, so that a backup that could not be restored is known
the same night. Kept for 35 days, then gone. Only the newest file of keys is kept, in
a folder apart: a person's key that was erased is in no older one.
"""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from thedeal.lib import cluster
from thedeal.lib.running import backups
from thedeal.lib.running.backups import archive

KEPT_DAYS = 35
DAY_S = 24 * 60 * 60
NIGHTLY, BEFORE_UPGRADE, SUFFIX = "nightly-", "before-upgrade-", ".deal"


def folder() -> Path:
    """Give the folder of these backups."""
    found = cluster.state_dir() / "backups"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def keys_file() -> Path:
    """Give the newest file of keys, to be copied to another place."""
    apart = cluster.state_dir() / "backup-keys"
    apart.mkdir(mode=0o700, exist_ok=True)
    return apart / "newest.keys"


def make(kind: str) -> Path:
    """Make a backup of this kind, prove that it restores, and drop those too old."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    file = folder() / f"{kind}{stamp}{SUFFIX}"
    plain = file.with_suffix(".plain")
    recipient = os.environ.get("THEDEAL_BACKUP_KEY") or None
    plain.unlink(missing_ok=True)
    try:
        backups.make(plain, keys_file=keys_file(), recipient=None)
        backups.verify(plain, kept_keys=keys_file())
        archive.put(plain, file, recipient)
    finally:
        plain.unlink(missing_ok=True)
    if recipient:
        archive.put(keys_file(), keys_file(), recipient)
    forget_old(folder(), now_s=time.time())
    return file


def newest(kind: str) -> Path | None:
    """Give the newest backup of this kind, or None."""
    found = sorted(folder().glob(f"{kind}*{SUFFIX}"))
    return found[-1] if found else None


def forget_old(place: Path, *, now_s: float) -> int:
    """Remove backups older than 35 days; give how many."""
    old = [
        path
        for path in place.glob(f"*{SUFFIX}")
        if now_s - path.stat().st_mtime > KEPT_DAYS * DAY_S
    ]
    for path in old:
        path.unlink()
    return len(old)
