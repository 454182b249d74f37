"""Gives one of the demo's people a page of their own, with something to see on it.

By the hands of whoever it is: the person says who may know and what is not right, a
worker answers, a colleague looks and says why. It must never let anybody else in.
"""

from typing import Any

from thedeal.deals.actions import beside, conversations, deals
from thedeal.deals.models import Conversation, Deal, Promise
from thedeal.demo.actions.cast import user_of
from thedeal.partners.models import Organisation
from thedeal.residents.actions import people, sharing
from thedeal.residents.models import OwnPage, Person, SharingChoice


def give_page(
    page: dict[str, Any], person: Person, *, talk: Conversation, deal: Deal, by: Any
) -> None:
    """Let one of the cast open a person's page, and write on both sides of it.

    ``page`` is as in texts/people.yaml: ``of`` whom, what they wrote beside it (``not
    right``, ``answered``), who ``may`` know, who ``looked`` and which promise was kept.
    """
    user = user_of(page["of"])
    OwnPage.objects.create(authority_id=person.authority_id, person=person, user=user)
    note = conversations.write_note(talk, by=by, **page["note"])
    beside.answer(
        beside.write(person, words=page["not right"], about="words", by=user),
        words=page["answered"],
        by=note.writer,
    )
    for slug, purpose, may in page["may"]:
        sharing.choose(
            person,
            organisation=Organisation.objects.get(
                slug=slug, authority_id=person.authority_id
            ),
            purpose=SharingChoice.Purpose(purpose),
            may=may,
            by=user,
        )
    for key, why in page["looked"]:
        people.open_page(person.pk, by=user_of(key), reason=why)
    what, how_it_went = page["kept"]
    deals.kept(_promise(deal, what), by=by, how_it_went=how_it_went)


def _promise(deal: Deal, what: str) -> Promise:
    """Give a promise by its words, which the database cannot search."""
    return next(row for row in deal.promises.all() if row.what == what)
