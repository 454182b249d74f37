"""Who works with whom: authorities, their organisations, teams and memberships.

An *authority* is the council that is one tenant; an *organisation* is any partner
inside it. Every row below carries its authority.
"""

from thedeal.partners.models.agreements import SharingAgreement, Words
from thedeal.partners.models.memberships import Invitation, Membership
from thedeal.partners.models.organisations import Authority, Kind, Organisation, Team

__all__ = [
    "Authority",
    "Invitation",
    "Kind",
    "Membership",
    "Organisation",
    "SharingAgreement",
    "Team",
    "Words",
]
