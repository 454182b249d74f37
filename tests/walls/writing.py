"""Writes rows into the table of access, below the lines that people wrote."""

from collections import Counter
from pathlib import Path

import yaml

HEAD = "addresses:"


def write_rows(
    table: Path, answers: dict[str, dict[str, int]], *, known: set[str]
) -> None:
    """Put these rows in the table, and take out those of addresses that are gone.

    Who is answered as most are is under ``others``.
    """
    text = table.read_text(encoding="utf-8")
    standing = yaml.safe_load(text)["addresses"]
    rows = {name: row for name, row in standing.items() if name in known}
    rows |= {name: _row(said) for name, said in answers.items()}
    lines = [f'  "{name}": {_flow(row)}' for name, row in sorted(rows.items())]
    before = text.partition(f"\n{HEAD}")[0]
    table.write_text("\n".join([before, HEAD, *lines, ""]), encoding="utf-8")


def _row(said: dict[str, int]) -> dict[str, int]:
    signed_in = [status for who, status in said.items() if who != "nobody"]
    others = Counter(signed_in or said.values()).most_common(1)[0][0]
    return {"others": others} | {k: v for k, v in said.items() if v != others}


def _flow(row: dict[str, int]) -> str:
    return "{" + ", ".join(f"{who}: {status}" for who, status in row.items()) + "}"
