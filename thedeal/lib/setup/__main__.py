"""``./deal COMMAND``: sets up what is missing, then becomes the command."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from thedeal.lib.running.listing import listing
from thedeal.lib.setup import environment
from thedeal.lib.setup.telling import say, step, warn

ROOT = Path(__file__).resolve().parents[3]
# commands that work without the front-end files, and must when npm is out of reach
WITHOUT_ASSETS = {"doctor", "fix", "lock", "backup", "restore", "rollback", "secrets"}


def main(arguments: list[str]) -> None:
    """Set up and run one command; end with a sentence where set-up cannot go on."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        say(listing())
        return
    try:
        (ROOT / ".deal").mkdir(exist_ok=True)
        with (ROOT / ".deal" / "setup.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # a second ./deal waits for the first
            environment.ensure(ROOT)
            if arguments and arguments[0] not in WITHOUT_ASSETS:
                _assets()
    except environment.SetupError as error:
        warn(str(error))
        raise SystemExit(1) from None
    except PermissionError as error:
        warn(
            f"{error.filename} cannot be written: it belongs to another user. Start "
            "as that user, or make your own clone."
        )
        raise SystemExit(1) from None
    python = str(environment.venv_python(ROOT))
    os.execv(python, [python, "-m", "thedeal.lib.running", *arguments])  # noqa: S606 # no shell wanted


def _assets() -> None:
    """Bring the front-end files up to date, with a line only where there is work."""
    from thedeal.lib import assets

    wanted = assets.stamp(ROOT)
    stamp = ROOT / ".deal" / "assets" / ".stamp"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    with step("Fetching and making the front-end files"):
        done = subprocess.run(  # noqa: S603 # the private Python, our own module
            [str(environment.venv_python(ROOT)), "-m", "thedeal.lib.assets"],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise environment.SetupError((done.stderr or done.stdout).strip())


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        warn("Stopped.")
        raise SystemExit(130) from None
