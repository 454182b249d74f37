"""Reads dotenv-sample: every setting, what it is for and its default."""

from dataclasses import dataclass
from pathlib import Path

from thedeal.lib.running.manage import ROOT

SAMPLE = ROOT / "dotenv-sample"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting: its name, what it is for and its default ("" for none)."""

    name: str
    words: str
    default: str


def read(path: Path = SAMPLE) -> dict[str, list[Setting]]:
    """Give the settings under each heading; raise ValueError for one unexplained."""
    found: dict[str, list[Setting]] = {}
    heading, words = "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading, words = line[3:], ""
            found[heading] = []
        elif line.startswith("# "):
            words = line[2:]
        elif "=" in line:
            name, _, default = line.partition("=")
            if not words:
                raise ValueError(f"{name} is not explained in {path.name}.")
            setting = Setting(name=name, words=words, default=default)
            found[heading].append(setting)
            words = ""
    return found
