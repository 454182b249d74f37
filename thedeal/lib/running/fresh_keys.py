"""``./deal secrets FILE``: a fresh set of keys for a new installation.

For whoever keeps keys elsewhere than in the state folder. It must never write over a
file: the keys in it may be all that opens somebody's words.
"""

import argparse
import os
import secrets
from pathlib import Path

from thedeal.lib.cluster.connections import KEY_BYTES, KEYS
from thedeal.lib.running.manage import CommandError
from thedeal.lib.setup.telling import say


def run(arguments: list[str]) -> int:
    """Write the keys into a file that only its owner may read."""
    parser = argparse.ArgumentParser(prog="./deal secrets", description=__doc__)
    parser.add_argument("file", type=Path)
    file = parser.parse_args(arguments).file
    lines = [f"THEDEAL_{name}={secrets.token_urlsafe(KEY_BYTES)}" for name in KEYS]
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(f"{file} is there already. Name another file.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}") from None
    with os.fdopen(handle, "w") as opened:
        opened.write("\n".join([*lines, ""]))
    say(f"{file} has three fresh keys. Put them in the environment of ./deal before")
    say(
        "its first start, and keep a copy elsewhere: what they lock opens with no others."
    )
    return 0
