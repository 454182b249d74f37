"""Where the sweeps find what they sweep: our files, templates and rooms, and pardons.

``pardons.yaml`` lists what breaks a rule for now: each with a reason, and a date by which
somebody looks at it again.
"""

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
THEDEAL = ROOT / "thedeal"
ENGINE = ROOT / "doorstep" / "src"
PARDONS = Path(__file__).with_name("pardons.yaml")


def name_of(path: Path) -> str:
    """Give a file's path from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def modules(*, engine: bool = True) -> dict[Path, ast.Module]:
    """Give every module of ours, parsed; migrations are written by a machine."""
    folders = (THEDEAL, ENGINE) if engine else (THEDEAL,)
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return {
        path: ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        for path in paths
        if "migrations" not in path.parts
    }


@cache
def templates() -> dict[Path, str]:
    """Give the text of every template of ours."""
    folders = [THEDEAL / "templates", *sorted(THEDEAL.glob("*/templates"))]
    return {
        path: path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*.html"))
    }


@cache
def floors() -> dict[str, int]:
    """Give each room's floor by its name; the bottom one is 0."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "rooms")
    return {
        room: floor
        for floor, layer in enumerate(reversed(layers))
        for room in layer.split(" | ")
    }


def room_of(dotted: str) -> str:
    """Give the room of a dotted name or a path: "thedeal.money.models" is money's."""
    return dotted.replace("/", ".").split(".")[1]


def pardoned(rule: str) -> set[str]:
    """Give what is pardoned under a rule."""
    return {each["what"] for each in pardons().get(rule, [])}


def pardons() -> dict[str, list[dict[str, Any]]]:
    """Give every pardon by its rule: ``what``, ``why`` and ``until``."""
    return yaml.safe_load(PARDONS.read_text(encoding="utf-8")) or {}
