"""Whether a change in a package is a saving: why it changed and what the person says.

Died, in hospital and moved away are never savings. A reduction the person did not
agree to is never a saving and is flagged. A cost that only moved to the person or to
health is not a saving either, nor is a change of prices.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from thedeal.money.pounds import write_pounds
from thedeal.money.prices import Deflator
from thedeal.money.weekly_cost import Package, at_prices


class WhyChanged(StrEnum):
    """Why a package changed or ended."""

    COMMUNITY = "community"  # people and places near home do it now
    MORE_ABLE = "more_able"  # the person does more without help
    BETTER_VALUE = "better_value"  # the same support, bought or given better
    REVIEWED = "reviewed"  # looked at together and changed
    NEEDS_GREW = "needs_grew"
    DIED = "died"
    HOSPITAL = "hospital"
    MOVED_AWAY = "moved_away"


class OwnView(StrEnum):
    """What the person says of the change, in their own view."""

    RIGHT = "right"
    PARTLY = "partly"
    NOT_RIGHT = "not_right"
    NOT_ASKED = "not_asked"


WHY_WORDS = {
    WhyChanged.COMMUNITY: "People and places near home do it now",
    WhyChanged.MORE_ABLE: "They do more without help",
    WhyChanged.BETTER_VALUE: "The same support, given or bought better",
    WhyChanged.REVIEWED: "Looked at together, and changed",
    WhyChanged.NEEDS_GREW: "They need more now",
    WhyChanged.DIED: "They died",
    WhyChanged.HOSPITAL: "They are in hospital",
    WhyChanged.MOVED_AWAY: "They moved away",
}
VIEW_WORDS = {
    OwnView.RIGHT: "It was right",
    OwnView.PARTLY: "Partly right",
    OwnView.NOT_RIGHT: "It was not right",
}
NEVER_A_SAVING = {
    WhyChanged.DIED: "the person died",
    WhyChanged.HOSPITAL: "the person is in hospital",
    WhyChanged.MOVED_AWAY: "the person moved away",
}


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Whether a change is a saving, how much a week, and why not where it is not."""

    is_saving: bool
    weekly: Decimal  # pounds a week at ``price_base``; 0 unless a saving
    fell_by_weekly: Decimal  # how far the net cost fell, whatever the reason
    price_base: str
    is_flagged: bool
    reason: str


def judge(
    before: Package,
    after: Package | None,
    *,
    why: WhyChanged,
    own_view: OwnView,
    deflator: Deflator,
) -> Judgement:
    """Judge a change from ``before`` to ``after`` (None: the package ended).

    Both are put at the later package's price base. What counts is the smaller of the
    fall in gross and in net cost, so money that only moved to somebody else's budget
    is no saving.
    """
    base = after.price_base if after is not None else before.price_base
    fall_gross, fall_net = _falls(before, after, base=base, deflator=deflator)
    counted = min(fall_gross, fall_net)
    why_not = _why_not(fall_gross, fall_net, why=why, own_view=own_view)
    is_saving = not why_not
    return Judgement(
        is_saving=is_saving,
        weekly=counted if is_saving else Decimal(0),
        fell_by_weekly=fall_net,
        price_base=base,
        is_flagged=fall_gross > 0
        and why not in NEVER_A_SAVING
        and own_view is OwnView.NOT_RIGHT,
        reason=why_not
        or f"{write_pounds(counted)} a week less, and the person agrees.",
    )


def _falls(
    before: Package, after: Package | None, *, base: str, deflator: Deflator
) -> tuple[Decimal, Decimal]:
    def lifted(pounds: Decimal) -> Decimal:
        return at_prices(pounds, base=before.price_base, to=base, deflator=deflator)

    gross = lifted(before.gross_weekly) - (after.gross_weekly if after else 0)
    net = lifted(before.net_weekly) - (after.net_weekly if after else 0)
    return gross, net


def _why_not(
    fall_gross: Decimal, fall_net: Decimal, *, why: WhyChanged, own_view: OwnView
) -> str:
    if why in NEVER_A_SAVING:
        return f"Not a saving: {NEVER_A_SAVING[why]}."
    if fall_gross <= 0 and fall_net <= 0:
        return "Not a saving: the support costs as much or more than before."
    if min(fall_gross, fall_net) <= 0:
        return (
            "Not a saving: the cost only moved between the council, health and person."
        )
    if own_view is OwnView.NOT_RIGHT:
        return (
            "Not a saving: the person says this change was not right. Talk with them."
        )
    if own_view is OwnView.PARTLY:
        return "Not a saving yet: the person says it is only partly right."
    if own_view is OwnView.NOT_ASKED:
        return "Not a saving yet: nobody has asked the person what they think of it."
    return ""
