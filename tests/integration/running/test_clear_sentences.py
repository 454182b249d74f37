"""What stands in the way of a start is said in a sentence that says what to do.

Each is tried for real, with the machine made to be so: an old Python, a port in use, no
network, a full disk, a folder that cannot be written.
"""

import errno
import os
import shutil
import socket
import subprocess
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.installation import environment, fresh
from thedeal.lib import cluster
from thedeal.lib.cluster import errors, starter
from thedeal.lib.running import manage, ports
from thedeal.lib.running.backups import archive, dumping
from thedeal.lib.setup import environment as setup

ROOT = manage.ROOT


def run(*words: str, **more: str) -> tuple[int, str]:
    """Run a command; give its exit code and all that it said."""
    done = subprocess.run(
        words, env=environment(**more), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def state() -> Iterator[Path]:
    """Give a state folder that a database's own user can reach, gone afterwards."""
    with fresh() as made:
        yield made.state


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Give a clone in which nothing was set up: what runs before any package."""
    made = tmp_path / "clone"
    shutil.copytree(ROOT / "thedeal" / "lib", made / "thedeal" / "lib")
    (made / "thedeal" / "__init__.py").write_text("")
    for name in ("deal", "requirements.lock"):
        shutil.copy2(ROOT / name, made / name)
    return made


def test_a_python_that_is_too_old_is_named(bare, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    old = programs / "python3"
    old.write_text(
        '#!/bin/sh\ncase "$2" in *platform*) echo 3.9.2;; *) exit 1;; esac\n'
    )
    old.chmod(0o755)
    for needed in ("sh", "dirname", "readlink"):
        (programs / needed).symlink_to(str(shutil.which(needed)))
    code, said = run(str(bare / "deal"), "demo", PATH=str(programs))
    assert code == 2
    assert f"The Deal needs Python 3.11 or newer; {old} is 3.9.2." in said
    assert "apt install python3 python3-venv" in said


def test_no_python_at_all_is_said(bare, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for needed in ("sh", "dirname", "readlink"):
        (programs / needed).symlink_to(str(shutil.which(needed)))
    code, said = run(str(bare / "deal"), "demo", PATH=str(programs))
    assert code == 2
    assert "there is no python3 here" in said


@pytest.mark.slow
def test_no_network_on_the_first_run_is_said(bare):
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    nowhere |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    code, said = run(str(bare / "deal"), "demo", **nowhere)
    assert code == 1
    assert "The first start needs a network (later ones do not)" in said
    assert "Traceback" not in said
    assert not (bare / ".deal" / "venv" / ".packages").exists()  # so it is tried again


def test_a_disk_without_room_for_the_packages_is_said_before_anything_is_made(
    bare, monkeypatch
):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(setup.shutil, "disk_usage", lambda _: usage(9, 9, 500_000_000))
    with pytest.raises(setup.SetupError, match=r"too full: 0\.5 GB are free"):
        setup.ensure(bare)
    assert not (bare / ".deal").exists()


def test_a_disk_without_room_for_a_database_is_said(state, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(starter.shutil, "disk_usage", lambda _: usage(9, 9, 1_000))
    with pytest.raises(cluster.ClusterError, match="300 MB must be free"):
        cluster.Cluster(state).start()


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        ("PANIC: could not write to file: No space left on device", "The disk is full"),
        ("FATAL: could not open file: Read-only file system", "is read-only"),
        ("FATAL: database files are incompatible with server", "another version"),
        ("FATAL: data directory has wrong ownership", "belongs to another user"),
        ("PANIC: invalid checkpoint record", "is damaged and cannot start"),
        ("LOG: database system is ready to accept connections", None),
    ],
)
def test_what_the_server_says_is_told_with_what_to_do(logged, said):
    sentence = errors.hopeless(logged, data="/data")
    assert sentence is None if said is None else said in str(sentence)


def test_a_backup_onto_a_full_disk_is_said_and_leaves_nothing(tmp_path, monkeypatch):
    def full(_folder: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setenv("THEDEAL_STATE", str(tmp_path))
    monkeypatch.setattr(dumping, "_gather", full)
    with pytest.raises(archive.BackupError, match="The disk is full"):
        dumping.make(tmp_path / "kept.deal")
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_named():
    with socket.socket() as taken:
        taken.bind((ports.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(manage.CommandError, match=f"Port {port} is taken"):
            ports.reserve(port)


def test_two_copies_find_ports_of_their_own():
    first, second = ports.reserve(), ports.reserve()
    try:
        assert first.port != second.port
    finally:
        first.close()
        second.close()


def test_a_database_of_a_newer_postgresql_is_left_alone(state):
    found = cluster.Cluster(state)
    found.folders.data.mkdir(parents=True)
    (found.folders.data / "PG_VERSION").write_text("99\n")
    with pytest.raises(cluster.ClusterError, match="from a newer version"):
        found.start()


def test_a_backup_of_a_newer_release_is_refused(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a").write_text("a")
    manifest = {"made_at": "2099-01-01"}
    archive.pack(folder, tmp_path / "b", manifest, key="k")
    newer = manifest | {"format": archive.FORMAT + 1}
    with pytest.raises(archive.BackupError, match="a newer version of The Deal"):
        archive._check_signature(tmp_path / "b", newer, ["k"])
