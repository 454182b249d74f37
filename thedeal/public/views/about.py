"""What the site says of itself: how it matches, whose facts, privacy, access."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thedeal.community.selectors.connecting import published_rules
from thedeal.lib import definitions
from thedeal.places import selectors as places
from thedeal.places import streets

SECURITY_DAYS = 364


@require_safe
def how_we_match(request: HttpRequest) -> HttpResponse:
    """Print every rule of the match, with its weight."""
    rules = published_rules()
    weighed = [
        [says, _in_words(float(weight)), weight] for says, weight in rules.weighed
    ]
    found = {
        "firm": rules.firm,
        "weighed": weighed,
        "trusted_days": rules.trusted_days,
    }
    return render(request, "public/how_we_match.html", found)


def _in_words(weight: float) -> str:
    """Say how much a weight is, so that nobody needs the number."""
    said = ((0.5, "very much"), (0.2, "much"), (0.05, "some"), (0.0001, "a little"))
    return next((words for least, words in said if weight >= least), "not yet")


@require_safe
def attributions(request: HttpRequest) -> HttpResponse:
    """Thank every source of open data, with its licence."""
    found = {"sources": places.sources(), "has_streets": bool(streets.version())}
    return render(request, "public/attributions.html", found)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, why, and for how long."""
    rules = definitions.within("retention.")
    return render(request, "public/privacy.html", {"rules": rules})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is, and how to tell us where it is not."""
    return render(request, "public/accessibility.html")


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """Offer the software itself to whoever uses it, as its licence asks (AGPL s. 13)."""
    contact = definitions.words("words.security_contact").removeprefix("mailto:")
    return render(request, "public/source.html", {"contact": contact})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read what is public and nothing else."""
    closed = ("account", "board", "demo", "desk", "mine", "near", "sign-in", "t")
    lines = ["User-agent: *", *(f"Disallow: /{part}/" for part in closed)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness (RFC 9116)."""
    until = timezone.now() + dt.timedelta(days=SECURITY_DAYS)
    contact = definitions.words("words.security_contact")
    lines = [
        f"Contact: {contact}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")
