"""The commands of ``./deal``: each that is listed is there, and fresh keys are fresh."""

import stat

import pytest
from django.core.management import get_commands

from thedeal.lib.cluster import connections
from thedeal.lib.running import __main__ as running
from thedeal.lib.running import fresh_keys, listing, manage


def test_every_command_that_is_listed_is_there():
    listed = {name.split()[0] for part in listing.COMMANDS.values() for name in part}
    there = {*running.OURS, *get_commands(), "WORD"}
    assert listed - there == set()
    assert all(running.find(word) for word in running.OURS)


def test_fresh_keys_are_written_for_their_owner_alone_and_never_twice(
    tmp_path, monkeypatch
):
    file = tmp_path / "thedeal.env"
    assert fresh_keys.run([str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    given = dict(line.split("=", 1) for line in file.read_text().splitlines())
    for name in connections.KEYS:
        monkeypatch.setenv(f"THEDEAL_{name}", given[f"THEDEAL_{name}"])
        assert connections.secret(name) == given[f"THEDEAL_{name}"]
    assert len(set(given.values())) == len(connections.KEYS)
    before = file.read_text()
    with pytest.raises(manage.CommandError, match="is there already"):
        fresh_keys.run([str(file)])
    assert file.read_text() == before
