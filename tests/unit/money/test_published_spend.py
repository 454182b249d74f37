"""Published spend: read as published, never added to ours."""

from decimal import Decimal

from thedeal.money.published_spend import care, outturn


def test_outturn_is_read_as_published():
    adults = {x.year: x.pounds for x in outturn() if x.service == "Adult social care"}
    assert adults["2011/12"] == 79_716_000
    assert adults["2017/18"] == 79_329_000
    assert len(adults) == 7


def test_care_by_age_adds_to_its_own_published_totals():
    kinds = [x for x in care() if x.age == "65 and over" and "Long term" in x.kind]
    total = next(x for x in kinds if x.kind.endswith("Total"))
    parts = [x for x in kinds if x is not total]
    assert sum((x.gross or Decimal(0) for x in parts), Decimal(0)) == total.gross
    assert sum((x.net for x in parts), Decimal(0)) == total.net


def test_the_outturn_and_the_return_agree_on_adult_care():
    spent = next(
        x for x in outturn() if (x.year, x.service) == ("2014/15", "Adult social care")
    )
    whole = next(x for x in care() if x.kind == "Adult Social Care")
    assert whole.net == spent.pounds
