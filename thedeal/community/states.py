"""The states of a listing, of a suggestion and of a claim, and the moves between."""

from enum import StrEnum


class ListingState(StrEnum):
    """Where a group or an activity stands in the directory."""

    LIVE = "live"
    PAUSED = "paused"  # resting for a while; shown as such
    ENDED = "ended"  # it has stopped; kept, never shown
    UNVERIFIED = "unverified"  # nobody could say it is right; remembered, not shown
    WITHDRAWN = "withdrawn"  # asked not to be listed, for ever
    MERGED = "merged"  # it was the same as another, which is shown instead


# what a reader may find
SHOWN = (ListingState.LIVE, ListingState.PAUSED)

MOVES: dict[ListingState, frozenset[ListingState]] = {
    ListingState.LIVE: frozenset(ListingState) - {ListingState.LIVE},
    ListingState.PAUSED: frozenset(ListingState) - {ListingState.PAUSED},
    ListingState.ENDED: frozenset(
        {ListingState.LIVE, ListingState.WITHDRAWN, ListingState.MERGED}
    ),
    ListingState.UNVERIFIED: frozenset(
        {
            ListingState.LIVE,
            ListingState.ENDED,
            ListingState.WITHDRAWN,
            ListingState.MERGED,
        }
    ),
    ListingState.WITHDRAWN: frozenset(),
    ListingState.MERGED: frozenset({ListingState.LIVE, ListingState.WITHDRAWN}),
}


class SuggestionState(StrEnum):
    """What became of what somebody told us."""

    WAITING = "waiting"
    TAKEN = "taken"  # the listing was changed or added
    LEFT = "left"  # looked at, and left as it was


class ClaimState(StrEnum):
    """How far a claim has come."""

    ASKED = "asked"  # nothing sent yet
    SENT = "sent"  # a code went to the contact on the listing
    WORD_NEEDED = "word needed"  # there is no contact to send to: a worker must say
    ACCEPTED = "accepted"
    REFUSED = "refused"
