"""What a feed would change is told in words, with what was and what would be."""

from typing import Any

import pytest

from tests.integration.community.test_feed_import import service, take
from thedeal.community.models import Activity, FeedRun, Group

pytestmark = pytest.mark.django_db
__all__ = ["take"]
CODED = "Table 1: description"


def told(name: str = "Table 1") -> list[tuple[str, str, str]]:
    """Give what the last reading's lines say of a record."""
    lines = FeedRun.objects.all()[0].lines
    (mine,) = (one for one in lines if one["record"].endswith(name))
    said: list[dict[str, Any]] = mine["differs"]
    return [(f"{d['about']}|{d['field']}", d["was"], d["now"]) for d in said]


def test_a_field_is_told_as_people_say_it_and_by_code_to_programs(take):
    take(service())
    found = take(service(description="Bring nothing."))
    assert found["records"][0]["detail"] == CODED
    was = "Bring what is on your needles."
    assert told() == [("|What happens", was, "Bring nothing.")]


def test_a_long_text_is_cut_to_what_differs(take):
    same = "We meet each week and we talk of anything. " * 20
    take(service(description=f"{same}Bring wool."))
    take(service(description=f"{same}Bring tea. {same}"))
    ((_, was, now),) = told()
    assert was.startswith("…") and was.endswith("Bring wool.")
    assert "Bring tea." in now and now.endswith("…") and len(now) < 110


def test_a_contact_is_named_and_never_shown(take):
    take(service())
    contacts = [{"name": "Bo", "phones": [{"number": "01632 960001"}]}]
    found = take(service(contacts=contacts))
    assert found["records"][0]["detail"] == "contact"
    assert told() == [("|Whom to ask", "", "")]


def test_a_sensitive_place_is_named_and_never_shown(take):
    take(service())
    Group.objects.filter(source_ref="hall").update(is_sensitive=True)
    Activity.objects.filter(name="Table 1").update(is_sensitive=True)
    take(service(description="Now at 9 Rose Street."))
    assert told() == [("|What happens", "", "not shown here")]


def test_a_new_name_is_told_of_its_own_record(take):
    take(service(1), service(2))
    take(service(1, name="Table one"), service(2, description="Bring tea."))
    assert told("Table one") == [("Table 1|Name", "Table 1", "Table one")]
    ((what, _, now),) = told("Table 2")
    assert (what, now) == ("|What happens", "Bring tea.")
