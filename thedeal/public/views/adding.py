"""A listing to add, or a change to one, on one screen; an editor looks at each.

Likely doubles are shown and bar nobody. Runs on the public login: it may add what was
told and never read it back.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thedeal.audit.actions import limits
from thedeal.community import screen
from thedeal.community.actions import suggestions
from thedeal.community.facts import ActivityFacts, GroupFacts
from thedeal.community.models import Group
from thedeal.community.selectors import likely, stored
from thedeal.community.states import SHOWN
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority
from thedeal.places import selectors as places

BLANK = GroupFacts(name="", activities=(ActivityFacts(name=""),))
TRIES, SECONDS = 20, 600
CONTACT = ("contact-name", "contact-phone", "contact-email")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Take a group or one thing to join; ask first where it may be here already."""
    if request.method != "POST":
        shown = screen.page(BLANK, {})
        return render(
            request, "public/add.html", {**shown, "said": "said" in request.GET}
        )
    limits.hit("add", request.META.get("REMOTE_ADDR", ""), most=TRIES, seconds=SECONDS)
    typed = request.POST.dict()
    try:
        facts = _facts(BLANK, typed)
        authority = _authority(facts)
        doubles = [] if "sure" in typed else _doubles(facts, authority)
        if not doubles:
            _keep(facts, typed, authority=authority)
            return redirect("/add/?said=1")
    except UserFacingError as error:
        return _again(request, "public/add.html", typed, problem=error.sentence)
    return _again(request, "public/add.html", typed, doubles=doubles)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a stranger's change; a blurred listing is told of in words alone."""
    group = Group.objects.select_related("authority").filter(slug=slug).first()
    if group is None or group.state not in SHOWN:
        raise Http404
    if group.is_sensitive:
        return redirect("public:wrong", slug=slug)
    facts = stored.shown(group)
    shown = {"group": group, **screen.page(facts, {})}
    if request.method == "POST":
        who = request.META.get("REMOTE_ADDR", "")
        limits.hit("add", who, most=TRIES, seconds=SECONDS)
        typed = request.POST.dict()
        try:
            changed = _facts(facts, typed)
            _keep(changed, typed, authority=group.authority, group=group)
        except UserFacingError as error:
            again = screen.page_again(facts, {}, typed)
            shown |= {**again, "problem": error.sentence}
            return render(request, "public/change.html", shown, status=400)
        return redirect(f"/groups/{slug}/?said=1")
    return render(request, "public/change.html", shown)


def _facts(before: GroupFacts, typed: Mapping[str, str]) -> GroupFacts:
    """Give the facts as typed; whom to ask is left alone where nothing was typed."""
    given = dict(typed)
    if before is BLANK and not given.get("a0-name", "").strip():
        given["a0-name"] = given.get("name", "")  # what it does is what it is
    if not any(given.get(name, "").strip() for name in CONTACT):
        given = {k: v for k, v in given.items() if k not in CONTACT}
    facts = screen.applied(before, given)
    return replace(facts, is_sensitive=before.is_sensitive or "hide" in typed)


def _authority(facts: GroupFacts) -> Authority:
    """Give the council whose area it is in, or the first of this installation."""
    for activity in facts.activities:
        found = places.find_postcode(activity.spot.postcode).neighbourhood
        if found is not None:
            return Authority.objects.get(pk=found.authority_id)
    first = Authority.objects.order_by("created_at").first()
    if first is None:
        raise UserFacingError("No council keeps a directory here yet.")
    return first


def _doubles(facts: GroupFacts, authority: Authority) -> list[Group]:
    return likely.doubles(facts, authority_id=authority.pk)


def _keep(
    facts: GroupFacts,
    typed: Mapping[str, str],
    *,
    authority: Authority,
    group: Group | None = None,
) -> None:
    suggestions.suggest(
        authority=authority,
        facts=facts,
        group=group,
        words=typed.get("more", ""),
        name=typed.get("your-name", ""),
        email=typed.get("your-email", ""),
    )


def _again(
    request: HttpRequest,
    template: str,
    typed: Mapping[str, str],
    *,
    problem: str = "",
    doubles: list[Group] | None = None,
) -> HttpResponse:
    """Show the screen again with all that was typed."""
    shown = {
        **_as_typed(typed),
        "problem": problem,
        "doubles": doubles or [],
        "typed": typed,
    }
    return render(request, template, shown, status=400 if problem else 200)


def _as_typed(typed: Mapping[str, str]) -> dict[str, Any]:
    """Give the page of one new listing as it was typed, right or wrong."""
    shown = {"show": typed.get("contact-show", "ask")}
    contact = {name.removeprefix("contact-"): typed.get(name, "") for name in CONTACT}
    return screen.page_again(BLANK, contact | shown, typed)
