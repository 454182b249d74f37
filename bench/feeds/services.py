"""Services as a council's feed has them, made from a seed, faults and all. Pure."""

import random
import uuid
from typing import Any

WHAT = (
    *("Knit", "Natter", "Walk", "Brew", "Choir", "Bowls", "Garden", "Table", "Chess"),
    *("Craft", "Sew", "Read", "Sing", "Dance", "Cook", "Mend", "Bike", "Boxing"),
)
SENTENCE = (
    "we meet in the hall and put the kettle on bring what you have nobody is turned "
    "away there is a ramp at the side and parking behind come early for a seat by the "
    "window somebody will show you round the first time stay as long as you like"
)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SERVICES_OF_ONE = 5  # organisations have one to five
WEST, SOUTH, WIDTH, HEIGHT = -2.73, 53.45, 0.3, 0.14


def made(number: int, *, seed: int = 2017) -> list[dict[str, Any]]:
    """Give so many services in the words of Open Referral UK 3.0."""
    chance = random.Random(seed)  # noqa: S311 # made-up data, and the same each time
    found: list[dict[str, Any]] = []
    while len(found) < number:
        host = _organisation(chance)
        for _ in range(chance.randint(1, SERVICES_OF_ONE)):
            found.append(_service(chance, len(found), host))
    return found[:number]


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _organisation(chance: random.Random) -> dict[str, Any]:
    name = f"{chance.choice(WHAT)} and {chance.choice(WHAT)} {chance.randint(1, 9999)}"
    return {"id": _id(chance), "name": name, "description": "A group of neighbours."}


def _service(
    chance: random.Random, number: int, host: dict[str, Any]
) -> dict[str, Any]:
    words = SENTENCE.split()
    said = " ".join(chance.choice(words) for _ in range(chance.randint(20, 120)))
    return {
        "id": _id(chance),
        "name": f"{chance.choice(WHAT)} {number}",
        "description": f"<p>{said}</p><p><br></p>",
        "status": "active",
        "email": "",
        "url": f"www.group{number}.example",
        "last_modified": "2026-10-01T10:00:00",
        "assured_date": "2026-10-01",
        "minimum_age": -1,
        "organization": host,
        "schedules": [_schedule(chance)],
        "contacts": [{"name": "Jean", "phones": [{"number": "Office: 01632 960123"}]}],
        "service_at_locations": [{"id": _id(chance), "location": _place(chance)}],
    }


def _schedule(chance: random.Random) -> dict[str, Any]:
    opens = chance.randint(9, 18)
    return {
        "id": _id(chance),
        "freq": "WEEKLY",
        "byday": chance.choice(DAYS),
        "opens_at": f"{opens:02}:00",
        "closes_at": f"{opens + 2:02}:00",
    }


def _place(chance: random.Random) -> dict[str, Any]:
    return {
        "id": _id(chance),
        "location_type": "physical",
        "name": f"Hall {chance.randint(1, 2500)}",
        "latitude": round(SOUTH + HEIGHT * chance.random(), 5),
        "longitude": round(WEST + WIDTH * chance.random(), 5),
    }
