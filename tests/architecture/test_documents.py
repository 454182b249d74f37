"""Documents that stay true: links lead somewhere, decisions are numbered, words are said."""

import re
from pathlib import Path

from tests.architecture.sources import ROOT, name_of
from thedeal.demo import cast
from thedeal.lib import definitions

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"\./deal ([a-z_]+)")
GUIDES = "worker editor finance administrator resident organiser analyst"
# words that a new reader meets first, each with one meaning
WORDS = (
    "deal, promise, neighbourhood, group, worker, resident, hub, cover, the gap, wall"
)


def _documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_link_leads_somewhere():
    gone = [
        f"{name_of(path)}: {target}"
        for path in _documents()
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target
        and not target.startswith("mailto:")
        and not (path.parent / target).exists()
    ]
    assert gone == []


def test_every_command_that_is_told_of_is_there():
    from django.core.management import get_commands

    from thedeal.lib.running.__main__ import OURS

    known = {*OURS, *get_commands(), "secrets"}
    told = {
        f"{name_of(path)}: {word}"
        for path in _documents()
        if path.parent.name != "reference"  # written from the commands themselves
        for word in COMMAND.findall(path.read_text(encoding="utf-8"))
        if word not in known
    }
    assert told == set()


def test_decisions_are_numbered_once_and_named_as_their_files_are():
    files = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in files]
    assert numbers == list(range(1, len(files) + 1))
    listed = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    for path, number in zip(files, numbers, strict=True):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(f"# {number}. "), path.name
        assert path.name in listed, f"Add {path.name} to docs/adr/README.md."


def test_every_kind_of_user_has_a_guide():
    for name in GUIDES.split():
        text = (ROOT / "docs" / "guides" / f"{name}.md").read_text(encoding="utf-8")
        assert len(text.split()) > 150, name


def test_the_glossary_has_one_meaning_for_each_word():
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    said = re.findall(r"^\| \*\*(.+?)\*\* \|", text, re.MULTILINE)
    assert len(said) == len(set(said))
    assert [word for word in WORDS.split(", ") if word not in said] == []


def test_every_role_is_played_by_one_of_the_cast():
    played = {one.role for one in cast.CAST if one.role}
    roles = {entry.key.removeprefix("roles.") for entry in definitions.within("roles.")}
    assert played <= roles
    assert roles - played <= {"resident"}  # Joan, whose role is being herself
