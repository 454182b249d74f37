"""The standing cast can be made, signs in, and arrives somewhere."""

import pytest

from tests.factories import cast as casting
from thedeal.accounts import roles

pytestmark = pytest.mark.django_db


def test_the_cast_plays_every_role_that_an_organisation_gives(cast):
    played = {
        membership.role
        for user in cast.users.values()
        for membership in user.memberships.all()
    }
    given = {role.id for role in roles.everything().values() if role.by_membership}
    assert played == given


@pytest.mark.parametrize("who", sorted(set(casting.STANDING) - {"nobody"}))
def test_each_of_the_cast_opens_their_own_account(signed_in, who):
    assert signed_in(who).get("/account/").status_code == 200


def test_nobody_is_sent_to_sign_in(signed_in):
    answer = signed_in("nobody").get("/account/")
    assert answer.status_code == 302
    assert "/account/login" in answer["Location"]
