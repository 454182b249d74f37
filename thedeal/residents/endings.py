"""What ends in the same moment in which a person says no, in rooms above this one.

An upper room registers what it ends (``register``); sharing walks the list inside the
person's own transaction, so that the very next request finds it gone.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

# given the person, the organisation that may not any more, and for what
End = Callable[[UUID, UUID, str], Any]
ENDS: list[End] = []


def register(end: End) -> End:
    """Add what is to end with a yes; once."""
    if end not in ENDS:
        ENDS.append(end)
    return end
