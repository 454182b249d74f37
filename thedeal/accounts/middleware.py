"""The walls that every request stands behind: which login, who asks, which proof.

One request is one transaction on one database login. Public faces run on a login
that can read nothing about a person and never touch the session; all others tell
the database who asks, for that transaction only (ADR 0004). A half-finished sign-in
is never a session.
"""

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from thedeal.accounts import permissions, stay, tries
from thedeal.lib import logins, once, requests
from thedeal.lib.errors import TooManyError

Handler = Callable[[HttpRequest], HttpResponse]

# The faces for everybody: on the public login, nobody signed in, may be cached.
PUBLIC_FACES = frozenset({"public", "openreferral"})
# Links in messages: nobody signed in, but a checked link lets through to one
# person's rows (lib.logins.speak_for), which the public login could never read.
NOBODY_FACES = frozenset({"tap"})
NEVER_KEPT = "no-store, private"
KEPT_IN_MEMORY_BYTES = 1024 * 1024
STARTED, SEEN = "started_at", "seen_at"


class WallsMiddleware:
    """Choose the login, open the transaction, say who asks, forbid keeping."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request inside its one transaction."""
        face = face_of(request)
        is_public = face in PUBLIC_FACES
        login = logins.PUBLIC if is_public else logins.MAIN
        with logins.using(login), logins.transaction_now(), once.reading_once():
            self._enter(request, is_nobody=is_public or face in NOBODY_FACES)
            response = self._answer(request)
            if response.status_code >= 500 or getattr(request, "failed", False):
                logins.undo()
        if not is_public or not response.has_header("Cache-Control"):
            response["Cache-Control"] = NEVER_KEPT
        return response

    def _enter(self, request: HttpRequest, *, is_nobody: bool) -> None:
        if is_nobody:
            request.user = AnonymousUser()
            return
        _end_if_over(request)
        logins.identify(request.user.pk)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming and not isinstance(response, FileResponse):
            _read_inside(cast("StreamingHttpResponse", response))
        return response


class TriesMiddleware:
    """Count tries at signing in, and whatever sends a message, before it is done.

    By one statement in the database (audit.actions.limits), so that neither more
    workers nor parallel requests mean more tries; in the library's place.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or answer 429."""
        if request.method == "POST":
            try:
                tries.count(request)
            except TooManyError as error:
                return requests.problem(request, 429, sentence=error.sentence)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Send whoever needs a second factor to prove it, or first to set one up."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or redirect to where the second factor is set up."""
        user = request.user
        if not user.is_authenticated or not user.needs_second_factor:
            return self.get_response(request)
        if permissions.has_second_factor(request) or is_way_in(request):
            return self.get_response(request)
        return redirect("mfa_index")


def face_of(request: HttpRequest) -> str:
    """Give the namespace that answers ("public" for an address that leads nowhere)."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return "public"
    return match.namespaces[0] if match.namespaces else ""


# What somebody with half a proof may open: setting up, and leaving.
WAYS_IN = ("mfa_", "account_logout", "account_reauthenticate", "account_inactive")


def is_way_in(request: HttpRequest) -> bool:
    """Say whether the page serves to finish signing in, or to leave."""
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    return name.startswith(WAYS_IN)


def _end_if_over(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        return
    now = time.time()
    started = float(request.session.setdefault(STARTED, now))
    seen = float(request.session.setdefault(SEEN, now))
    allowed = stay.of(is_staff=request.user.needs_second_factor)
    if allowed.is_over(started=started, seen=seen, now=now):
        logout(request)
    elif now - seen > stay.TOUCH_SECONDS:
        request.session[SEEN] = now


def _read_inside(response: StreamingHttpResponse) -> None:
    """Read a streaming answer while the walls still know who asks."""
    spool = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY_BYTES)  # noqa: SIM115 - closed when it has been sent
    for part in cast("Iterable[bytes]", response.streaming_content):
        spool.write(part)
    spool.seek(0)
    response.streaming_content = _parts(spool)


def _parts(spool: Any) -> Iterator[bytes]:
    with spool:
        while part := spool.read(64 * 1024):
            yield part
