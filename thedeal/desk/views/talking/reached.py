"""Which conversation, and through which team: what every page of talking asks first."""

from uuid import UUID

from django.http import Http404, HttpRequest

from thedeal.accounts.roles import Permission
from thedeal.deals.models import Conversation
from thedeal.desk import permissions
from thedeal.partners import selectors as partners
from thedeal.partners.models import Team
from thedeal.residents import reach
from thedeal.residents.models import Person
from thedeal.residents.selectors import people

MAY_TALK = permissions.needs(Permission.MAKE_DEALS)


def talk_of(request: HttpRequest, pk: UUID) -> Conversation:
    """Give a conversation with somebody in reach; raise Http404 for any other."""
    rows = Conversation.objects.select_related("person", "person__authority")
    found = rows.filter(pk=pk).first()
    if found is None or not reach.sees(request.user, found.person):
        raise Http404
    return found


def team_beside(request: HttpRequest, person: Person) -> Team:
    """Give the team through which this worker is beside a person; raise Http404."""
    mine = partners.memberships_of(request.user).values("team_id")
    tie = people.who_is_alongside(person).filter(team_id__in=mine).first()
    if tie is None:
        raise Http404
    return tie.team


def uuid_or_404(typed: str) -> UUID:
    """Read an id of our own pages; what is none is not there (404)."""
    try:
        return UUID(typed)
    except ValueError:
        raise Http404 from None
