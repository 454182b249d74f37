"""Whole cases: the published worked examples, a pencil case, and what never holds."""

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from thedeal.lib.errors import UserFacingError
from thedeal.money.appraisal.report import run_case

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "appraisal"
PUBLISHED = 5e-7  # the published figures are printed to six places

PENCIL = {
    "title": "Pencil",
    "rules": "green-book-2026",
    "price_base": 2024,
    "years": 3,
    "optimism": "gm-2014",
    "draws": 200,
    "costs": [{"title": "Worker", "pounds": [100, 100], "grade": 2}],
    "outcomes": [
        {
            "title": "Visits",
            "pot": "fiscal",
            "people": 10,
            "engaged": 0.5,
            "success": 0.4,
            "unit_value": 200,
            "additionality": {"deadweight": 0.25},
            "profile": [0, 1],
            "drop_off": 0.5,
            "grade": 3,
            "shares": {"council": 0.75, "nhs": 0.25},
            "cashable": {
                "council": {"central": 0.8, "from_year": 2, "signed_by": "Finance"}
            },
        }
    ],
}


def worked(case, entries, **changes):
    return run_case(yaml.safe_dump({**case, **changes}), entries=entries)


def test_pencil_case(entries):
    report = worked(PENCIL, entries)
    # 10 x 0.5 x 0.4 x £200 = £400; x 0.75 net = £300; grade 3 takes a tenth: £270,
    # then half as much the year after. Costs of £100 carry a twentieth.
    assert [row["fiscal"] for row in report.by_year] == pytest.approx([0, 270, 135])
    assert [row["cost"] for row in report.by_year] == pytest.approx([105, 105, 0])
    assert [row["cash"] for row in report.by_year] == pytest.approx([0, 0, 81])
    figures = report.figures
    fiscal = 270 / 1.035 + 135 / 1.035**2
    cost = 105 + 105 / 1.035
    assert figures["present value of fiscal benefit"].central == pytest.approx(fiscal)
    assert figures["present value of costs"].central == pytest.approx(cost)
    assert figures["net present budget impact"].central == pytest.approx(cost - fiscal)
    assert figures["financial return"].central == pytest.approx(fiscal / cost)
    assert figures["cash to council"].central == pytest.approx(81 / 1.035**2)
    assert figures["fiscal benefit to nhs"].central == pytest.approx(fiscal / 4)
    assert report.payback_year == 1
    assert report.chance_pays_back == 1


def example(name, entries):
    return run_case((EXAMPLES / name).read_text(), entries=entries)


def test_published_optimism_and_tax_example(entries):
    report = example("optimism_and_tax.yaml", entries)
    figures = report.figures
    assert figures["present value of costs"].central == pytest.approx(132)
    assert figures["public value, all three pots"].central == pytest.approx(
        180.357670, abs=PUBLISHED
    )
    assert figures["net present value"].central == pytest.approx(
        48.357670, abs=PUBLISHED
    )
    assert any(w.startswith("OLDER EDITION") for w in report.warnings)
    assert any("The 2026 edition has none" in w for w in report.warnings)


def test_published_capital_example(entries):
    figures = example("capital_half_mitigated.yaml", entries).figures
    said = {
        "present value of costs": 293.646979,
        "public value, all three pots": 171.239767,
        "net present value": -122.407212,
    }
    for name, pounds in said.items():
        assert figures[name].central == pytest.approx(pounds, abs=PUBLISHED)


def test_published_wellbeing_example_is_never_cash(entries):
    figures = example("wellbeing_alone.yaml", entries).figures
    assert figures["wellbeing"].central == 500
    worth = figures["value of wellbeing, not discounted"]
    assert round(worth.central) == 8_013_957
    assert figures["public value, all three pots"].central == 0
    assert figures["cash that leaves budgets"].central == 0


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_example_runs_and_marks_what_is_unverified(path, entries):
    report = run_case(path.read_text(), entries=entries, today=dt.date(2026, 11, 23))
    text, body = report.as_text(), json.loads(report.as_json())
    guesses = [p for p in report.parameters if p.status == "unverified"]
    assert guesses
    for each in report.parameters:
        assert each.title in text
    for each in guesses:
        assert f"UNVERIFIED {each.title}" in text
        assert any(each.key in w for w in body["warnings"])
    assert all({"unit", "source", "status"} <= set(p) for p in body["parameters"])
    assert len(body["parameters"]) == len(report.parameters)
    assert body["is_made_up"] is True


def test_the_same_case_gives_the_same_bytes(entries):
    name = "community_instead_of_day_care.yaml"
    assert example(name, entries).as_json() == example(name, entries).as_json()


