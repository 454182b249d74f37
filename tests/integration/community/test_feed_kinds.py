"""Tables line by line, OpenActive with its deletions, and feeds from an address."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.management import CommandError, call_command

from tests.factories.cast import Cast
from thedeal.community.models import Activity, Document, FeedRun, Group, Source

DATA = Path(__file__).parents[2] / "data"
TABLE = """name,group,day,start time,end time,postcode,cost
Knit,St Mary's Hall,Tuesday,10:30,12:00,WN7 1AA,50p
,St Mary's Hall,Monday,10:30,12:00,WN7 1AA,free
Choir,St Mary's Hall,Friday,7pm,9pm,nowhere,free
"""


class Directory(BaseHTTPRequestHandler):
    """Serves what a test puts there."""

    held: ClassVar[dict[str, Any]] = {}

    def do_GET(self) -> None:
        """Answer."""
        found = self.held.get(self.path)
        if isinstance(found, str):
            self.send_response(302)
            self.send_header("Location", found)
            self.end_headers()
            return
        self.send_response(404 if found is None else 200)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def at() -> Iterator[str]:
    """Give the address of a directory on this machine."""
    Directory.held.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Directory)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def said(*words: str, **options: Any) -> str:
    """Give what the command says."""
    out = StringIO()
    call_command("feed", "import", *words, stdout=out, **options)
    return out.getvalue()


def page(*numbers: int) -> dict[str, Any]:
    """Give one page that is the whole feed."""
    held = [
        {"id": f"s{n}", "name": f"Table {n}", "contacts": [{"name": "Jean"}]}
        for n in numbers
    ]
    return {"total_pages": 1, "last_page": True, "contents": held}


def test_a_dry_run_of_a_table_says_what_each_line_would_do(cast: Cast, tmp_path: Path):
    path = tmp_path / "groups.csv"
    path.write_text(TABLE, encoding="utf-8")
    text = said(str(path), dry_run=True)
    one, two, three = (one.strip() for one in text.splitlines() if "  line " in one)
    assert one.startswith("line 2: Knit: added (St Mary's Hall; Tuesdays, ")
    assert two == "line 3: left out (Record without a name)"
    assert three.startswith("line 4: Choir: added")
    assert "Record without a name, left out: 1 (line 3)" in text
    assert "Postcode that is none, left out: 1 (line 4: Choir)" in text
    assert "Nothing was written" in text
    assert not Group.objects.filter(name="St Mary's Hall").exists()


def test_a_table_is_taken_and_taken_again(cast: Cast, tmp_path: Path):
    path = tmp_path / "groups.csv"
    path.write_text(TABLE, encoding="utf-8")
    said(str(path))
    path.write_text(TABLE.replace("50p", "£1"), encoding="utf-8")
    text = said(str(path), dry_run=True)
    assert "line 2: Knit: changed (Cost: 50p → £1.00)" in text
    assert "line 4: Choir: unchanged" in text
    row = Activity.objects.get(name="Knit")
    assert (row.cost_pence, row.sessions.get().rule) == (50, "FREQ=WEEKLY;BYDAY=TU")
    kept = Document.objects.get(source_ref=row.source_ref)
    assert kept.body["lines"][0]["cost"] == "50p"


def test_openactive_adds_and_takes_away_only_what_it_says(cast: Cast, tmp_path: Path):
    whole = json.loads((DATA / "openactive" / "page.json").read_text())
    path = tmp_path / "active.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    found = json.loads(said(str(path), "--json"))
    assert (found["read"], found["added"], found["ended"]) == (8, 4, 0)
    odd = {one["kind"]: one["count"] for one in found["oddities"]}
    assert odd["never here"] == 4
    source = Source.objects.get(key="active")
    assert source.licence == "CC BY 4.0" and not source.may_republish
    bowls = Activity.objects.get(name="Bowls Leagues")
    item = {"id": bowls.source_ref, "modified": 9, "state": "deleted", "kind": "s"}
    path.write_text(json.dumps({"items": [item], "next": "https://x.example/"}))
    found = json.loads(said(str(path), "--json"))
    assert (found["read"], found["ended"]) == (1, 1)
    bowls.refresh_from_db()
    assert bowls.state == "ended"
    others = Activity.objects.filter(source=source, state="live")
    assert others.count() == 3


def test_an_address_on_this_machine_is_refused_unless_an_operator_says(
    cast: Cast, at: str
):
    Directory.held["/services"] = page(1)
    with pytest.raises(CommandError, match="not one for web|not on the public"):
        said(f"{at}/services")
    assert "added: 1" in said(f"{at}/services", from_inside=True)
    assert FeedRun.objects.get().read_from == f"{at}/services"


def test_a_redirect_to_inside_is_refused_even_then(cast: Cast, at: str):
    Directory.held["/services"] = "http://localhost:5432/"
    with pytest.raises(CommandError, match="Port 5432 of localhost"):
        said(f"{at}/services", from_inside=True)


def test_what_one_fetch_lacks_is_missing_and_only_the_second_ends_it(
    cast: Cast, at: str
):
    for number, became in ((2, "added"), (1, "missing"), (1, "ended")):
        Directory.held["/services"] = page(*range(1, number + 1))
        found = json.loads(said(f"{at}/services", "--json", from_inside=True))
        assert found[became] == (2 if became == "added" else 1)
    states = dict(
        Activity.objects.filter(name__startswith="Table").values_list("name", "state")
    )
    assert states == {"Table 1": "live", "Table 2": "ended"}


def test_a_fetch_that_failed_between_ends_nothing(cast: Cast, at: str):
    def take() -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            said(f"{at}/services", "--json", from_inside=True)
        )
        return found

    Directory.held["/services"] = page(1, 2)
    take()
    Directory.held["/services"] = {**page(1), "total_pages": 9, "last_page": False}
    Directory.held["/services"] |= {"page_number": 1}
    for _ in range(3):
        assert take()["ended"] == 0
    assert not FeedRun.objects.first().is_complete
    assert Activity.objects.get(name="Table 2").state == "live"
