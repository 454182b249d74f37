"""A link that somebody is shown opens for them: nobody is led to a closed door.

Everybody of the standing cast starts where they land and follows what each page offers
inside the house, step by step. What is downloaded, or ends the visit, is left alone.
"""

import html
import re
from collections import deque

import pytest

from tests.factories.cast import STANDING

MOST_PAGES = 40
_LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
# nobody shows these to everybody: some land on one, some on the other
STARTS = ("/", "/desk/", "/account/")
INSIDE = ("/desk/", "/board/", "/account/", "/mine/")
_NOT_FOLLOWED = ("/account/logout/", "/demo/")


@pytest.mark.slow
@pytest.mark.parametrize("who", STANDING)
def test_every_link_shown_opens(live, sessions, who):
    inside = ("/",) if who == "nobody" else INSIDE
    shown_on = {path: "where they land" for path in inside if path in STARTS}
    refused, waiting = {}, deque(shown_on)
    while waiting:
        path = waiting.popleft()
        answer = live.get(path, session=sessions.get(who))
        if answer.status not in (200, 302, 303) and path not in STARTS:
            refused[path] = f"{answer.status}, shown on {shown_on[path]}"
        for link in _links(answer.text):
            is_new = link not in shown_on and len(shown_on) < MOST_PAGES
            if is_new and link.startswith(inside):
                shown_on[link] = path
                waiting.append(link)
    assert not refused


def _links(page: str) -> list[str]:
    links = dict.fromkeys(html.unescape(link) for link in _LINK.findall(page))
    return [
        link
        for link in links
        if not link.startswith(_NOT_FOLLOWED) and not link.endswith((".pdf", ".csv"))
    ]
