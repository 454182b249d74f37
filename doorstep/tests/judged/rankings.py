"""The compared ways of putting listings in order for a statement.

Listings and people have no real places in the set, so both are strewn over a circle by
a fixed seed, near enough for every listing to be within a walk of everybody: distance
then cannot leave anything out, for us or for the others.
"""

import datetime as dt
from collections.abc import Sequence

import numpy as np
from doorstep.catalogue import Catalogue
from doorstep.listings import Listing as Offered
from doorstep.match import Asked, match, understand
from doorstep.meaning import SentenceModel
from doorstep.sessions import LONDON, Calendar
from doorstep.words import WordIndex
from judged import Listing, Statement

SEED = 20261123
RADIUS_M = 500.0
METRES_A_MINUTE = 80.0
DETOUR = 1.4
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=LONDON)


def _strewn(count: int, seed: int) -> np.ndarray:
    drawn = np.random.default_rng(seed)
    turn, out = drawn.random(count) * 2 * np.pi, np.sqrt(drawn.random(count)) * RADIUS_M
    return np.column_stack([out * np.cos(turn), out * np.sin(turn)])


def metres(statement: Statement, listings: Sequence[Listing]) -> np.ndarray:
    """Give the straight line from where somebody lives to each listing."""
    home = _strewn(1, SEED + int(statement.key[1:]))
    return np.hypot(*(_strewn(len(listings), SEED) - home).T)


class Ours:
    """The match of this engine, with the sentence model or on words alone."""

    def __init__(self, listings: Sequence[Listing], model: SentenceModel | None):
        offered = [
            Offered(
                key=x.key,
                activity=x.name.title() if x.name.isupper() else x.name,
                group=x.key,
                description=x.text,
                venue=number,
            )
            for number, x in enumerate(listings)
        ]
        what = None if model is None else model.vectors([x.text for x in offered])
        self.catalogue = Catalogue.of(offered, now=NOW, calendar=Calendar(), what=what)
        self.listings, self.model = listings, model

    def ranking(
        self, statement: Statement, *, how_many: int = 10, **asked
    ) -> list[str]:
        """Give our list for a statement."""
        walk = metres(statement, self.listings) * DETOUR / METRES_A_MINUTE
        answer = match(
            self.catalogue,
            Asked(how_many=how_many, **asked),
            understand(statement.words, self.model),
            minutes=walk.astype(np.float32),
            is_estimate=True,
            now=NOW,
        )
        return [found.key for found in answer.matches]


class Bm25:
    """A textbook full-text search: BM25 of all the words said, nothing else."""

    def __init__(self, listings: Sequence[Listing]):
        self.index = WordIndex.of([f"{x.name}. {x.text}" for x in listings])
        self.keys = [x.key for x in listings]

    def ranking(self, statement: Statement) -> list[str]:
        """Give every listing with a word in common, best first."""
        scores = self.index.scores(statement.words)
        order = np.argsort(-scores, kind="stable")
        return [self.keys[row] for row in order if scores[row] > 0]


class Nearest:
    """The nearest by straight line, whatever was said."""

    def __init__(self, listings: Sequence[Listing]):
        self.listings = listings

    def ranking(self, statement: Statement) -> list[str]:
        """Give every listing, nearest first."""
        order = np.argsort(metres(statement, self.listings), kind="stable")
        return [self.listings[row].key for row in order]


class PostgresFullText:
    """PostgreSQL's own full text: English words, any of them, ranked by ts_rank.

    Asking for all the words at once, as websearch_to_tsquery does, finds nothing for
    most statements, so the words are joined by "or", which is kinder to it.
    """

    SETUP = """
        CREATE TEMPORARY TABLE judged_listing (key text PRIMARY KEY, words tsvector)
    """
    ADD = """
        INSERT INTO judged_listing VALUES (%s,
            setweight(to_tsvector('english', %s), 'A') || to_tsvector('english', %s))
    """
    FIND = """
        WITH asked AS (SELECT replace(plainto_tsquery('english', %s)::text, '&', '|')::tsquery AS words)
        SELECT key FROM judged_listing, asked WHERE judged_listing.words @@ asked.words
        ORDER BY ts_rank(judged_listing.words, asked.words) DESC, key
    """

    def __init__(self, listings: Sequence[Listing], connection):
        self.connection = connection
        connection.execute(self.SETUP)
        for listing in listings:
            connection.execute(self.ADD, (listing.key, listing.name, listing.text))

    def ranking(self, statement: Statement) -> list[str]:
        """Give every listing with a word in common, best first."""
        return [
            row[0] for row in self.connection.execute(self.FIND, (statement.words,))
        ]
