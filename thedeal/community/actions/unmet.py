"""Keeps what was looked for and not found, as a theme; an editor says if it is lacking.

Noting happens on the public login, which may add and never read.
"""

from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community import cleaning, permissions, themes
from thedeal.community.models import UnmetAsk, UnmetTheme
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority


@logins.atomic
def note(*, authority: Authority, words: str) -> None:
    """Keep the theme of a search that found nothing: never its words or its place."""
    theme = themes.theme_of(words)
    if theme:
        # the public login may add and never read: nothing is asked back
        ask = UnmetAsk(authority=authority, theme=theme, day=timezone.localdate())
        UnmetAsk.objects.bulk_create([ask])


@logins.atomic
def judge(
    *, authority: Authority, theme: str, state: str, by: Any, words: str = ""
) -> UnmetTheme:
    """Say that this place lacks a theme, or that it is here under another name.

    Raises UserFacingError for a theme or an answer that is none of ours.
    """
    permissions.check_can_edit(by, authority=authority)
    known = {*themes.THEMES, themes.SOMETHING_ELSE}
    if theme not in known or state not in UnmetTheme.State.values:
        raise UserFacingError("Choose one of the themes, and one of the answers.")
    found, _ = UnmetTheme.objects.update_or_create(
        authority=authority,
        theme=theme,
        defaults={
            "state": state,
            "words": cleaning.line(words, most=300),
            "answered_at": timezone.now(),
            "answered_by_id": getattr(by, "pk", None),
        },
    )
    trail.record("community.theme_judged", by=by, subject=found, state=state)
    return found
