"""Signs the standing cast in at the running product, second factor and all.

``python -m tests.factories.sessions`` runs in the product's own environment and prints
the session of each, by what they stand for ("worker", "stranger"), as JSON. Some whom
the demo does not need are made first: the cast's member of another team; an officer of
the other council who may do nearly all there ("officer"), for sweeps that send forms:
what they change is not ours; and two workers of that council, one who will leave
("leaver") and one whose roles may be changed by anybody ("passer").
"""

import json
import sys
from typing import Any

ROLES = ("administrator", "finance_officer", "directory_editor", "caldicott_guardian")


def main() -> None:
    """Print a session for each of the standing cast."""
    import django

    django.setup()
    from django.conf import settings

    from tests.factories import cast

    everybody = cast.build()
    users = {w: getattr(everybody, w) for w in cast.STANDING if w != "nobody"}
    users["officer"] = _of_ribbleside("officer", roles=ROLES)
    for who in ("leaver", "passer"):
        users[who] = _of_ribbleside(who, roles=("worker",), team=f"Team of a {who}")
    found = {
        who: cast.client_for(user).cookies[settings.SESSION_COOKIE_NAME].value
        for who, user in users.items()
    }
    sys.stdout.write(json.dumps(found))


def _of_ribbleside(who: str, *, roles: tuple[str, ...], team: str = "") -> Any:
    from thedeal.accounts.actions import people
    from thedeal.demo import cast
    from thedeal.partners.actions import memberships
    from thedeal.partners.models import Organisation, Team

    council = Organisation.objects.get(authority__slug=cast.RIBBLESIDE, slug="council")
    user = people.create(
        display_name=who.title(), email=f"{who}@ribbleside.example", by=None
    )
    people.prove_address(user, by=None)
    row = {"authority_id": council.authority_id, "organisation": council}
    works_in = Team.objects.create(name=team, **row) if team else None
    for role in roles:
        memberships.start(
            user=user, organisation=council, role=role, by=None, team=works_in
        )
    return user


if __name__ == "__main__":
    main()
