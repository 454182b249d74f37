"""Pages of a large list: counted once a minute, and cut without reading what is before."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import listings as made
from tests.integration.openreferral.test_asking import ROOT, makerfield
from thedeal.community.models import Activity
from thedeal.lib import logins
from thedeal.openreferral import counting

pytestmark = pytest.mark.django_db
__all__ = ["makerfield"]


@pytest.fixture
def many(makerfield, monkeypatch):
    """Four services, taken for a large list."""
    names = ("Knit", "Sew", "Sing", "Walk")
    made.group(makerfield, activities=[made.activity(name) for name in names])
    monkeypatch.setattr(counting, "FEW", 1)
    counting._TOTALS.clear()
    yield
    counting._TOTALS.clear()


def asked(client, **query):
    """Give a page of the services, and what the database was asked."""
    connection = connections[logins.alias()]
    with CaptureQueriesContext(connection) as seen:
        page = client.get(f"{ROOT}/services", {"per_page": 2, **query}).json()
    return page, [one["sql"] for one in seen.captured_queries]


def counts(statements: list[str]) -> int:
    return sum("COUNT(" in one.upper() for one in statements)


def test_a_large_list_is_counted_once_for_all_its_pages(client, many):
    (one, first), (two, second) = asked(client), asked(client, page=2)
    assert (one["total_items"], two["total_items"], two["last_page"]) == (4, 4, True)
    assert (counts(first), counts(second)) == (1, 0)
    ids = [service["id"] for page in (one, two) for service in page["contents"]]
    assert len(set(ids)) == 4 and ids == sorted(ids)


def test_another_question_is_counted_anew(client, many):
    asked(client)
    found, statements = asked(client, search="Sing")
    assert (found["total_items"], counts(statements)) == (1, 1)


def test_a_later_page_reads_the_rows_before_it_by_their_ids_alone(client, many):
    _, statements = asked(client, page=2)
    (skips,) = (one for one in statements if "OFFSET" in one)
    assert "provenance" not in skips and "description" not in skips


def test_after_a_minute_it_is_counted_again(client, many, monkeypatch):
    asked(client)
    Activity.objects.filter(name="Walk").update(state="ended")
    assert asked(client)[0]["total_items"] == 4
    monkeypatch.setattr(counting, "REMEMBERED_S", 0)
    assert asked(client)[0]["total_items"] == 3


def test_what_is_asked_once_in_a_while_is_forgotten(client, many, monkeypatch):
    monkeypatch.setattr(counting, "MOST_QUESTIONS", 1)
    asked(client)
    asked(client, minimum_age=1)
    assert len(counting._TOTALS) == 1


def test_a_small_list_is_counted_each_time(client, many, monkeypatch):
    monkeypatch.setattr(counting, "FEW", 5_000)
    asked(client)
    assert counts(asked(client)[1]) == 1
