"""A worker's afternoon on the real logins: nothing is in the way, nothing leaks."""

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.factories.live import Answer, House

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(scope="module")
def made(live: House) -> dict[str, Any]:
    """Give what Amina made with Edna, with every job done."""
    said = live.once(
        "dealing", lambda: live.module("tests.factories.dealing", login="staff")
    )
    found: dict[str, Any] = json.loads(said)
    live.do_jobs()
    return found


def tap(live: House, token: str, **typed: str) -> Answer:
    """Open a one-tap link as anyone would, then choose."""
    page = live.get(f"/t/{token}/")
    assert page.status == 200, page.text
    cookie = page.headers["set-cookie"].split(";")[0]
    found = TOKEN.search(page.text)
    assert found
    body = urlencode({"csrfmiddlewaretoken": found[1], **typed}).encode()
    return live.ask(
        "POST",
        f"/t/{token}/",
        body=body,
        headers={
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"{live.address}/t/{token}/",
        },
    )


def token_for(live: House, purpose: str, made: dict[str, Any]) -> str:
    """Make the newest link of a purpose one that we know, as its letter would say."""
    said = live.command(
        "shell",
        "-c",
        "from thedeal.lib import links;"
        "from thedeal.messages.models import OneTapLink as L;"
        f"k=L.objects.filter(purpose='{purpose}', person_id='{made['person']}');"
        "k=k.order_by('-created_at').first();"
        "t=links.new_token();k.digest=links.digest(t);k.save();print('='+t)",
        login="tests",
    )
    return said.rpartition("=")[2].strip()


TAPS = (
    ("deals.introduction", "yes", "Ask for Bev"),
    ("deals.agree", "agree", ""),
    ("deals.door", "have", "Priya, tomorrow at 10"),
)


def test_taps_are_taken_with_nobody_signed_in(live: House, made: dict[str, Any]):
    for purpose, choice, note in TAPS:
        token = token_for(live, purpose, made)
        answer = tap(live, token, choice=choice, note=note)
        assert answer.status == 200, f"{purpose}: {answer.text}"
        assert "Thank you" in answer.text
    live.do_jobs()
    with live.connect("all") as everything:

        def one(query: str, key: str) -> Any:
            return everything.execute(query, [made[key]]).fetchone()

        assert one(
            "select how, written_by_id from deals_agreement where version_id = %s",
            "version",
        ) == ("by link", None)
        assert one("select state from deals_lawdoor where id = %s", "request") == (
            "received",
        )
        assert one(
            "select state from deals_introduction where person_id = %s", "person"
        ) == ("yes",)
        # 2, 8 and 26 weeks for the deal, and again for the introduction
        assert one(
            "select count(*) from deals_followup where person_id = %s", "person"
        ) == (6,)
