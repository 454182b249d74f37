"""What a group or a claimant may do by following a link: registered with ``links``."""

from typing import Any

from django.utils import timezone

from thedeal.community import screen
from thedeal.community.actions import (
    claims,
    keeping_true,
    letting,
    listings,
    suggestions,
)
from thedeal.community.models import Group, Nudge
from thedeal.community.selectors import stored
from thedeal.lib import links
from thedeal.lib.errors import UserFacingError

THANKS = {
    "right": "Thank you. Your listing says that you checked it today.",
    "changed": "Thank you. Your listing is changed, and says that you checked it today.",
    "stopped": "Thank you for telling us. Your listing is no longer shown.",
    "leave": "We will not write about this group again. If something changes, tell us "
    "any time.",
    "leave all": "We will not write about any of your groups again. If something "
    "changes, tell us any time.",
}


def show_check(link: Any) -> dict[str, Any]:
    """Give the page of one listing, with what may be answered."""
    group = _group(link)
    asked = screen.page(stored.of(group), stored.contact_of(group))
    return {"group": group, "others": link.detail.get("others", 0), **asked}


def show_check_again(link: Any, typed: dict[str, str]) -> dict[str, Any]:
    """Give the same page with what was typed, to be put right."""
    group = _group(link)
    contact = stored.contact_of(group)
    again = screen.page_again(stored.of(group), contact, typed)
    return {"group": group, "more": typed.get("more", ""), **again}


def answer_check(link: Any, choice: str, typed: dict[str, str]) -> str:
    """Do what the group chose; give the thanks to show."""
    group = _group(link)
    nudge = Nudge.objects.filter(pk=link.detail.get("nudge"), group=group).first()
    if choice not in THANKS or nudge is None:
        raise UserFacingError("Choose one of the answers.")
    if choice == "changed":
        facts = screen.applied(stored.of(group), typed)
        listings.change(
            group=group, facts=facts, by=None, how=listings.THE_GROUP, reason="one tap"
        )
        suggestions.note_from_group(group=group, words=typed.get("more", ""))
    keeping_true.answer(nudge=nudge, choice=choice, now=timezone.now())
    return THANKS[choice]


def show_claim(link: Any) -> dict[str, Any]:
    """Give the page that asks for the code."""
    return {"group": _group(link)}


def answer_claim(link: Any, choice: str, typed: dict[str, str]) -> str:
    """Take the code that the claimant typed; give the thanks to show."""
    group = _group(link)
    return claims.accept_code(
        group=group, claim_id=link.detail["claim"], code=typed.get("code", "")
    )


def _group(link: Any) -> Group:
    letting.let_through(link.subject_id)
    return Group.objects.select_related("authority", "organisation").get(
        pk=link.subject_id
    )


CHECK = links.register(
    links.Purpose(
        name="community.check",
        show=show_check,
        again=show_check_again,
        answer=answer_check,
        template="tap/listing.html",
        days=90,
    )
)
CLAIM = links.register(
    links.Purpose(
        name="community.claim",
        show=show_claim,
        answer=answer_claim,
        template="tap/claim.html",
        days=7,
        single_use=False,  # a mistyped code may be typed again, five times
    )
)
