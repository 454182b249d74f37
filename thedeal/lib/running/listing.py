"""Every command of ``./deal`` in plain words. Standard library only."""

COMMANDS = {
    "Look at it": {
        "demo": "build the demo borough and run it here, with made-up people",
        "connect POSTCODE": "who and what is within a short walk, when, and why",
        "doctor": "say what is wrong on this machine, and what to do about it",
    },
    "Work on it": {
        "test": "run the tests (--quick: without the browser and the slow ones)",
        "check": "everything CI checks: lock, format, lint, types, rules, docs, tests",
        "fix": "repair what a machine can repair: format, imports, generated docs",
        "bench": "measure us beside a peer; alone it says what it can measure",
        "docs": "write the generated documents again",
        "lock": "write requirements.lock again from pyproject.toml",
    },
    "Run it for an authority": {
        "serve": "set up, bring up to date and run, without demo data",
        "plan": "introductions for everybody at once, and groups that should be there",
        "streets load FILE": "walk along the paths of an OpenStreetMap extract",
        "backup FILE": "everything in one file (--key age1… encrypts it)",
        "restore FILE": "check a backup in a scratch database, then switch to it",
        "rollback": "go back to the backup made before the last upgrade",
        "secrets FILE": "write a fresh set of keys for a new installation",
        "send_test_message ADDRESS": "see that letters leave the house",
    },
    "Anything else": {
        "audit verify": "find a change to the trail that nobody was allowed to make",
        "WORD …": "is Django's: ./deal shell, ./deal showmigrations, ./deal help",
    },
}


def listing() -> str:
    """Give the list of commands as text."""
    lines = ["The Deal. ./deal COMMAND, where COMMAND is:", ""]
    width = max(len(name) for part in COMMANDS.values() for name in part) + 2
    for title, part in COMMANDS.items():
        lines.append(f"{title}:")
        lines += [f"  {name:<{width}}{words}" for name, words in part.items()]
        lines.append("")
    return "\n".join(lines).rstrip()
