"""Packages of care, claimed savings, and the story of the gap.

A finance officer sees sums and packages by number, never a person's record; a worker
sees the packages of the people their team is alongside.
"""

from thedeal.money.models.gap import GapStory
from thedeal.money.models.ledger import Effect, LedgerLine, Signature
from thedeal.money.models.numbers import CaseNumber
from thedeal.money.models.packages import Change, Import, Package
from thedeal.money.models.questions import Question, QuestionAnswer
from thedeal.money.models.voices import Option, OptionAnswer, Subscriber, Understood

__all__ = [
    "CaseNumber",
    "Change",
    "Effect",
    "GapStory",
    "Import",
    "LedgerLine",
    "Option",
    "OptionAnswer",
    "Package",
    "Question",
    "QuestionAnswer",
    "Signature",
    "Subscriber",
    "Understood",
]
