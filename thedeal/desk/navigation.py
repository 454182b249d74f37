"""What stands at the head of the desk's pages, and on its first page, for whom.

One line for each section; a section is shown to whoever holds its permission. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from thedeal.accounts.roles import Permission


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the desk: its name, its first page, and what one needs to see it."""

    key: str
    text: str
    page: str
    permission: Permission | None
    words: str = ""
    in_head: bool = True


SECTIONS: tuple[Section, ...] = (
    Section(key="home", text="Desk", page="desk:home", permission=None),
    Section(
        key="people",
        text="People",
        page="desk:people",
        permission=Permission.CHANGE_PEOPLE,
        words="Whom you are alongside. Find somebody, or start with somebody new.",
    ),
    Section(
        key="spent",
        text="Small sums spent",
        page="desk:spent",
        permission=None,
        words="What was spent without asking: every line, for everybody to see.",
        in_head=False,
    ),
    Section(
        key="partners",
        text="Teams and partners",
        page="desk:partners",
        permission=Permission.SEE_MEMBERSHIPS,
        words="Who works where. Invite somebody, change a role, end one.",
    ),
    Section(
        key="directory",
        text="The directory",
        page="desk:directory",
        permission=Permission.SUGGEST_LISTINGS,
        words="What people told us of groups, how fresh the list is, whom to ring.",
    ),
    Section(
        key="freshness",
        text="How fresh the directory is",
        page="desk:freshness",
        permission=Permission.SEE_BOARD,
        words="The share of what is listed near people that was checked lately.",
        in_head=False,
    ),
    Section(
        key="money",
        text="Money",
        page="board:money",
        permission=Permission.SEE_MONEY,
        words="Packages of care, the ledger, demand and the gap: sums that can be checked.",
    ),
    Section(
        key="cover",
        text="Open and near",
        page="board:cover",
        permission=Permission.SEE_BOARD,
        words="Who has something on within a walk, round the clock; and what if it closed.",
    ),
    Section(
        key="new_groups",
        text="Groups to begin",
        page="board:new_groups",
        permission=Permission.SEE_BOARD,
        words="Groups that should be there: where, when, how many to ask, what came of it.",
        in_head=False,
    ),
    Section(
        key="my_groups",
        text="Your groups",
        page="desk:my_groups",
        permission=Permission.RUN_GROUP,
        words="What people read of your group, whether there is room, what changed.",
    ),
    Section(
        key="sharing",
        text="Sharing agreements",
        page="desk:sharing",
        permission=Permission.AGREE_SHARING,
        words="What organisations share with each other, for what, until when.",
        in_head=False,
    ),
    Section(
        key="looks",
        text="Who looked",
        page="desk:looks",
        permission=Permission.SEE_AUDIT,
        words="Every look at a person’s record: who, when and why.",
    ),
    Section(
        key="forgetting",
        text="Due to be forgotten",
        page="desk:forgetting",
        permission=Permission.KEEP_RECORDS,
        words="Records that have been kept long enough: erase them, or say why not.",
    ),
    Section(
        key="wording",
        text="Our own words",
        page="desk:wording",
        permission=Permission.CHANGE_WORDS,
        words="Say it as your council says it: headings, letters, promises.",
        in_head=False,
    ),
    Section(
        key="measures",
        text="Measures",
        page="desk:measures",
        permission=Permission.CHANGE_WORDS,
        words="What may be asked of people, and what waits for your registration.",
        in_head=False,
    ),
    Section(
        key="door_places",
        text="Where the law’s doors lead",
        page="desk:door_places",
        permission=Permission.CHANGE_ORGANISATIONS,
        words="Who answers when somebody asks for what the law gives them.",
        in_head=False,
    ),
    Section(
        key="serving",
        text="Which team answers where",
        page="desk:serving",
        permission=Permission.CHANGE_ORGANISATIONS,
        words="Whoever asks to talk reaches the team of their neighbourhood.",
        in_head=False,
    ),
    Section(
        key="outbox",
        text="Messages and jobs",
        page="desk:outbox",
        permission=Permission.RUN_BOX,
        words="What was sent, what waits, and what needs a person.",
    ),
)


def sections_for(held: frozenset[Permission]) -> Iterator[Section]:
    """Give the sections that somebody holding these permissions sees, in order."""
    for section in SECTIONS:
        if section.permission is None or section.permission in held:
            yield section
