"""What may be asked of "did it work?": who changed, and what is measured. Pure.

A question is settled before anybody looks: whom, what, since when, and how large a
difference would matter. All that were asked are kept and shown, so that nobody can ask
until something pleases.
"""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """Who changed."""

    MOVED = "moved"
    JOINED = "joined"
    DEALT = "dealt"


WHO_WORDS = {
    Who.MOVED: "moved from a package to community support",
    Who.JOINED: "began going to something of a kind",
    Who.DEALT: "agreed a deal",
}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What is measured: its instrument and part, unit, and which way is better."""

    title: str
    unit: str
    instrument: str = ""  # empty: the cost of packages
    part: str = ""
    better: str = "high"


COST = "cost"
MEASURES = {
    COST: Measured(
        title="the weekly cost of their support",
        unit="pounds a week, gross",
        better="low",
    ),
    "satisfaction": Measured(
        title="how satisfied they are with their life",
        unit="points of ten",
        instrument="ons4",
        part="satisfaction",
    ),
    "worthwhile": Measured(
        title="how worthwhile they feel what they do is",
        unit="points of ten",
        instrument="ons4",
        part="worthwhile",
    ),
    "happy": Measured(
        title="how happy they felt yesterday",
        unit="points of ten",
        instrument="ons4",
        part="happy",
    ),
    "anxious": Measured(
        title="how anxious they felt yesterday",
        unit="points of ten",
        instrument="ons4",
        part="anxious",
        better="low",
    ),
    "lonely": Measured(
        title="how often they miss company",
        unit="points, three to nine",
        instrument="loneliness",
        part="indirect",
        better="low",
    ),
}


def sentence(*, who: str, theme: str, measure: str, place: str = "") -> str:
    """Give the question in words."""
    did = WHO_WORDS[Who(who)]
    if who == Who.JOINED:
        did = f"began going to something of the kind “{theme}”"
    where = f" in {place}" if place else ""
    title = MEASURES[measure].title
    return f"What became of {title}, for people{where} who {did}?"
