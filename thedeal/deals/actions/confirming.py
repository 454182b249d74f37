"""Takes what was heard in a conversation once the person says that it is so.

What the page proposes is nothing until then: only a yes makes it a strength or a wish
of theirs, in the words in which they said it or in better ones of their own.
"""

from typing import Any

from thedeal.deals import permissions
from thedeal.deals.hearing import Heard
from thedeal.deals.models import Conversation
from thedeal.lib import logins
from thedeal.residents.actions import gifts
from thedeal.residents.models import Strength, Wish


@logins.atomic
def confirm(
    conversation: Conversation, *, kind: Heard, words: str, by: Any
) -> Strength | Wish:
    """Give the strength or the wish, confirmed with the person in this conversation."""
    permissions.check_beside(by, conversation.person)
    person, source = conversation.person, conversation.pk
    if kind.is_strength:
        return gifts.say_strength(
            person,
            kind=Strength.Kind(kind.value),
            words=words,
            by=by,
            is_confirmed=True,
            source_id=source,
        )
    return gifts.say_wish(
        person,
        kind=Wish.Kind(kind.value),
        words=words,
        by=by,
        is_confirmed=True,
        source_id=source,
    )
