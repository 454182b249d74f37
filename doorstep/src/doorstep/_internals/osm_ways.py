"""Which OpenStreetMap ways can be walked, and what their tags say.

Tags are as the OpenStreetMap wiki defines them (Key:highway, Key:foot, Key:access,
Key:sidewalk, Key:kerb, Key:incline, Key:surface). Pure: tags in, answers out.
"""

from collections.abc import Mapping

from doorstep.ways import (
    INCLINE_NOT_KNOWN,
    INCLINE_STEEP_BUT_NOT_MEASURED,
    Barrier,
    Crossing,
    Kerb,
    Known,
    Surface,
    Wheelchair,
)

WALKABLE = frozenset(
    [
        "trunk",
        "trunk_link",
        "primary",
        "primary_link",
        "secondary",
        "secondary_link",
        "tertiary",
        "tertiary_link",
        "unclassified",
        "residential",
        "living_street",
        "service",
        "road",
        "pedestrian",
        "footway",
        "path",
        "steps",
        "cycleway",
        "bridleway",
        "track",
        "corridor",
    ]
)
"""Every class of highway but motorways, and ways not yet or no longer there."""

FOOT_REFUSED = frozenset({"no", "private", "use_sidepath", "discouraged"})
FOOT_ALLOWED = frozenset({"yes", "designated", "permissive", "official"})
ACCESS_REFUSED = frozenset({"no", "private"})
SIDEWALK = frozenset({"both", "left", "right", "yes", "separate"})

SURFACES = {
    Surface.SMOOTH: "paved asphalt concrete concrete:plates paving_stones metal",
    Surface.FIRM: "compacted fine_gravel wood sett unhewn_cobblestone cobblestone "
    "concrete:lanes bricks tartan rubber chipseal",
    Surface.LOOSE: "unpaved gravel grass earth dirt ground mud sand pebblestone "
    "woodchips grass_paver rock stepping_stones",
}
SURFACE = {tag: code for code, tags in SURFACES.items() for tag in tags.split()}

CROSSINGS = {
    "traffic_signals": Crossing.SIGNALS,
    "zebra": Crossing.MARKED,
    "marked": Crossing.MARKED,
    "uncontrolled": Crossing.MARKED,
    "unmarked": Crossing.UNMARKED,
}
KERBS = {
    "flush": Kerb.FLUSH,
    "no": Kerb.FLUSH,
    "lowered": Kerb.LOWERED,
    "rolled": Kerb.ROLLED,
    "raised": Kerb.RAISED,
    "regular": Kerb.RAISED,
    "yes": Kerb.RAISED,
}
BARRIERS = {
    "stile": Barrier.STILE,
    "turnstile": Barrier.STILE,
    "full-height_turnstile": Barrier.STILE,
    "kissing_gate": Barrier.STILE,
    "log": Barrier.STILE,
    "cycle_barrier": Barrier.NARROW,
    "motorcycle_barrier": Barrier.NARROW,
    "kent_carriage_gap": Barrier.NARROW,
}
LIT = {"yes": Known.YES, "24/7": Known.YES, "automatic": Known.YES, "no": Known.NO}
WHEELCHAIRS = {
    "yes": Wheelchair.YES,
    "designated": Wheelchair.YES,
    "limited": Wheelchair.LIMITED,
    "no": Wheelchair.NO,
}


def can_be_walked(tags: Mapping[str, str]) -> bool:
    """Say whether anybody may walk along a way with these tags.

    Motorways are out; trunk roads only with a sidewalk or permission on foot;
    forbidden and private ways are out unless feet are let in; areas are out, since
    their edge is not a path.

    >>> can_be_walked({"highway": "footway"})
    True
    >>> can_be_walked({"highway": "service", "access": "private"})
    False
    >>> can_be_walked({"highway": "trunk", "sidewalk": "left"})
    True
    """
    highway = tags.get("highway", "")
    foot = tags.get("foot", "")
    if highway not in WALKABLE or tags.get("area") == "yes":
        return False
    if foot in FOOT_REFUSED:
        return False
    if tags.get("access") in ACCESS_REFUSED and foot not in FOOT_ALLOWED:
        return False
    return not highway.startswith("trunk") or _beside_traffic(tags, foot)


def _beside_traffic(tags: Mapping[str, str], foot: str) -> bool:
    """Say whether a trunk road has somewhere to walk."""
    if foot in FOOT_ALLOWED:
        return True
    sides = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
    return any(tags.get(side) in SIDEWALK for side in sides)


def incline_percent(tag: str) -> int:
    """Give the steepness of an `incline` tag in whole per cent, up or down alike.

    >>> incline_percent("-6.5%"), incline_percent("10°"), incline_percent("up")
    (7, 18, -1)
    """
    if tag == "steep":
        return INCLINE_STEEP_BUT_NOT_MEASURED
    number = tag.strip().lstrip("+-~<>≤≥").rstrip("%° ").strip()
    try:
        steepness = float(number)
    except ValueError:
        return INCLINE_NOT_KNOWN
    if tag.endswith("°"):
        steepness *= 100 / 57.3
    if not 0 <= steepness <= 100:
        return INCLINE_NOT_KNOWN
    return round(steepness + 0.49)


def way_codes(tags: Mapping[str, str]) -> dict[str, int]:
    """Give the code of each attribute of `doorstep.network.ATTRIBUTES`."""
    crossing = tags.get("crossing", "")
    return {
        "steps": int(tags.get("highway") == "steps"),
        "surface": SURFACE.get(tags.get("surface", ""), Surface.NOT_KNOWN),
        "lit": LIT.get(tags.get("lit", ""), Known.NOT_KNOWN),
        "crossing": CROSSINGS.get(crossing, Crossing.NONE_KNOWN),
        "incline": incline_percent(tags.get("incline", "")),
        "kerb": KERBS.get(tags.get("kerb", ""), Kerb.NOT_KNOWN),
        "wheelchair": WHEELCHAIRS.get(tags.get("wheelchair", ""), 0),
        "barrier": Barrier.NONE_KNOWN,
    }


def node_codes(tags: Mapping[str, str]) -> dict[str, int]:
    """Give what a point on the way adds: a kerb, a stile, a crossing."""
    return {
        "kerb": KERBS.get(tags.get("kerb", ""), Kerb.NOT_KNOWN),
        "barrier": BARRIERS.get(tags.get("barrier", ""), Barrier.NONE_KNOWN),
        "crossing": CROSSINGS.get(tags.get("crossing", ""), Crossing.NONE_KNOWN),
    }
