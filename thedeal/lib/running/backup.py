"""``./deal backup FILE``, ``restore FILE`` and ``rollback``."""

import argparse
from pathlib import Path

from thedeal.lib import cluster
from thedeal.lib.running import backups, house, manage, nightly, supervisor
from thedeal.lib.running.backups import keys
from thedeal.lib.setup.telling import say, step


def run(arguments: list[str]) -> int:
    """Make a backup."""
    parser = argparse.ArgumentParser(prog="./deal backup", description="One file.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", help="an age public key (age1…) to encrypt to")
    parser.add_argument(
        "--verify", action="store_true", help="restore it aside at once, to prove it"
    )
    asked = parser.parse_args(arguments)
    file = asked.file.resolve()
    if asked.verify and asked.key:
        parser.error("an encrypted backup is verified where its secret key is.")
    with manage.opened():
        with step("Making the backup"):
            manifest = backups.make(file, recipient=asked.key)
        if asked.verify:
            with step("Restoring it aside, to prove it"):
                backups.verify(file)
    rows = sum(int(count) for count, _digest in manifest["tables"].values())
    size_mb = file.stat().st_size / 1e6
    say(f"{file} holds everything: {rows:,} rows, {size_mb:.1f} MB.")
    say(f"Keep {keys.beside(file).name} in another place: without it the personal")
    say("words in the backup cannot be read, and with it they can.")
    return 0


def run_restore(arguments: list[str]) -> int:
    """Check a backup and switch to it."""
    parser = argparse.ArgumentParser(prog="./deal restore")
    parser.add_argument("file", type=Path)
    parser.add_argument("--identity", type=Path, help="a file with the age secret key")
    parser.add_argument("--keys", type=Path, help="the file of keys, if not beside it")
    parser.add_argument("--check", action="store_true", help="check it, change nothing")
    asked = parser.parse_args(arguments)
    with manage.opened():
        if asked.check:
            found = backups.verify(
                asked.file, identity=asked.identity, kept_keys=asked.keys
            )
            say(f"{asked.file} of {found['made_at']} is whole and can be restored.")
            return 0
        _restore(asked.file, identity=asked.identity, kept_keys=asked.keys)
    return 0


def run_rollback(arguments: list[str]) -> int:
    """Go back to the backup made before the last upgrade."""
    parser = argparse.ArgumentParser(prog="./deal rollback")
    parser.add_argument("--identity", type=Path, help="a file with the age secret key")
    asked = parser.parse_args(arguments)
    found = nightly.newest(nightly.BEFORE_UPGRADE)
    if not found:
        raise manage.CommandError(
            "There is no backup from before an upgrade here. ./deal restore FILE takes "
            "any other."
        )
    with manage.opened():
        _restore(found, identity=asked.identity, kept_keys=nightly.keys_file())
    return 0


def _restore(file: Path, *, identity: Path | None, kept_keys: Path | None) -> None:
    state = cluster.state_dir()
    if supervisor.is_running(state):
        raise manage.CommandError(
            f"The Deal is running on {supervisor.recorded_address(state)}. Stop it "
            "first, so that nothing is written while the database is switched."
        )
    if house.read() is None and not house.is_unused():
        raise manage.CommandError(house.NOT_OURS)
    with step("Checking the backup in a scratch database, and switching to it"):
        aside = backups.restore(file, identity=identity, kept_keys=kept_keys)
    with step("Bringing the database up to date"):
        manage.migrate()
    house.note(schema_stamp=house.schema_stamp())
    say(f"Restored {file}. The database from before is kept as {aside}.")