def test_order_of_lines_is_immaterial(entries):
    raw = yaml.safe_load((EXAMPLES / "community_instead_of_day_care.yaml").read_text())
    backwards = {**raw, "outcomes": raw["outcomes"][::-1]}
    one = worked(raw, entries).figures
    other = worked(backwards, entries).figures
    for name, figure in one.items():  # sums in another order differ by rounding alone
        assert other[name].low == pytest.approx(figure.low, rel=1e-12)
        assert other[name].central == pytest.approx(figure.central, rel=1e-12)


def test_a_parameter_past_its_review_date_is_said(entries):
    text = (EXAMPLES / "wellbeing_alone.yaml").read_text()
    late = run_case(text, entries=entries, today=dt.date(2030, 1, 1))
    assert any(w.startswith("PAST ITS REVIEW DATE") for w in late.warnings)
    early = run_case(text, entries=entries, today=dt.date(2026, 11, 23))
    assert not any(w.startswith("PAST") for w in early.warnings)


def test_weak_evidence_of_wellbeing_is_not_valued(entries):
    raw = yaml.safe_load((EXAMPLES / "wellbeing_alone.yaml").read_text())
    raw["wellbeing"][0]["evidence_grade"] = 1
    report = worked(raw, entries)
    assert report.figures["wellbeing"].central == 500
    assert not any("value of wellbeing" in name for name in report.figures)
    assert any("not valued in pounds" in w for w in report.warnings)


@settings(max_examples=25)
@given(st.floats(0, 0.99), st.floats(0, 0.99))
def test_more_deadweight_never_raises_value(entries, one, other):
    less, more = sorted((one, other))
    values = []
    for share in (less, more):
        raw = dict(PENCIL["outcomes"][0], additionality={"deadweight": share})
        report = worked(PENCIL, entries, outcomes=[raw], draws=1)
        values.append(report.figures["net present value"].central)
    assert values[1] <= values[0] + 1e-9


@settings(max_examples=25)
@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=4))
def test_splitting_between_agencies_conserves_the_total(entries, weights):
    shares = {f"agency {i}": w / sum(weights) for i, w in enumerate(weights)}
    raw = {k: v for k, v in PENCIL["outcomes"][0].items() if k != "cashable"}
    report = worked(PENCIL, entries, outcomes=[{**raw, "shares": shares}], draws=20)
    parts = [f.central for n, f in report.figures.items() if "fiscal benefit to" in n]
    whole = report.figures["present value of fiscal benefit"].central
    assert sum(parts) == pytest.approx(whole, rel=1e-9)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rules": "green-book-1066"}, "no rule set"),
        ({"rules": "green-book-2026", "tax_uplift": True}, "no uplift"),
        ({"years": 0}, "whole number"),
        ({"price_base": 2050}, "no price index"),
        ({"discount": 0.1}, "words we do not know: discount"),
        ({"optimism": "gm-1999"}, "no optimism ladder"),
        ({"costs": [{"pounds": [-5]}]}, "never negative"),
        ({"costs": [{"pounds": [1, 2, 3, 4]}]}, "the case has 3"),
        ({"costs": [{"pound": [1]}]}, "do not know pound"),
        ({"costs": [], "outcomes": []}, "empty"),
        ({"outcomes": PENCIL["outcomes"] * 2}, "counted twice"),
        ({"outcomes": [{"title": "x", "pot": "magic"}]}, "pot is one of"),
        ({"outcomes": [{"pot": "social", "unit_value": 1}]}, "happened anyway"),
    ],
)
def test_a_wrong_case_is_refused_with_a_sentence(entries, changes, sentence):
    with pytest.raises(UserFacingError, match=sentence):
        worked(PENCIL, entries, **changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"engaged": 1.5}, "out of range"),
        ({"unit_cost": "ZZ9"}, "no unit cost ZZ9"),
        ({"cashable": {"council": {"central": 0.5}}}, "who in council's finance"),
        ({"cashable": {"police": {"central": 1, "signed_by": "F"}}}, "police can be"),
        ({"shares": {"council": 0.5}}, "add up to 1"),
        ({"profile": [0, 2]}, "between 0 and 1"),
        ({"pounds": [1]}, "not both"),
        ({"additionality": "hopeful"}, "no set of additionality"),
        ({"evidence_grade": 9}, "Maryland"),
        ({"drop_off": -0.1}, "between 0 and 1"),
    ],
)
def test_a_wrong_outcome_is_refused_with_a_sentence(entries, changes, sentence):
    raw = {**PENCIL["outcomes"][0], **changes}
    with pytest.raises(UserFacingError, match=sentence):
        worked(PENCIL, entries, outcomes=[raw])


@pytest.mark.parametrize("text", ["", "- a list", "title: [unclosed"])
def test_text_that_is_no_case_is_refused(entries, text):
    with pytest.raises(UserFacingError):
        run_case(text, entries=entries)
