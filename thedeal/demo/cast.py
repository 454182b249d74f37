"""Who plays in the demo, in tests and in the guides: named, made up, always the same.

One person for each role of definitions/roles.yaml, with a stranger who has nothing and
another council's worker who must see nothing of ours. Places are real; nobody here is.
"""

from dataclasses import dataclass
from typing import Any

COUNCIL, NHS, TOGETHER, BREW, RIBBLESIDE = (
    "makerfield",
    "makerfield-nhs",
    "makerfield-together",
    "tuesday-brew-crew",
    "ribbleside",
)

NEIGHBOURHOODS = (
    "Ashton, Golborne & Lowton",
    "Atherton, Tyldesley & Astley",
    "Hindley & Abram",
    "Leigh",
    "Standish & Shevington",
    "Wigan Central & Aspull",
    "Wigan South & Orrell",
)
# where most of the demo's story happens
HOME = "Leigh"
GUARDIAN = "grace"
KEEPER_OF_WORDS = "nadia"
NUMBER = "01632 960000"
# where the council has the law's doors answered: made up, as is every number (Ofcom's)
AT_NIGHT = {
    "out_of_hours_phone": "01632 960999",
    "out_of_hours_words": "Ask for the duty social worker.",
}
FRONT_DOOR = {
    "name": "Adult social care front door",
    "email": "front.door@makerfield.example",
    "phone": "01632 960111",
    "receipt_hours": 24,
    **AT_NIGHT,
}
DOORS: dict[str, dict[str, Any]] = {
    "needs assessment": FRONT_DOOR,
    "carer's assessment": FRONT_DOOR,
    "advocate": {
        "name": "Makerfield Advocacy",
        "email": "hello@advocacy.example",
        "phone": "01632 960222",
        "receipt_hours": 24,
    },
    "safeguarding": {
        "name": "Safeguarding team",
        "email": "safe@makerfield.example",
        "phone": "01632 960333",
        "receipt_hours": 2,
        **AT_NIGHT,
    },
}


