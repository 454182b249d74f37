"""Bad input: whatever is sent, the answer is a clear 4xx (or a page), never a 500."""

import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.urls import NoReverseMatch, reverse

from tests.factories.live import Answer, House
from tests.walls import routes

TOKEN = "a" * 32
CSRF = {"Cookie": f"csrf={TOKEN}"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TEN_MB = 10 * 1024 * 1024
SKIPPED = {"account_logout", "openid_connect_login", "openid_connect_callback"}
HOSTILE = (
    "",
    "\x00",
    "\u202e\ufeff𝕏🫖" * 20,
    "9" * 400,
    "-1",
    "' or 1=1; --",
    "../../etc/passwd",
    "{{ 7 * 7 }}<script>alert(1)</script>",
    "2026-02-31",
    "x" * 20_000,
)
ODD_PATHS = (
    "/%00",
    "/%ff%fe/",
    "/..%2f..%2fetc/passwd",
    "/static/..%2f..%2fpyproject.toml",
    "/static/%2e%2e/%2e%2e/pyproject.toml",
    "/static/../../../../etc/passwd",
    "/.git/config",
    "/.env",
    "/the-gap/not-a-number/",
    "/desk/partners/..%2f..%2f/",
    "/t/" + "A" * 4000 + "/",
    "/t/%F0%9F%AB%96/",
    "/" + "a" * 6000,
    "/desk/words/%2e%2e/%2e%2e/secrets/",
    "/demo/as/%27%20or%201=1/",
)


@pytest.fixture(scope="session")
def live(live: House) -> House:
    """Ask from a place of our own, so that nobody else is told "too often"."""
    return replace(live, asks_from="127.0.0.9") if sys.platform == "linux" else live


class Forms(HTMLParser):
    """Reads the names of the fields of each form that posts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str]]] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field of it."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = given.get("method", "").lower() == "post"
            if self._is_inside:
                self.found.append((given.get("action", ""), set()))
        elif self._is_inside and given.get("name") and tag in FIELDS:
            self.found[-1][1].add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a form."""
        self._is_inside = self._is_inside and tag != "form"


FIELDS = {"input", "select", "textarea", "button"}


def _pages() -> list[str]:
    found = []
    for route in routes.everything():
        try:
            found.append(reverse(route.name, kwargs=route.arguments))
        except NoReverseMatch:
            continue
    return found


def _post(
    live: House, path: str, fields: dict[str, str], *, session: str | None
) -> Answer:
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, errors="surrogatepass")
    return live.ask(
        "POST", path, session=session, body=body.encode(), headers={**CSRF, **FORM}
    )


def _forms(live: House, page: str, session: str | None) -> list[tuple[str, set[str]]]:
    answer = live.get(page, session=session)
    if answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
        return []
    reader = Forms()
    reader.feed(answer.text)
    return [
        (action or page, names - {"csrfmiddlewaretoken"})
        for action, names in reader.found
        if names - {"csrfmiddlewaretoken"} and "/logout/" not in (action or page)
    ]


@pytest.mark.parametrize("who", ["nobody", "officer"])
def test_no_form_breaks_by_what_is_in_it(
    live: House, sessions: dict[str, str], who: str
):
    session, broken, tried = sessions.get(who), [], set()
    for page in _pages():
        for action, names in _forms(live, page, session):
            if (action, *sorted(names)) in tried or not action.startswith("/"):
                continue
            tried.add((action, *sorted(names)))
            for value in HOSTILE:
                answer = _post(
                    live, action, dict.fromkeys(names, value), session=session
                )
                if answer.status >= 500:
                    broken.append((action, value[:20], answer.headers["x-reference"]))
    assert len(tried) > 3
    assert broken == [], live.log()[-3000:]


def test_no_address_breaks_by_what_follows_its_question_mark(
    live: House, sessions: dict[str, str]
):
    names = ("q", "page", "postcode", "year", "from", "to", "near", "day", "sort", "at")
    broken = [
        (page, value[:20])
        for page in _pages()
        for value in ("\x00", "-1", "9" * 400, "𝕏\u202e", "%ff", "[]{}'\"<>")
        for query in ["&".join(f"{name}={quote(value)}" for name in names)]
        if live.get(f"{page}?{query}", session=sessions["officer"]).status >= 500
    ]
    assert broken == [], live.log()[-3000:]


@pytest.mark.parametrize("path", ODD_PATHS, ids=lambda path: path[:40])
def test_an_odd_address_is_refused(live: House, path: str):
    answer = live.get(path)
    assert answer.status == 302 or 400 <= answer.status < 500
    assert "root:" not in answer.text
    assert "[project]" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/account/login/", "/the-gap/try/idea/", "/t/x/"]
)
@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
    ],
)
def test_ten_megabytes_are_refused(live: House, path: str, kind: str):
    body = b"csrfmiddlewaretoken=" + TOKEN.encode() + b"&words=" + b"x" * TEN_MB
    answer = live.ask("POST", path, body=body, headers={**CSRF, "Content-Type": kind})
    assert 400 <= answer.status < 500


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "multipart/form-data"}, b"--x\r\n"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\nbroken"),
        ({"Content-Type": "application/x-www-form-urlencoded; charset=none"}, b"a=1"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=%ff%fe&" * 600),
        (
            {
                "Content-Type": "text/html; charset=\x80".encode("latin-1").decode(
                    "latin-1"
                )
            },
            b"a",
        ),
        ({"Cookie": "session=%00%ff; csrf=\x22"}, b"a=1"),
        ({"Host": "elsewhere.example"}, b"a=1"),
        ({"Accept-Language": "x" * 4000}, b"a=1"),
    ],
)
def test_a_broken_request_is_refused(live: House, headers: dict[str, str], body: bytes):
    for path in ("/account/login/", "/the-gap/try/idea/"):
        answer = live.ask("POST", path, body=body, headers=headers)
        assert 400 <= answer.status < 500, (path, headers)


@pytest.mark.parametrize(
    "method", ["BREW", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"]
)
def test_a_method_that_no_page_takes_is_refused(live: House, method: str):
    for path in ("/", "/account/login/", "/desk/", "/t/x/"):
        answer = live.ask(method, path)
        assert answer.status == 302 or 400 <= answer.status < 500, path


def test_no_answer_lets_another_site_in(live: House, sessions: dict[str, str]):
    for path in ("/", "/the-gap/", "/desk/", "/account/", "/board/money/"):
        headers = live.get(path, session=sessions["finance_officer"]).headers
        policy = headers["content-security-policy"]
        assert "'unsafe-inline'" not in policy, path
        assert "'unsafe-eval'" not in policy, path
        assert re.search(r"frame-ancestors 'none'", policy), path
        assert "access-control-allow-origin" not in headers, path
        assert headers["x-content-type-options"] == "nosniff", path


def test_a_page_about_people_is_kept_nowhere(live: House, sessions: dict[str, str]):
    for path in ("/desk/", "/account/", "/board/money/"):
        headers: dict[str, Any] = live.get(path, session=sessions["director"]).headers
        assert "no-store" in headers["cache-control"], path
