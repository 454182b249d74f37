"""One person's support on the board, and what residents say back of the gap."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from tests.integration.money.test_gap import council, lights, tell  # noqa: F401 fixtures
from thedeal.money.models import Change, Option, OptionAnswer, Package
from thedeal.money.savings import OwnView
from thedeal.publishing.actions.gap import publish_gap

TERMS = {
    "person_reference": "M7",
    "reference": "P7",
    "kind": "home care",
    "gross_weekly": "£1,000.00",
    "contribution_weekly": "",
    "health_weekly": "",
    "price_base": "2024/25",
    "starts_on": "2025-04-07",
    "ends_on": "",
}


@pytest.fixture
def finance(signed_in):
    return signed_in("finance_officer")


def entered(client, **changes):
    return client.post("/board/money/packages/enter/", TERMS | changes)


def test_a_package_is_entered_changed_and_seen_in_the_persons_own_view(finance):
    page = entered(finance)
    package = Package.objects.get()
    assert page.url == f"/board/money/packages/{package.pk}/"
    after = {
        "after-reference": "P7b",
        "after-kind": "home care",
        "after-gross_weekly": "17",
        "after-price_base": "2024/25",
        "after-starts_on": "2025-10-06",
    }
    why = {"why": "community", "happened_on": "2025-10-06", "follows": "1"}
    finance.post(f"{page.url}change/", why | after)
    changed = Change.objects.get()
    assert changed.after.gross_weekly == Decimal(17)
    assert package.pk == changed.before_id
    assert "Nobody has asked yet" in finance.get(page.url).content.decode()
    view = {"view": "right", "words": "", "asked_on": "2025-12-01"}
    finance.post(f"/board/money/changes/{changed.pk}/own-view/", view)
    changed.refresh_from_db()
    assert changed.own_view == OwnView.RIGHT
    assert changed.own_view_asked_on == dt.date(2025, 12, 1)
    assert "983" in finance.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"gross_weekly": "-5"}, "cost"),
        ({"gross_weekly": "€40"}, "pound"),
        ({"ends_on": "2025-01-01"}, "before"),
        ({"price_base": "last year"}, "financial year"),
    ],
)
def test_what_cannot_be_right_says_why_and_keeps_what_was_typed(finance, typed, told):
    page = entered(finance, **typed).content.decode()
    assert told in page
    assert 'value="P7"' in page
    assert not Package.objects.exists()


def test_words_of_a_person_nobody_joined_are_not_kept(finance):
    page = entered(finance)
    why = {"why": "reviewed", "happened_on": "2025-10-06"}
    finance.post(f"{page.url}change/", why)
    view = {"view": "partly", "words": "It is quiet.", "asked_on": "2025-12-01"}
    changed = Change.objects.get()
    answer = finance.post(f"/board/money/changes/{changed.pk}/own-view/", view)
    assert "Join this package" in answer.content.decode()
    assert "It is quiet." in answer.content.decode()


def test_an_auditor_reads_and_changes_nothing(signed_in, finance):
    page = entered(finance).url
    auditor = signed_in("auditor")
    assert auditor.get(page).status_code == 200
    assert auditor.get(f"{page}change/").status_code == 403
    assert entered(auditor).status_code == 403


def test_an_idea_is_answered_for_all_to_read(finance, cast, council, lights):  # noqa: F811
    publish_gap(tell(cast, council), by=cast.mei)
    Client().post("/the-gap/try/idea/", {"words": "Ask Mrs Tyrer at number 9."})
    option = Option.objects.get()
    assert "Mrs Tyrer" in finance.get("/board/money/gap/voices/").content.decode()
    said = {
        "told": "Ask neighbours first",
        "verdict": "looking",
        "yearly_pounds": "£2,000",
        "answer": "We are asking in June.",
    }
    finance.post(f"/board/money/gap/voices/{option.pk}/", said)
    page = Client().get("/the-gap/try/").content.decode()
    assert "Ask neighbours first" in page
    assert "Mrs Tyrer" not in page
    chosen = f"resident-{OptionAnswer.objects.get().pk}"
    tried = Client().post("/the-gap/try/", {"choice": [chosen]}).content.decode()
    assert "£2,000 (between £2,000 and £2,000)" in tried
    assert "1 of these figures nobody has measured" in tried
    again = finance.post(f"/board/money/gap/voices/{option.pk}/", said)
    assert again.status_code == 404
    assert OptionAnswer.objects.count() == 1


def test_the_council_sees_how_a_telling_was_understood(finance, cast, council, lights):  # noqa: F811
    publish_gap(tell(cast, council), by=cast.mei)
    right = {"left": "still", "cash": "lasting", "cuts": "never"}
    for given in (right, right, right | {"cuts": "always"}):
        Client().post("/the-gap/understood/", given)
    page = finance.get("/board/money/gap/voices/").content.decode()
    assert "67%" in page
