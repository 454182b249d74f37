"""Finds an address for every page: by following links as a reader would.

Each of the readers starts where they land; a page is opened once for each name of an
address that nobody has opened yet, and what it links to is looked at. So a page with an
argument (a person, a talk, a group) is found with a row that the demo made.
"""

import html
import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.factories.live import House

# who is asked first: whoever is not signed in, then those who may do most
READERS = (
    "nobody",
    "worker",
    "finance_officer",
    "administrator",
    "caldicott_guardian",
    "directory_editor",
    "records_manager",
    "resident",
    "organiser",
)
# the foot of each page leads to the last by a redirect, which is not followed
STARTS = ("/", "/demo/", "/desk/", "/account/", "/mine/", "/account/login/code/")
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
NOT_FOLLOWED = ("/account/logout/", "/static/")
MOST_TRIES = 3  # addresses of one name, where the first do not open


def walk(live: House, sessions: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Give for each name of an address who opened it, and where."""
    opened: dict[str, tuple[str, str]] = {}
    for who in READERS:
        _walk_as(who, live, sessions, opened)
    return opened


def _walk_as(
    who: str,
    live: House,
    sessions: dict[str, str],
    opened: dict[str, tuple[str, str]],
) -> None:
    waiting, seen = deque(STARTS), set(STARTS)
    own: dict[str, int] = {}
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        if own.get(name, 0) >= MOST_TRIES:
            continue
        own[name] = own.get(name, 0) + 1
        answer = live.get(path, session=sessions.get(who))
        if answer.status != 200 or not is_page(answer.headers):
            continue
        opened.setdefault(name, (who, path))
        own[name] = MOST_TRIES
        for link in _links(answer.text):
            key = urlsplit(link).path
            if key not in seen:
                seen.add(key)
                waiting.append(link)


def name_of(address: str) -> str:
    """Give the name of the address that answers this path, or "" where none does."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def is_page(headers: dict[str, str]) -> bool:
    """Whether an answer is a page of HTML."""
    return headers.get("content-type", "").startswith("text/html")


def _links(page: str) -> Iterator[str]:
    for link in dict.fromkeys(LINK.findall(page)):
        address = html.unescape(link)
        if name_of(address) and not address.startswith(NOT_FOLLOWED):
            yield address
