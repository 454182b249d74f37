"""Backups: one file with everything but the keys, which lie in a file beside it.

The file is a tar of the database's dump, the files, the audit's anchors and a signed
manifest with a checksum of each and a digest of each table. With an age key all of it
is encrypted. Keys of persons are kept apart, so that erasing one empties old backups
too. A restore believes nothing: it is checked in a scratch database, then switched to.
"""

from thedeal.lib.running.backups.archive import BackupError
from thedeal.lib.running.backups.dumping import make
from thedeal.lib.running.backups.restoring import restore, verify

__all__ = ["BackupError", "make", "restore", "verify"]
