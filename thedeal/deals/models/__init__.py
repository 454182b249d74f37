"""The room's tables, by noun; each row about a person stands behind their wall."""

from thedeal.deals.models.asks import AskToTalk
from thedeal.deals.models.beside import NoteBeside
from thedeal.deals.models.conversations import (
    Conversation,
    Draft,
    FieldNote,
    NextStep,
    Version,
)
from thedeal.deals.models.deals import Agreement, Deal, DealVersion, Promise, Sorry
from thedeal.deals.models.doors import DoorHappening, DoorPlace, LawDoor
from thedeal.deals.models.fitting import Fit
from thedeal.deals.models.huddles import HuddleTopic
from thedeal.deals.models.introductions import FollowUp, Introduction, Signpost
from thedeal.deals.models.planning import NewGroup, Plan, Proposal
from thedeal.deals.models.serving import Serving
from thedeal.deals.models.spending import SmallSpend, SpentFor

__all__ = [
    "Agreement",
    "AskToTalk",
    "Conversation",
    "Deal",
    "DealVersion",
    "DoorHappening",
    "DoorPlace",
    "Draft",
    "FieldNote",
    "Fit",
    "FollowUp",
    "HuddleTopic",
    "Introduction",
    "LawDoor",
    "NewGroup",
    "NextStep",
    "NoteBeside",
    "Plan",
    "Promise",
    "Proposal",
    "Serving",
    "Signpost",
    "SmallSpend",
    "Sorry",
    "SpentFor",
    "Version",
]
