"""The residents' tables, by noun."""

from thedeal.residents.models.forgetting import Clearing, Forgetting
from thedeal.residents.models.gifts import Offer, OfferChoice, Strength, Wish
from thedeal.residents.models.lives import Goal, GoalRating, Measure
from thedeal.residents.models.page_codes import PageCode
from thedeal.residents.models.people import Merge, OwnPage, Person
from thedeal.residents.models.ties import Alongside, Relation, SharingChoice

__all__ = [
    "Alongside",
    "Clearing",
    "Forgetting",
    "Goal",
    "GoalRating",
    "Measure",
    "Merge",
    "Offer",
    "OfferChoice",
    "OwnPage",
    "PageCode",
    "Person",
    "Relation",
    "SharingChoice",
    "Strength",
    "Wish",
]
