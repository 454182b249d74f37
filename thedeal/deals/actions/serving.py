"""Says which team answers whoever asks to talk, by where they are: the council's say."""

from typing import Any

from thedeal.audit.actions import trail
from thedeal.deals import permissions
from thedeal.deals.models import Serving
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority, Team
from thedeal.places.models import Neighbourhood


@logins.atomic
def say(
    authority: Authority,
    *,
    neighbourhood: Neighbourhood | None,
    team: Team | None,
    by: Any,
) -> None:
    """Let a team answer for a neighbourhood; for anywhere else where that is None.

    With no team, asks from there go to whoever answers for the rest, or to the leads.
    Raises UserFacingError for what is another council's.
    """
    permissions.check_names_places(by, authority.pk)
    theirs = [each for each in (neighbourhood, team) if each is not None]
    if any(each.authority_id != authority.pk for each in theirs):
        raise UserFacingError("That belongs to another council.")
    place_id = neighbourhood.pk if neighbourhood else None
    about: dict[str, Any] = {"authority": authority, "neighbourhood_id": place_id}
    if team is None:
        Serving.objects.filter(**about).delete()
    else:
        Serving.objects.update_or_create(**about, defaults={"team": team, "set_by": by})
    trail.record(
        "deals.team_serves",
        by=by,
        subject=authority,
        neighbourhood=str(place_id or ""),
        team=str(team.pk) if team else "",
    )
