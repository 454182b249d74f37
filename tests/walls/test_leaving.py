"""Somebody leaves the only organisation they work in: the walls let them go."""

from urllib.parse import urlencode

from tests.factories.live import House
from tests.walls.test_hostile import CSRF, FORM, TOKEN


def test_whoever_leaves_their_only_role_is_let_go(
    live: House, sessions: dict[str, str]
):
    role = (
        "select m.id, m.ended_at from partners_membership m join accounts_user u"
        " on u.id = m.user_id where u.email = 'leaver@ribbleside.example'"
    )
    with live.connect("all") as everything:
        (pk, ended_at) = everything.execute(role).fetchone() or ("", "")
        assert ended_at is None
        answer = live.ask(
            "POST",
            f"/desk/memberships/{pk}/",
            session=sessions["leaver"],
            body=urlencode({"reason": "Far.", "csrfmiddlewaretoken": TOKEN}).encode(),
            headers=CSRF | FORM,
        )
        assert answer.status == 302, live.log()[-3000:]
        (_pk, ended_at) = everything.execute(role).fetchone() or ("", None)
        assert ended_at is not None
