"""The roles there are and what each may do, read from definitions/roles.yaml.

Roles are data, so that an information-governance lead can read them; the words of
permissions are code, because code asks for them. A permission nobody has, or a role
that names one nobody knows, fails a test.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from thedeal.lib import definitions


class Permission(StrEnum):
    """One thing somebody may do."""

    SEE_PEOPLE = "people.see"
    CHANGE_PEOPLE = "people.change"
    MAKE_DEALS = "deals.make"
    SUGGEST_LISTINGS = "catalogue.suggest"
    EDIT_CATALOGUE = "catalogue.edit"
    RUN_GROUP = "group.run"
    SPEND_SMALL_SUMS = "money.spend_small"
    SEE_MONEY = "money.see"
    CHANGE_MONEY = "money.change"
    SIGN_MONEY = "money.sign"
    RAISE_BARRIERS = "barriers.raise"
    CLEAR_BARRIERS = "barriers.clear"
    OWN_MISTAKES = "mistakes.own"
    ANSWER_IDEAS = "ideas.answer"
    SEE_BOARD = "board.see"
    SEE_MEMBERSHIPS = "memberships.see"
    INVITE = "memberships.invite"
    END_MEMBERSHIPS = "memberships.end"
    CHANGE_TEAMS = "teams.change"
    CHANGE_ORGANISATIONS = "organisations.change"
    CHANGE_WORDS = "words.change"
    AGREE_SHARING = "sharing.agree"
    REVIEW_LOOKS = "looks.review"
    SEE_AUDIT = "audit.see"
    VERIFY_AUDIT = "audit.verify"
    KEEP_RECORDS = "records.keep"
    RUN_BOX = "box.run"
    SEE_OWN = "own.see"
    CHANGE_OWN = "own.change"


@dataclass(frozen=True, kw_only=True)
class Role:
    """One role: what it may do, where, and whom it may let in."""

    id: str
    title: str
    description: str
    is_staff: bool
    sees_people: bool
    needs_second_factor: bool
    by_membership: bool
    permissions: frozenset[Permission]
    across: frozenset[Permission]
    grants: frozenset[str]


@cache
def everything() -> dict[str, Role]:
    """Give every role by id; raise ValueError where the file is odd."""
    found = [_role(entry) for entry in definitions.within("roles.")]
    roles = {role.id: role for role in found}
    for role in found:
        _check(role, roles)
    return roles


def get(role_id: str) -> Role:
    """Give one role; raise KeyError where there is none of that id."""
    return everything()[role_id]


def _role(entry: definitions.Entry) -> Role:
    more = entry.more
    return Role(
        id=entry.key.removeprefix("roles."),
        title=entry.title,
        description=str(more["description"]),
        is_staff=bool(more["is_staff"]),
        sees_people=bool(more["sees_people"]),
        needs_second_factor=bool(more["needs_second_factor"]),
        by_membership=bool(more["by_membership"]),
        permissions=frozenset(map(Permission, more["permissions"])),
        across=frozenset(map(Permission, more["across"])),
        grants=frozenset(more["grants"]),
    )


def _check(role: Role, roles: dict[str, Role]) -> None:
    for name in role.grants:
        granted = roles[name]
        if granted.sees_people and not role.sees_people:
            raise ValueError(f"{role.id} sees no people and may not grant {name}.")
    if (role.is_staff or role.sees_people) and not role.needs_second_factor:
        raise ValueError(f"{role.id} is staff and needs a second factor.")
