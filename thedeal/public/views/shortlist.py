"""A shortlist built while talking: no account, nothing about anybody kept by us.

The list is short codes of activities in a cookie that ends with the browser, and the
same codes in the address that is printed, texted, emailed or scanned. Texts and emails
go from the visitor's own telephone or computer: no number or address is asked.
"""

import base64
import binascii
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from thedeal.community.selectors import finding, telling

COOKIE = "shortlist"
MOST = 12
CODE_LETTERS = 22


@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """Show the visitor's own list, or the one in the address that they were given."""
    mine = kept(request)
    given = request.GET.get("k")
    ids = mine if given is None else read(given)
    rows = finding.by_ids(ids)
    codes = written(row.pk for row in rows)
    return render(
        request,
        "public/shortlist.html",
        {
            "cards": [telling.card(row) for row in rows],
            "missing": len(ids) - len(rows),
            "is_own": given is None or ids == mine,
            "mine": {str(pk) for pk in mine},
            "kept": len(mine),
            **_ways_to_pass_on(rows, codes),
        },
    )


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """Show the list in the address on one sheet of paper, in large type if asked."""
    rows = finding.by_ids(read(request.GET.get("k", "")))
    codes = written(row.pk for row in rows)
    return render(
        request,
        "public/shortlist_print.html",
        {
            "listed": [telling.about(row) for row in rows],
            "is_large": request.GET.get("size") == "large",
            "codes": codes,
            "address": _address(codes),
        },
    )


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Put one thing on the list or take it off, keep a whole list, or empty it."""
    ids = kept(request)
    if added := _uuid(request.POST.get("add", "")):
        ids = [*ids, added]
    dropped = _uuid(request.POST.get("drop", ""))
    ids += read(request.POST.get("all", ""))
    if "empty" in request.POST:
        ids = []
    response = redirect(_back(request))
    left = dict.fromkeys(pk for pk in ids if pk != dropped)
    _remember(response, list(left)[-MOST:])
    return response


def kept(request: HttpRequest) -> list[UUID]:
    """Give the activities on the visitor's own shortlist, in the order kept."""
    return read(request.COOKIES.get(COOKIE, ""))


def read(codes: str) -> list[UUID]:
    """Give the ids in "code.code"; whatever is none is left out, and what is over."""
    found = (_id(code) for code in codes[: MOST * (CODE_LETTERS + 1)].split("."))
    return list(dict.fromkeys(pk for pk in found if pk is not None))


def written(ids: Iterable[UUID]) -> str:
    """Give ids as an address and a cookie hold them: 22 letters each."""
    return ".".join(
        base64.urlsafe_b64encode(pk.bytes).decode().rstrip("=") for pk in ids
    )


def _id(code: str) -> UUID | None:
    if len(code) != CODE_LETTERS:
        return None
    try:
        return UUID(bytes=base64.urlsafe_b64decode(f"{code}=="))
    except (binascii.Error, ValueError):
        return None


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _remember(response: HttpResponse, ids: list[UUID]) -> None:
    """Set the cookie for as long as the browser is open; none where it is empty."""
    if not ids:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        written(ids),
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _back(request: HttpRequest) -> str:
    """Give the page one came from, where it is one of ours."""
    asked = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    if asked.startswith("/") and is_ours:  # else it would be taken for a page's name
        return asked
    return reverse("public:shortlist")


def _address(codes: str) -> str:
    query = urlencode({"k": codes})
    return f"{settings.PUBLIC_ADDRESS}{reverse('public:shortlist')}?{query}"


def _ways_to_pass_on(rows: list[Any], codes: str) -> dict[str, str]:
    """Give the link, and the same as a text and an email that the visitor sends."""
    address = _address(codes)
    lines = [": ".join(filter(None, [r.name, *telling.when(r)])) for r in rows]
    short = quote("\n".join(["To try near you:", *(r.name for r in rows), address]))
    long = quote("\n".join(["To try near you:", "", *lines, "", address]))
    return {
        "codes": codes,
        "address": address,
        "text_href": f"sms:?&body={short}",
        "email_href": f"mailto:?subject={quote('To try near you')}&body={long}",
    }
