"""The outlook in words and numbers, for a terminal or another program.

Every figure stands with its range; what is not verified and what the model leaves out
is printed each time. Must never print a central figure alone.
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence

from thedeal.money.demand.outlook import Band, Outlook

MILLION = 1_000_000


def as_text(outlook: Outlook) -> str:
    """Give the outlook as lines for a terminal."""
    last = len(outlook.pounds) - 1
    lines = [
        f"Demand and what it costs, {_year(outlook, 0)} to {_year(outlook, last)}, "
        f"prices of {outlook.price_base}. Nine in ten draws lie in each range.",
        "",
        "People" + " " * 24 + f"{'now':>10}  {_year(outlook, last)}, as things are",
    ]
    lines += [_people_line(name, by) for name, by in outlook.people.items()]
    lines += ["", "With the levers"]
    lines += [_people_line(n, by) for n, by in outlook.people_with_levers.items()]
    closed = "gap closed" if outlook.chance_closed else ""
    lines += ["", f"Year      as things are          with the levers        {closed}"]
    lines += [_year_line(outlook, at) for at in range(last + 1)]
    lines += ["", "Read this with it:", *(f"  - {w}" for w in _shortened(outlook))]
    return "\n".join(lines)


def as_json(outlook: Outlook) -> str:
    """Give the whole outlook as JSON, every parameter and warning within."""
    return json.dumps(dataclasses.asdict(outlook), default=str, indent=2)


def _year(outlook: Outlook, at: int) -> str:
    first = outlook.first_year + at
    return f"{first}/{(first + 1) % 100:02d}"


def _people_line(name: str, by_year: Sequence[Band]) -> str:
    end = by_year[-1]
    return (
        f"  {name:<26}{by_year[0].central:>12,.0f}  "
        f"{end.central:,.0f} ({end.low:,.0f} to {end.high:,.0f})"
    )


def _year_line(outlook: Outlook, at: int) -> str:
    plain, changed = outlook.pounds[at], outlook.pounds_with_levers[at]
    chance = (
        [f"{outlook.chance_closed[at]:.0%} likely"] if outlook.chance_closed else []
    )
    return "   ".join(
        [f"  {_year(outlook, at)}  {_millions(plain)}", _millions(changed), *chance]
    )


def _millions(band: Band) -> str:
    return (
        f"£{band.central / MILLION:.1f}m ({band.low / MILLION:.1f} to "
        f"{band.high / MILLION:.1f})"
    )


def _shortened(outlook: Outlook) -> list[str]:
    """Give each warning once, with the many rates of one table counted together."""
    plain = [w for w in outlook.warnings if not w.startswith("UNVERIFIED")]
    by_status: Mapping[str, list[str]] = {"unverified": [], "secondary": []}
    for parameter in outlook.parameters:
        if parameter.status in by_status:
            by_status[parameter.status].append(parameter.title)
    said = [
        f"{len(titles)} of {len(outlook.parameters)} figures are {status}, among them: "
        f"{'; '.join(titles[:3])}. --json names them all."
        for status, titles in by_status.items()
        if titles
    ]
    return [*said, *plain]
