"""The board's money pages: they open for who may, and say what they must."""

import csv
import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.integration.money.test_packages_and_ledger import EXPORT
from thedeal.board.views import appraisal
from thedeal.demo.actions.borough import build_borough
from thedeal.demo.actions.money import build_money
from thedeal.lib import paper
from thedeal.money.actions import questions
from thedeal.money.models import LedgerLine, Package, Question, Signature

PAGES = (
    "",
    "spend/",
    "packages/",
    "ledger/",
    "did-it-work/",
    "demand/",
    "case/",
    "gap/",
)


@pytest.fixture
def made_up(cast):
    build_borough(tell=lambda _line: None)
    build_money(tell=lambda _line: None)


@pytest.mark.slow
def test_finance_opens_every_page_of_a_borough_with_money(made_up, signed_in):
    client = signed_in("finance_officer")
    for page in PAGES:
        assert client.get(f"/board/money/{page}").status_code == 200, page
    told = client.get("/board/money/demand/").content.decode()
    assert "How wrong it would have been" in told
    assert "years were inside its range" in told


@pytest.mark.slow
def test_every_chart_has_its_figures_as_a_file(made_up, signed_in):
    client = signed_in("auditor")
    for name in ("weekly.csv", "neighbourhoods.csv", "demand.csv", "ledger.csv"):
        answer = client.get(f"/board/money/{name}")
        text = answer.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) > 7, name
        assert len({len(row) for row in rows[1:]}) == 1, name
    assert "UNVERIFIED: " in client.get("/board/money/demand.csv").content.decode()


def test_published_spend_is_shown_with_its_source_and_never_as_made_up(signed_in):
    client = signed_in("finance_officer")
    page = client.get("/board/money/spend/").content.decode()
    assert "£79,329,000" in page
    assert "PSSEX1" in page
    assert "At 2017/18 prices" in page
    assert "£108m" in page or "£108 million" in page
    file = client.get("/board/money/spend.csv").content.decode("utf-8-sig")
    assert file.startswith("year,service")
    assert "2017/18,Adult social care,79329000,79329000" in file


@pytest.mark.slow
def test_the_demo_builds_the_same_money_twice(made_up, signed_in):
    found = {q.who: questions.work_out(q).figures for q in Question.objects.all()}
    assert found["moved"]["compared"]["grade"] == 3
    assert found["moved"]["before_after"]["count"] >= 30
    assert found["joined"]["compared"] is None
    moved = Question.objects.get(who="moved")
    page = signed_in("auditor").get(f"/board/money/did-it-work/{moved.pk}/")
    assert "would have come with no help at all" in page.content.decode()
    count = Package.objects.count()
    build_money(tell=lambda _line: None)
    assert Package.objects.count() == count
    assert Signature.objects.count() < LedgerLine.objects.count()


@pytest.mark.parametrize(
    "who", ["worker", "councillor", "administrator", "caldicott_guardian"]
)
def test_others_of_the_council_see_no_money(signed_in, who):
    assert signed_in(who).get("/board/money/").status_code == 403


def test_another_council_sees_none_of_ours(signed_in):
    assert signed_in("other_authority").get("/board/money/").status_code == 403


def test_an_export_is_tried_before_it_is_taken_in(signed_in):
    client = signed_in("finance_officer")

    def send(**button):
        upload = SimpleUploadedFile("e.csv", EXPORT.encode(), "text/csv")
        form = {"export": upload, "price_base": "2024/25", **button}
        return client.post("/board/money/packages/take-in/", form)

    tried = send()
    assert "All 2 lines are right" in tried.content.decode()
    assert not Package.objects.exists()
    assert send(take_in="yes").status_code == 302
    assert Package.objects.count() == 2


CASE = {
    "title": "A walking group",
    "years": 3,
    "price_base": 2024,
    "rules": "green-book-2026",
    "costs-TOTAL_FORMS": 1,
    "costs-INITIAL_FORMS": 0,
    "costs-0-title": "A worker",
    "costs-0-pounds": "£10,000; 10,000; 10,000",
    "outcomes-TOTAL_FORMS": 1,
    "outcomes-INITIAL_FORMS": 0,
    "outcomes-0-title": "Fewer falls",
    "outcomes-0-pot": "fiscal",
    "outcomes-0-people": "20",
    "outcomes-0-success": "0.2, 0.3, 0.5",
    "outcomes-0-unit_value": "£900",
    "outcomes-0-evidence_grade": 1,
}


def test_a_case_is_worked_out_without_yaml(signed_in):
    page = signed_in("finance_officer").post("/board/money/case/", CASE)
    text = page.content.decode()
    assert "present value of costs" in text
    assert "A walking group" in text
    assert "UNVERIFIED" in text
    bad = page.client.post("/board/money/case/", {**CASE, "outcomes-0-people": "x"})
    assert "Give one number, or three" in bad.content.decode()
    assert "A walking group" in bad.content.decode()  # nothing typed is lost


def test_a_case_on_paper_says_what_nobody_measured(signed_in, monkeypatch):
    printed = {}

    def pdf(template, data):
        printed.update(data)
        return paper.pdf(template, data)

    monkeypatch.setattr(appraisal, "paper", SimpleNamespace(pdf=pdf))
    client = signed_in("finance_officer")
    sheet = client.post("/board/money/case/", CASE | {"paper": "yes"})
    assert sheet.content.startswith(b"%PDF")
    assert any(w.startswith("UNVERIFIED") for w in printed["warnings"])
    assert any(line.startswith("UNVERIFIED") for line in printed["stands_on"])


def test_a_line_is_added_signed_and_corrected_on_the_pages(signed_in, cast):
    writer, signer = signed_in("commissioner"), signed_in("finance_officer")
    council = cast.mei.memberships.get().organisation
    form = {
        "title": "Street lights",
        "how_worked_out": "Bills before and after.",
        "kind": "cash",
        "budget": str(council.pk),
        "service": "Streets",
        "yearly": "£1,000,000",
        "first_year": 2026,
        "taper": "0.5, 1",
        "is_lasting": "on",
        "evidence_grade": 3,
        "measure": "lighting bill",
    }
    page = writer.post("/board/money/ledger/add/", form, follow=True)
    line = LedgerLine.objects.get()
    assert "somebody else in finance" in page.content.decode()
    assert signer.post(f"/board/money/ledger/{line.pk}/sign/").status_code == 302
    fresh = {**form, "yearly": "900000"}
    writer.post(f"/board/money/ledger/{line.pk}/correct/", fresh)
    old = writer.get(f"/board/money/ledger/{line.pk}/").content.decode()
    assert "newer line stands in this one" in old
