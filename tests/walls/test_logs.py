"""Nothing personal gets into a log, an error page or a letter's outside."""

import json
from typing import Any

from tests.factories.live import House

PLANTED = 20  # at least so many models had a row to log


def test_one_row_of_every_model_in_the_log_tells_nothing(
    live: House, planted: dict[str, Any]
):
    said = live.module("tests.walls.log_rows", login="tests")
    lines = [json.loads(line) for line in said.splitlines()]
    assert len(lines) > PLANTED
    assert planted["mark"] not in said.lower()
    assert ".example" not in said


def test_what_was_sent_to_us_is_not_in_the_log(live: House, planted: dict[str, Any]):
    mark = planted["mark"]
    for path in (f"/{mark}/", f"/t/{mark}/", f"/the-gap/?q={mark}", f"/desk/{mark}/"):
        live.get(path)
    live.ask("POST", "/account/login/", body=f"login={mark}".encode())
    assert mark not in live.log()


def test_a_page_that_is_not_there_repeats_nothing(live: House):
    answer = live.get("/%3Cscript%3Equoxmere%3C/script%3E/")
    assert answer.status == 404
    assert "<script>quoxmere" not in answer.text
    assert answer.headers["x-reference"] in answer.text
