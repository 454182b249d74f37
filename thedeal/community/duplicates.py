"""Which listings may be the same group, with the odds and the reasons. Pure.

Fellegi and Sunter's model of record linkage (1969), by Splink: each agreement weighs
as much as it is likelier in one group listed twice than in two groups. A name that
three have ("Gardening club") weighs less than one that two have. The weights are
judged by hand, not trained: a borough has too few doubles to learn from. Nothing is
joined here; an editor looks at each pair.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

DIMENSIONS = 384
# of two listings that share a block, how often they are one group
PRIOR = 0.01
WORTH_ASKING = 0.5
SMALL_WORDS = frozenset("the and of a for at in club group society".split())  # noqa: SIM905  (reads better)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What tells one group from another; "" and () where it is not known."""

    key: str
    name: str
    postcodes: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    site: str = ""
    meaning: tuple[float, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two listings that may be one group: ``one`` < ``other``, odds from 0 to 1."""

    one: str
    other: str
    odds: float
    reasons: tuple[str, ...]


# for each comparison, its levels from the strongest: SQL over the two rows, how often
# it is so in one group listed twice (m) and in two groups of one block (u), and what
# it says to a person ("" says nothing). What is not known weighs nothing.
Level = tuple[str, float, float, str]
LEVELS: dict[str, tuple[str, tuple[Level, ...]]] = {
    "name": (
        "plain_l = '' or plain_r = ''",
        (
            ("plain_l = plain_r and often_l <= 2", 0.45, 0.003, "the same name"),
            (
                "plain_l = plain_r",
                0.12,
                0.02,
                "the same name, which others have too",
            ),
            (
                "words_l = words_r and words_l != ''",
                0.14,
                0.004,
                "the same name in other words",
            ),
            (
                "jaro_winkler_similarity(plain_l, plain_r) >= 0.92",
                0.15,
                0.006,
                "nearly the same name",
            ),
            (
                "list_has_all(bag_l, bag_r) or list_has_all(bag_r, bag_l)",
                0.12,
                0.01,
                "one name is part of the other",
            ),
            ("else", 0.02, 0.957, ""),
        ),
    ),
    "place": (
        "(len(codes_l) = 0 or len(codes_r) = 0) and (lat_l is null or lat_r is null)",
        (
            (
                "list_has_any(codes_l, codes_r) or coalesce({metres} <= 60, false)",
                0.75,
                0.12,
                "the same place",
            ),
            ("{metres} <= 400", 0.13, 0.05, "a few streets apart"),
            ("{metres} <= 2000", 0.08, 0.23, "in the same part of town"),
            ("else", 0.04, 0.60, ""),
        ),
    ),
    "phone": (
        "phone_l = '' or phone_r = ''",
        (
            ("phone_l = phone_r", 0.60, 0.03, "the same phone number"),
            ("else", 0.40, 0.97, ""),
        ),
    ),
    "site": (
        "site_l = '' or site_r = ''",
        (
            ("site_l = site_r", 0.60, 0.03, "the same website"),
            ("else", 0.40, 0.97, ""),
        ),
    ),
    "meaning": (
        "meaning_l is null or meaning_r is null",
        (
            ("{alike} >= 0.85", 0.45, 0.01, "descriptions that mean the same"),
            ("{alike} >= 0.65", 0.35, 0.12, "descriptions that are alike"),
            ("else", 0.20, 0.87, ""),
        ),
    ),
}
# metres between two points by the equirectangular formula, enough within a borough
METRES = (
    "111195 * sqrt(pow(lat_l - lat_r, 2) + "
    "pow((lon_l - lon_r) * cos(radians((lat_l + lat_r) / 2)), 2))"
)
ALIKE = "array_cosine_similarity(meaning_l, meaning_r)"
BLOCKS = (
    "l.plain = r.plain",
    "l.words = r.words and l.words != ''",
    "l.phone = r.phone and l.phone != ''",
    "l.site = r.site and l.site != ''",
    "l.outward = r.outward and l.outward != '' and l.start = r.start",
    "l.home = r.home and l.home != ''",
    "round(l.lat, 3) = round(r.lat, 3) and round(l.lon, 3) = round(r.lon, 3)",
)
COLUMNS = {
    "unique_id": "varchar",
    "plain": "varchar",
    "often": "integer",
    "words": "varchar",
    "bag": "varchar[]",
    "start": "varchar",
    "codes": "varchar[]",
    "home": "varchar",
    "outward": "varchar",
    "lat": "double",
    "lon": "double",
    "phone": "varchar",
    "site": "varchar",
    "meaning": f"float[{DIMENSIONS}]",
}


def find(listed: Sequence[Listed], *, least: float = WORTH_ASKING) -> list[Pair]:
    """Give the pairs that may be one group, the likeliest first; each pair once."""
    if len({one.key for one in listed}) < 2:
        return []
    rows = _predicted(listed, least)
    found = [
        Pair(
            one=min(row["unique_id_l"], row["unique_id_r"]),
            other=max(row["unique_id_l"], row["unique_id_r"]),
            odds=float(row["match_probability"]),
            reasons=tuple(_reasons(row)),
        )
        for row in rows
    ]
    return sorted(found, key=lambda pair: (-pair.odds, pair.one, pair.other))


def _predicted(listed: Sequence[Listed], least: float) -> list[dict[str, Any]]:
    # slow to import (some seconds), and only a job needs it
    from splink import DuckDBAPI, Linker

    engine = DuckDBAPI()
    connection: Any = engine.duckdb_con
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    connection.execute(f"create table listed ({columns})")
    often = Counter(plain_name(one.name) for one in listed)
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(
        f"insert into listed values ({marks})",  # noqa: S608 - question marks only
        [_row(one, often) for one in listed],
    )
    linker = Linker(engine.register("listed"), _settings(), log_level=logging.WARNING)
    found = linker.inference.predict(threshold_match_probability=least)
    return list(found.as_record_list())


def _settings() -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": PRIOR,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in BLOCKS
        ],
        "comparisons": [_comparison(name, *LEVELS[name]) for name in LEVELS],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def _comparison(name: str, unknown: str, levels: Iterable[Level]) -> dict[str, Any]:
    found: list[dict[str, Any]] = [
        {"sql_condition": unknown, "label_for_charts": "?", "is_null_level": True}
    ]
    for condition, m, u, _ in levels:
        sql = condition.format(metres=METRES, alike=ALIKE)
        level = {"sql_condition": sql, "m_probability": m, "u_probability": u}
        found.append({**level, "label_for_charts": condition[:20]})
    found[-1]["sql_condition"] = "ELSE"
    return {"output_column_name": name, "comparison_levels": found}


def _reasons(row: dict[str, Any]) -> Iterable[str]:
    """Give what agrees in words; Splink numbers levels from 0, the weakest."""
    for name, (_, levels) in LEVELS.items():
        gamma = int(row[f"gamma_{name}"])
        words = levels[len(levels) - 1 - gamma][3] if gamma >= 0 else ""
        if words:
            yield words


def _row(one: Listed, often: Mapping[str, int]) -> list[Any]:
    plain = plain_name(one.name)
    bag = sorted({word for word in plain.split() if word not in SMALL_WORDS})
    codes = sorted(one.postcodes)
    return [
        one.key,
        plain,
        often[plain],
        " ".join(bag),
        bag or [plain],
        plain[:4],
        codes,
        codes[0] if codes else "",
        codes[0].split(" ")[0] if codes else "",
        one.lat,
        one.lon,
        "".join(c for c in one.phone if c.isdigit()),
        plain_site(one.site),
        list(one.meaning) if one.meaning is not None else None,
    ]


def plain_name(name: str) -> str:
    """Give a name in lower case, letters and digits only, "&" as "and"."""
    words = name.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join("".join(c if c.isalnum() else " " for c in words).split())


def plain_site(address: str) -> str:
    """Give a web address without scheme, "www." and the last slash."""
    parts = urlsplit(address)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"
