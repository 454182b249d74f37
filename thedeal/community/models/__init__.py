"""The directory's tables, by noun.

What anyone may read (groups, activities, times, access) is apart from what only the
team may (contacts, exact places, what people told us), so that the public login
cannot be made to show it: it has no right to those tables at all.
"""

from thedeal.community.models.activities import Activity, Timing
from thedeal.community.models.calendars import Calendar
from thedeal.community.models.doubles import Double, Joining
from thedeal.community.models.feeds import FeedRun
from thedeal.community.models.groups import Contact, Group, Kind, LegalForm, Show
from thedeal.community.models.hearing import Claim, DoNotList, Nudge, Suggestion
from thedeal.community.models.keeping import Document, ListingVersion, Source
from thedeal.community.models.places import VenueAccess, Whereabouts
from thedeal.community.models.times import OpeningHours, Session
from thedeal.community.models.unmet import UnmetAsk, UnmetTheme

__all__ = [
    "Activity",
    "Calendar",
    "Claim",
    "Contact",
    "DoNotList",
    "Document",
    "Double",
    "FeedRun",
    "Group",
    "Joining",
    "Kind",
    "LegalForm",
    "ListingVersion",
    "Nudge",
    "OpeningHours",
    "Session",
    "Show",
    "Source",
    "Suggestion",
    "Timing",
    "UnmetAsk",
    "UnmetTheme",
    "VenueAccess",
    "Whereabouts",
]
