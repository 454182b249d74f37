"""``./deal bench doorstep [PART …] [--nodes N …]``: the engine, and its peers.

Parts: build, answer, everyone, million; all of them where none is named. Sizes of the
network that indexes are built on: 13,000 (Newport), 100,000 and 1,000,000 crossings.
"""

import argparse

from bench.doorstep import answering, building, everybody, million

NODES = [13_000, 100_000, 1_000_000]
PARTS = ["build", "answer", "everyone", "million"]


def main() -> None:
    """Measure the parts asked for."""
    asked = argparse.ArgumentParser(prog="./deal bench doorstep", description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asked.add_argument("--nodes", type=int, nargs="+", default=NODES)
    chosen = asked.parse_args()
    if strange := set(chosen.parts) - set(PARTS):
        asked.error(f"There is no part called {', '.join(sorted(strange))}.")
    parts = chosen.parts or PARTS
    if "build" in parts:
        for n_nodes in chosen.nodes:
            building.build(n_nodes)
    if "answer" in parts:
        answering.answer()
    if "everyone" in parts:
        everybody.everyone()
    if "million" in parts:
        million.million()


if __name__ == "__main__":
    main()
