"""``./deal bench directory [--activities 100000] [--seconds 10] [--only browse …]``.

A demo of its own is filled up to so many activities (``filling``); its pages are asked
for by 1, 10 and 50 readers at once, and in the same run the plainest Django page over
PostgreSQL's full text (``plain``) on the same words, one worker of Granian each.
"""

import argparse
import time
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg

from bench.demo_house import DemoHouse, demo_house
from bench.directory import plain
from bench.directory.reading import Ask, Measured, Reader, measure
from bench.plain_django import plain_server
from thedeal.lib.cluster import connections
from thedeal.lib.cluster.folders import Folders
from thedeal.lib.setup.telling import say, step

WORDS = (
    *("singing", "walk", "knitting", "coffee", "bike repair", "chess", "garden"),
    *("dance", "toddlers", "piano", "bereavement", "kniting", "swimming", "warm"),
)
SAID = (
    "I used to sing, and I can still bake",
    "it is too quiet since he went, I like a walk",
    "I fix bikes and would like company",
)
READERS = (1, 10, 50)
_MATCH = "a match (first page)"
CHIPS = (
    "?day=tue",
    "?free=1&time=morning",
    "?access=step_free&day=thu",
    "?theme=music",
)


# what is asked of our page of a name, and of the plain one where it has such a page
Pages = dict[str, tuple[list[Ask], list[Ask] | None]]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the filled directory has that may be asked for."""

    listings: list[tuple[str, str]]  # slug and id
    postcodes: list[str]


def main() -> None:
    """Fill, ask, and print ratios first."""
    chosen = _chosen()
    with demo_house("directory") as house:
        _fill(house, chosen.activities)
        known = _make_plain(house)
        named = tuple(chosen.only)
        pages = {n: asks for n, asks in _pages(known).items() if n.startswith(named)}
        if _MATCH in pages:
            _first_match(house, known)
        title = f"{'':32}{'readers':>8}{'a second':>10}{'p95 ms':>9}"
        say(f"{title}   plain page: the same")
        with plain_server(
            house, "bench.directory.plain:application", login="public"
        ) as beside:
            _measure(pages, house.address, beside, chosen)


def _chosen() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="./deal bench directory", description=__doc__)
    asked.add_argument("--activities", type=int, default=100_000)
    asked.add_argument("--seconds", type=float, default=10, help="for each figure")
    asked.add_argument("--readers", type=int, nargs="*", default=READERS)
    asked.add_argument(
        "--only", nargs="*", default=[""], help="how a page's row begins"
    )
    return asked.parse_args()


def _fill(house: DemoHouse, activities: int) -> None:
    with step(f"Filling the directory up to {activities:,} activities"):
        house.module("bench.directory.filling", str(activities), login="owner")


def _measure(pages: Pages, here: str, beside: str, chosen: argparse.Namespace) -> None:
    """Ask for each page by so many readers, of ours and of the peer; print both."""
    for name, (ours, theirs) in pages.items():
        for readers in chosen.readers:
            given = {"readers": readers, "seconds": chosen.seconds}
            found = measure(here, ours, **given)
            peer = measure(beside, theirs, **given) if theirs else None
            say(_line(name, found, peer))


def _make_plain(house: DemoHouse) -> Known:
    """Make the peer's table; give what may be asked for."""
    given = connections.connection("owner", folders=Folders(house.state))
    with psycopg.connect(**given, autocommit=True) as line:
        for statement in plain.MAKE:
            line.execute(statement)
        line.execute(f"grant select on {plain.TABLE} to public")
        total = line.execute(f"select count(*) from {plain.TABLE}").fetchone()  # noqa: S608 - our own name
        say(f"{total[0] if total else 0:,} activities that readers may find")
        listings = line.execute(
            "select slug, id::text from community_activity where state = 'live' "
            "order by md5(id::text) limit 40"
        ).fetchall()
        postcodes = line.execute(
            "select text from places_postcode where neighbourhood_id is not null "
            "and terminated_on is null order by md5(text) limit 5"
        ).fetchall()
        return Known(listings=listings, postcodes=[text for (text,) in postcodes])


def _first_match(house: DemoHouse, known: Known) -> None:
    """Say how long after its start a match is answered: the catalogue is built first."""
    starts = time.perf_counter()
    while True:
        try:
            Reader(house.address).ask(_matches(known)[0])
        except RuntimeError:  # "we have just started"
            time.sleep(1)
        else:
            break
    say(f"The first match: {time.perf_counter() - starts:.1f} s after we asked for it")


def _matches(known: Known) -> list[Ask]:
    return [
        Ask(path="/near/", form={"postcode": where, "words": words, "minutes": "20"})
        for where in known.postcodes
        for words in SAID
    ]


def _pages(known: Known) -> Pages:
    """Give each kind of page: what is asked of ours, and of the plain one."""
    searches = [f"?q={words.replace(' ', '+')}" for words in WORDS]
    near = [
        f"/activities/{search}&postcode={known.postcodes[n % 5].replace(' ', '+')}"
        for n, search in enumerate(searches)
    ]
    slugs, ids = zip(*known.listings, strict=True)
    return {
        "search by words": (
            _gets(f"/activities/{search}" for search in searches),
            _gets(f"/{search}" for search in searches),
        ),
        "search by words and postcode": (_gets(near), None),
        "browse by chips": (_gets(f"/activities/{chip}" for chip in CHIPS), None),
        "one activity": (
            _gets(f"/activities/{slug}/" for slug in slugs),
            _gets(f"/{pk}/" for pk in ids),
        ),
        _MATCH: (_matches(known), None),
        "a neighbourhood": (_gets(["/neighbourhoods/leigh/"]), None),
    }


def _gets(paths: Iterable[str]) -> list[Ask]:
    return [Ask(path=path) for path in paths]


def _line(name: str, here: Measured, there: Measured | None) -> str:
    said = f"{name:32}{here.readers:>8}{here.a_second:>10.1f}{here.p95_ms:>9.0f}"
    if there is None:
        return said
    ratio = here.p95_ms / there.p95_ms
    return f"{said}   {there.a_second:.1f}, {there.p95_ms:.0f} ms: ours is {ratio:.1f}×"


if __name__ == "__main__":
    main()
