"""What every file of ours holds to, beyond what the linters see."""

import ast
import datetime as dt
import re
from pathlib import Path

from tests.architecture.sources import ROOT, modules, name_of, pardoned, pardons

# Refused on sight. The aim is a third of this: a function of 15 lines, and the linter
# stops one of 40 statements.
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEST_FILE = 60, 450, 500
NOT_A_SUBJECT = {"utils", "util", "helpers", "common", "services", "managers", "misc"}
TESTS = (ROOT / "tests", ROOT / "doorstep" / "tests")
# what may open a transaction by itself, and why
OPEN_TRANSACTIONS = {
    "thedeal/lib/logins.py",  # is where `atomic` is made
    "thedeal/audit/actions/seals.py",  # the sealing job, on its own login
}


def test_every_module_says_what_it_is_for():
    bare = [name_of(path) for path, tree in modules().items() if not _says(tree)]
    assert [name for name in bare if not _is_empty(name)] == []


def test_no_module_is_named_for_nothing():
    odd = [name_of(path) for path in modules() if path.stem in NOT_A_SUBJECT]
    assert odd == [], "Name a module for its subject."


def test_no_file_is_too_long_to_read():
    long = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules()
    }
    over = {name for name, lines in long.items() if lines > LONGEST_FILE}
    assert over - pardoned("long files") == set(), "Make it a package by noun."


def test_no_file_of_tests_is_too_long_to_read():
    over = {
        name_of(path)
        for folder in TESTS
        for path in folder.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_TEST_FILE
    }
    assert over == set(), "Split it by what is tested."


def test_no_function_is_too_long_to_read():
    over = {
        f"{name_of(path)}:{node.name}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert over - pardoned("long functions") == set()


def test_every_action_opens_its_transaction_on_the_login_at_hand():
    bare = {
        name_of(path)
        for path, tree in modules(engine=False).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"atomic", "on_commit"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "transaction"
        and "management" not in path.parts  # a command has one login for all it does
    }
    assert bare - OPEN_TRANSACTIONS == set(), (
        "Use atomic and on_commit of thedeal.lib.logins: transaction's own would "
        "open one on another login's connection."
    )


def test_no_module_waits_for_a_signal():
    heard = [
        name_of(path)
        for path, tree in modules(engine=False).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module in {"django.dispatch", "django.db.models.signals"}
    ]
    assert set(heard) - pardoned("signals") == set(), (
        "What follows a change is said in the action."
    )


def test_every_exception_to_a_rule_says_why():
    # a noqa, a type: ignore or a no cover with nothing but its code
    bare = re.compile(
        r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore(\[[^\]]*\])?|pragma:\s*no cover)\s*$"
    )
    silent = [
        f"{name_of(path)}:{number}"
        for path in modules()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert [each for each in silent if each not in pardoned("bare exceptions")] == []


def _says(tree: ast.Module) -> bool:
    return bool(ast.get_docstring(tree))


def _is_empty(name: str) -> bool:
    path = Path(ROOT / name)
    return path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip()


def test_every_pardon_says_why_and_until_when():
    poor = [
        f"{rule}: {each['what']}"
        for rule, listed in pardons().items()
        for each in listed
        if not (each.get("why") and isinstance(each.get("until"), dt.date))
    ]
    assert poor == []
