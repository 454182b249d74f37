"""``./deal bench quality [--wrong]``: our matches beside full text and straight lines.

The judged set of ``doorstep/tests/judged``, each half by itself: the half that was
tuned on, and the half held back from tuning. PostgreSQL's full text is asked in the
real database. nDCG@10 is of 1; "no insult" is the share of statements with nothing
plainly wrong or hurtful among the first five. ``--wrong`` names what was, on the
tuning half alone: the other half must stay unread.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any, Protocol

import django
from django.db import connection
from doorstep.meaning import NoModelError, SentenceModel, load_model

from thedeal.lib.running.manage import ROOT
from thedeal.lib.setup.telling import say

JUDGED = ROOT / "doorstep" / "tests" / "judged"
HALVES = {False: "tuned on", True: "held back"}


class Way(Protocol):
    """One way of putting listings in order for a statement."""

    def ranking(self, statement: Any) -> list[str]:
        """Give the keys of listings, best first."""
        ...


def main() -> None:
    """Judge every way on both halves."""
    asked = argparse.ArgumentParser(prog="./deal bench quality", description=__doc__)
    asked.add_argument("--wrong", action="store_true", help="name what was wrong")
    chosen = asked.parse_args()
    django.setup()
    sys.path.insert(0, str(JUDGED))
    import judged  # found through the path above

    listings, statements = judged.listings(), judged.statements()
    say(f"{len(statements)} statements, {len(listings)} real listings:")
    ways = _ways(listings)
    for name, way in ways.items():
        for is_held_back, half in HALVES.items():
            of_half = [s for s in statements if s.is_held_back == is_held_back]
            say(f"  {name:24} {half:10} {_scores(way, of_half)}")
    if chosen.wrong:
        _tell_wrong(next(iter(ways.values())), statements)


def _ways(listings: Sequence[Any]) -> dict[str, Way]:
    import rankings  # found through the path that main set

    connection.ensure_connection()
    model = _model()
    ours: dict[str, Way] = {"ours, on words alone": rankings.Ours(listings, None)}
    if model is not None:
        ours = {"ours": rankings.Ours(listings, model), **ours}
    return {
        **ours,
        "PostgreSQL full text": rankings.PostgresFullText(
            listings, connection.connection
        ),
        "straight-line distance": rankings.Nearest(listings),
    }


def _model() -> SentenceModel | None:
    try:
        return load_model()
    except NoModelError:
        return None


def _scores(way: Way, statements: Sequence[Any]) -> str:
    lists = [way.ranking(statement) for statement in statements]
    pairs = list(zip(statements, lists, strict=True))
    ndcg = sum(s.ndcg(found) for s, found in pairs) / len(pairs)
    clean = sum(not s.insults(found) for s, found in pairs)
    return f"nDCG@10 {ndcg:.3f}   no insult {clean} of {len(pairs)} ({clean / len(pairs):.0%})"


def _tell_wrong(way: Way, statements: Sequence[Any]) -> None:
    for statement in statements:
        found = [] if statement.is_held_back else way.ranking(statement)
        if wrong := statement.insults(found):
            say(f"  {statement.key}: {statement.words}")
            say(f"     {', '.join(wrong)}")


if __name__ == "__main__":
    main()