@dataclass(frozen=True, kw_only=True)
class Council:
    """An authority of the demo: one tenant."""

    key: str
    name: str
    gss_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Partner:
    """An organisation inside an authority, other than the council itself."""

    key: str
    name: str
    kind: str
    council: str = COUNCIL


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What one organisation shares with another, on which paper."""

    giver: str
    receiver: str
    purpose: str
    document: str


@dataclass(frozen=True, kw_only=True)
class Player:
    """One of the cast: ``role`` is blank for a resident and for the stranger.

    ``place`` is the key of the organisation where the role is held.
    """

    key: str
    name: str
    sentence: str
    role: str = ""
    place: str = ""
    team: str = ""

    @property
    def email(self) -> str:
        """Give the address the player signs in with (a domain that cannot exist)."""
        return f"{self.key}@{self.place or 'home'}.example"


COUNCILS = (
    Council(key=COUNCIL, name="Makerfield Borough Council", gss_code="E08000010"),
    Council(key=RIBBLESIDE, name="Ribbleside Council"),
)
PARTNERS = (
    Partner(key=NHS, name="Makerfield Community NHS Trust", kind="nhs"),
    Partner(key=TOGETHER, name="Makerfield Together", kind="voluntary"),
    Partner(key=BREW, name="Tuesday Brew Crew", kind="group"),
)
AGREEMENTS = (
    Agreement(
        giver=COUNCIL,
        receiver=NHS,
        purpose="One conversation instead of two, where the person says so",
        document="Makerfield sharing agreement 4, schedule A",
    ),
    Agreement(
        giver=NHS,
        receiver=COUNCIL,
        purpose="One conversation instead of two, where the person says so",
        document="Makerfield sharing agreement 4, schedule B",
    ),
    Agreement(
        giver=COUNCIL,
        receiver=TOGETHER,
        purpose="Introductions to groups nearby, with the person's yes",
        document="Makerfield sharing agreement 7",
    ),
)
CAST = (
    Player(
        key="amina",
        name="Amina Yusuf",
        role="worker",
        place=COUNCIL,
        team=HOME,
        sentence="Sits at kitchen tables in Leigh and asks what matters.",
    ),
    Player(
        key="declan",
        name="Declan Hurst",
        role="worker",
        place=NHS,
        team=HOME,
        sentence="A community nurse who works from the same desk as Amina.",
    ),
    Player(
        key="priya",
        name="Priya Nair",
        role="worker",
        place=TOGETHER,
        team=HOME,
        sentence="Knows every group in Leigh by its first name.",
    ),
    Player(
        key="tom",
        name="Tom Ashworth",
        role="team_lead",
        place=COUNCIL,
        team=HOME,
        sentence="Leads the Leigh team and clears what gets in its way.",
    ),
    Player(
        key="sunita",
        name="Sunita Rao",
        role="neighbourhood_lead",
        place=COUNCIL,
        team=HOME,
        sentence="Brings council, NHS and voluntary teams to one table each week.",
    ),
    Player(
        key="ruth",
        name="Ruth Adeyemi",
        role="director",
        place=COUNCIL,
        sentence="Answers for the whole: what we promised, what we kept, what it cost.",
    ),
    Player(
        key="frank",
        name="Frank Hilton",
        role="councillor",
        place=COUNCIL,
        sentence="Elected for Leigh; holds the council to its part.",
    ),
    Player(
        key="mei",
        name="Mei Chen",
        role="finance_officer",
        place=COUNCIL,
        sentence="Keeps the gap and the ledger true, and signs for neither alone.",
    ),
    Player(
        key="oliver",
        name="Oliver Platt",
        role="commissioner",
        place=COUNCIL,
        sentence="Buys care, and would sooner it were needed less.",
    ),
    Player(
        key="kath",
        name="Kath Speakman",
        role="directory_editor",
        place=COUNCIL,
        sentence="Keeps the list of what is on your doorstep fresh.",
    ),
    Player(
        key="bev",
        name="Bev Ormerod",
        role="group_organiser",
        place=BREW,
        sentence="Runs Tuesday Brew Crew: three people, a kettle, and room for more.",
    ),
    Player(
        key="joan",
        name="Joan Critchley",
        sentence="Lives in Leigh, misses singing, and has a deal with Amina's team.",
    ),
    Player(
        key="harold",
        name="Harold Peet",
        role="records_manager",
        place=COUNCIL,
        sentence="Sees that records are kept as long as they must be, and no longer.",
    ),
    Player(
        key=GUARDIAN,
        name="Grace Okafor",
        role="caldicott_guardian",
        place=COUNCIL,
        sentence="Answers for what is told in confidence, and asks who looked and why.",
    ),
    Player(
        key="arthur",
        name="Arthur Bell",
        role="auditor",
        place=COUNCIL,
        sentence="Reads the trail of what happened and proves that it is whole.",
    ),
    Player(
        key="nadia",
        name="Nadia Farrow",
        role="administrator",
        place=COUNCIL,
        sentence="Runs the box: teams, partners, messages. Sees no person.",
    ),
    Player(
        key="samir",
        name="Samir Khalil",
        role="administrator",
        place=TOGETHER,
        sentence="Lets people in and out at Makerfield Together.",
    ),
    Player(
        key="lewis",
        name="Lewis Tate",
        role="worker",
        place=RIBBLESIDE,
        sentence="Works for another council on the same machine; sees nothing of ours.",
    ),
    Player(
        key="wilma",
        name="Wilma Stranger",
        sentence="Signed in a minute ago and belongs nowhere. Sees only what is hers.",
    ),
)


def player(key: str) -> Player:
    """Give one of the cast; raise KeyError where there is none of that key."""
    return BY_KEY[key]


BY_KEY = {one.key: one for one in CAST}
