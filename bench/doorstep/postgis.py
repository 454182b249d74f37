"""PostGIS with pgRouting on Debian's own PostgreSQL, asked what is within a walk.

A cluster of its own in a folder that is thrown away, by a user without rights. It holds
the same paths, and the same venues on the same paths; every column it looks by has an
index, and each query hands pgRouting only the paths in a box round the door. Where the
packages are missing it says how to install them and measures nothing.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psycopg
from doorstep.network import Network
from doorstep.reach import ReachIndex

from thedeal.lib.setup.telling import say

ASKED = 40
METRES_A_MINUTE = 80.0

TABLES = """
create extension postgis;
create extension pgrouting;
create table nodes (id int primary key, at geometry(point, 27700));
create table paths (
    id int primary key, source int, target int, minutes float8,
    line geometry(linestring, 27700)
);
create table venues (id int primary key, node int);
"""
INDEXES = """
create index on nodes using gist (at);
create index on paths using gist (line);
create index on venues (node);
analyze;
"""
NEAR = """
with door as (
    select id, at from nodes
    order by at <-> st_setsrid(st_makepoint(%(x)s, %(y)s), 27700) limit 1
)
select venues.id, walked.agg_cost
from door, pgr_drivingDistance(
    format(
        'select id, source, target, minutes as cost from paths '
        'where line && st_expand(%%L::geometry, %%s)', door.at, %(far)s::text
    ),
    door.id, %(limit)s::float8, false
) as walked
join venues on venues.node = walked.node
order by walked.agg_cost
"""


def beside(
    network: Network, walk: ReachIndex, doors: np.ndarray, *, walked_ms: float
) -> None:
    """Print how long the same walk takes there, and the ratio."""
    programs = _programs()
    if programs is None:
        say(
            "  PostGIS with pgRouting: not here. To compare with it, on Debian: "
            "sh bench/doorstep/peers.sh"
        )
        return
    with _cluster(programs) as connection:
        _fill(connection, network, walk)
        took, same = _asked(connection, walk, doors)
    say(
        f"  PostGIS with pgRouting, the walk alone: {took:.1f} ms; ours is "
        f"{took / walked_ms:,.0f}x as fast ({same:.1%} of its places are ours too)"
    )


def _programs() -> Path | None:
    """Give the folder of a PostgreSQL that has both extensions."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        share = Path("/usr/share/postgresql") / folder.parent.name / "extension"
        if all((share / f"{x}.control").is_file() for x in ("postgis", "pgrouting")):
            return folder
    return None


@contextmanager
def _cluster(programs: Path) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection to a new cluster; stop it and throw it away after."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to be root
    if user is not None:
        shutil.chown(folder, user)
    name = user or pwd.getpwuid(os.geteuid()).pw_name

    def run(program: str, *rest: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *rest]
        subprocess.run(  # noqa: S603 - our own folder, Debian's own programs
            command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL
        )

    try:
        run("initdb", "-U", name, "--auth=trust", "-E", "UTF8", "--no-sync")
        run(
            "pg_ctl",
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            f"-k {folder} -h ''",
            "start",
        )
        try:
            with psycopg.connect(
                host=str(folder), user=name, dbname="postgres", autocommit=True
            ) as connection:
                yield connection
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(
    connection: psycopg.Connection[Any], network: Network, walk: ReachIndex
) -> None:
    connection.execute(TABLES)
    x, y = network.x_m.tolist(), network.y_m.tolist()
    minutes = (network.length_m / METRES_A_MINUTE).tolist()
    ends = list(zip(network.edge_u.tolist(), network.edge_v.tolist(), strict=True))
    with connection.cursor() as cursor:
        with cursor.copy("copy nodes from stdin") as rows:
            for node, (east, north) in enumerate(zip(x, y, strict=True)):
                rows.write_row((node, f"SRID=27700;POINT({east} {north})"))
        with cursor.copy("copy paths from stdin") as rows:
            for path, (u, v) in enumerate(ends):
                line = f"SRID=27700;LINESTRING({x[u]} {y[u]}, {x[v]} {y[v]})"
                rows.write_row((path, u, v, minutes[path], line))
        with cursor.copy("copy venues from stdin") as rows:
            here = walk.venues.snapped  # at crossings, so one end is where they are
            nearest = here.starts.argmin(axis=1)
            nodes = here.ends[np.arange(len(here)), nearest]
            for venue, node in enumerate(nodes.tolist()):
                rows.write_row((venue, node))
    connection.execute(INDEXES)


def _asked(
    connection: psycopg.Connection[Any], walk: ReachIndex, doors: np.ndarray
) -> tuple[float, float]:
    """Give the median milliseconds by the clock, and the share found by both."""
    took, both, theirs = [], 0, 0
    limit = walk.limit_minutes
    for lon, lat in doors[:ASKED]:
        x_m, y_m = walk.network.plane.metres(lon, lat)
        asked = {
            "x": float(x_m),
            "y": float(y_m),
            "far": limit * METRES_A_MINUTE,
            "limit": limit,
        }
        begun = time.perf_counter()
        found = {row[0] for row in connection.execute(NEAR, asked).fetchall()}
        took.append(time.perf_counter() - begun)
        both += len(found & set(walk.from_place(lon, lat).venue.tolist()))
        theirs += len(found)
    return median(took) * 1000, both / max(theirs, 1)
