"""Takes what strangers tell us of listings, and answers them.

A stranger's change waits until an editor has looked; whoever left an address is told
what was done. Taking happens on the public login, which may add and never read.
"""

from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community import cleaning, permissions
from thedeal.community.actions import listings
from thedeal.community.facts import GroupFacts
from thedeal.community.models import Activity, Group, Suggestion
from thedeal.community.states import SuggestionState
from thedeal.lib import definitions, logins
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters
from thedeal.partners.models import Authority

KIND = "community.told"


@logins.atomic
def tell_wrong(
    *,
    group: Group,
    words: str,
    activity: Activity | None = None,
    name: str = "",
    email: str = "",
) -> Suggestion:
    """Keep that somebody says a listing is wrong; raise where they said nothing."""
    said = cleaning.text(words, most=4000)
    if not said:
        raise UserFacingError("Say what is wrong, so that we can put it right.")
    found = Suggestion(
        authority_id=group.authority_id,
        group=group,
        activity=activity,
        kind=Suggestion.Kind.WRONG,
        words=said,
        teller_name=cleaning.line(name, most=120),
        teller_email=cleaning.email(email),
    )
    _add(found)
    trail.record("community.told_wrong", by=None, subject=found)
    return found


@logins.atomic
def suggest(
    *,
    authority: Authority,
    facts: GroupFacts,
    group: Group | None = None,
    words: str = "",
    name: str = "",
    email: str = "",
) -> Suggestion:
    """Keep a stranger's change to a listing, or a listing to add, until it is seen."""
    if not facts.name:
        raise UserFacingError("Give the group a name.")
    kinds = Suggestion.Kind
    contact = facts.contact
    content = facts.stored()
    if contact is not None:
        names = ("name", "phone", "email", "show")
        content["contact"] = {n: getattr(contact, n) for n in names}
    found = Suggestion(
        authority=authority,
        group=group,
        kind=kinds.CHANGE if group else kinds.ADD,
        content=content,
        words=cleaning.text(words, most=4000),
        teller_name=cleaning.line(name, most=120),
        teller_email=cleaning.email(email),
    )
    _add(found)
    trail.record("community.suggested", by=None, subject=found, kind_of=found.kind)
    return found


def _add(found: Suggestion) -> None:
    # no RETURNING: the public login may add and never read
    Suggestion.objects.bulk_create([found])


def note_from_group(*, group: Group, words: str) -> None:
    """Keep for the editors what a group added that no question had room for."""
    if words.strip():
        tell_wrong(group=group, words=words, name=group.name)


@logins.atomic
def take(
    *,
    suggestion: Suggestion,
    by: Any,
    answer: str = "",
    facts: GroupFacts | None = None,
) -> Group | None:
    """Do as was suggested and tell the teller; give the listing.

    ``facts`` are the editor's own, where they changed what was suggested. For "this
    is wrong" without facts the editor has put it right already.
    """
    found = _waiting(suggestion, by)
    wanted = facts or (GroupFacts.read(found.content) if found.content else None)
    group = found.group
    if found.kind == Suggestion.Kind.ADD and wanted is not None:
        group = listings.add(authority=found.authority, facts=wanted, by=by)
    elif wanted is not None and group is not None:
        listings.change(
            group=group, facts=wanted, by=by, how=listings.THE_TEAM, reason="suggested"
        )
    found.group = group
    _answer(found, SuggestionState.TAKEN, by=by, answer=answer)
    return group


@logins.atomic
def leave(*, suggestion: Suggestion, by: Any, answer: str) -> None:
    """Leave the listing as it is, and tell the teller why."""
    found = _waiting(suggestion, by)
    if not answer.strip():
        raise UserFacingError("Say why, so that whoever told us can be answered.")
    _answer(found, SuggestionState.LEFT, by=by, answer=answer)


def _waiting(suggestion: Suggestion, by: Any) -> Suggestion:
    found = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("authority", "group")
        .get(pk=suggestion.pk)
    )
    permissions.check_can_edit(by, authority=found.authority)
    if found.state != SuggestionState.WAITING:
        raise UserFacingError("Somebody has answered this already.")
    return found


def _answer(found: Suggestion, state: SuggestionState, *, by: Any, answer: str) -> None:
    found.state, found.answer = state, cleaning.text(answer, most=2000)
    found.answered_at = timezone.now()
    found.answered_by_id = getattr(by, "pk", None)
    found.save(
        update_fields=["state", "answer", "answered_at", "answered_by_id", "group"]
    )
    trail.record(f"community.suggestion_{state}", by=by, subject=found)
    if found.teller_email:
        _tell(found, state)


def _tell(found: Suggestion, state: SuggestionState) -> None:
    own = {"authority_id": found.authority_id}
    name = found.group.name if found.group else str(found.content.get("name", ""))
    body = definitions.words(f"words/community.told_{state}", **own)
    letters.write(
        kind=KIND,
        to=found.teller_email,
        subject=definitions.words("words/community.told_subject", **own),
        body=body.format(listing=name, answer=found.answer).strip(),
        once_key=f"{KIND}:{found.pk}",
        authority_id=found.authority_id,
    )
