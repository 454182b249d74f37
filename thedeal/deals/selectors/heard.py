"""What was heard in a conversation so far and waits for the person's yes."""

from typing import Any

from thedeal.deals.hearing import Proposal, proposals
from thedeal.deals.models import Conversation
from thedeal.deals.selectors import people
from thedeal.deals.writing import EXACT_WORDS, WORDS
from thedeal.residents.models import Strength, Wish

HEARD_IN = (WORDS, EXACT_WORDS)  # never in what a worker saw or felt


def waiting(conversation: Conversation, *, writer: Any) -> list[Proposal]:
    """Give the proposals of a writer's draft that are not among the person's own yet.

    What they took back is not proposed again. Three queries.
    """
    _, content = people.draft(conversation, writer=writer)
    heard = proposals("\n".join(content.get(box, "") for box in HEARD_IN))
    known = {
        said.words.casefold()
        for model in (Strength, Wish)
        for said in model._default_manager.filter(person_id=conversation.person_id)
    }
    return [each for each in heard if each.words.casefold() not in known]
