"""Numbers worked out elsewhere, by their names in the practice notes: T1 to T5, T11, T12.

Each figure is written out here, so that a definition changed by mistake is found.
"""

import pytest

from thedeal.lib import definitions, disclosure
from thedeal.money.parameters import from_entry
from thedeal.residents import benchmarks, measures

# T1, the whole table of section 3.6
SWEMWBS = [
    "7",
    "7.00",
    "8",
    "9.51",
    "9",
    "11.25",
    "10",
    "12.40",
    "11",
    "13.33",
    "12",
    "14.08",
    "13",
    "14.75",
    "14",
    "15.32",
    "15",
    "15.84",
    "16",
    "16.36",
    "17",
    "16.88",
    "18",
    "17.43",
    "19",
    "17.98",
    "20",
    "18.59",
    "21",
    "19.25",
    "22",
    "19.98",
    "23",
    "20.73",
    "24",
    "21.54",
    "25",
    "22.35",
    "26",
    "23.21",
    "27",
    "24.11",
    "28",
    "25.03",
    "29",
    "26.02",
    "30",
    "27.03",
    "31",
    "28.13",
    "32",
    "29.31",
    "33",
    "30.70",
    "34",
    "32.55",
    "35",
    "35.00",
]
TABLE = list(zip(map(int, SWEMWBS[::2]), map(float, SWEMWBS[1::2]), strict=True))


def asked(name, answers):
    """Give each figure of a measure, by its part."""
    definition = definitions.get(f"measures/instruments.{name}").value
    found = measures.score(name, definition, answers, is_registered=True)
    return {figure.part: (figure.value, figure.band) for figure in found}


def ids(name):
    """Give the ids of a measure's questions, in order."""
    asked_of = definitions.get(f"measures/instruments.{name}").value["questions"]
    return [question["id"] for question in asked_of]


@pytest.mark.parametrize(("raw", "metric"), TABLE)
def test_t1_swemwbs_every_line_of_the_table(raw, metric):
    spread = [raw // 7 + (place < raw % 7) for place in range(7)]
    given = asked("swemwbs", dict(zip(ids("swemwbs"), spread, strict=True)))
    band = "low" if raw <= 21 else ("medium" if raw <= 30 else "high")
    assert given == {"metric": (metric, band)}


@pytest.mark.parametrize(
    ("score", "others", "anxious"),
    [
        (0, "low", "very low"),
        (1, "low", "very low"),
        (2, "low", "low"),
        (3, "low", "low"),
        (4, "low", "medium"),
        (5, "medium", "medium"),
        (6, "medium", "high"),
        (7, "high", "high"),
        (8, "high", "high"),
        (9, "very high", "high"),
        (10, "very high", "high"),
    ],
)
def test_t2_ons4_every_band(score, others, anxious):
    given = asked("ons4", dict.fromkeys(ids("ons4"), score))
    assert given == {
        "satisfaction": (score, others),
        "worthwhile": (score, others),
        "happy": (score, others),
        "anxious": (score, anxious),
    }


def test_t2_the_countrys_means_are_as_they_were_published():
    table = definitions.get("measures/benchmarks.ons4_uk").table
    rows = {year: list(means.values()) for year, means in table["years"].items()}
    assert rows == {
        2021: [7.39, 7.71, 7.32, 3.31],
        2022: [7.54, 7.77, 7.45, 3.12],
        2023: [7.45, 7.73, 7.39, 3.23],
    }
    assert list(table["years"][2023]) == ids("ons4")
    assert table["survey"] == "Annual Population Survey"


def test_t2_the_newest_mean_says_whose_it_is_and_there_is_none_of_other_measures():
    found = benchmarks.newest("anxious")
    assert found is not None
    assert (found.mean, found.year) == (3.23, 2023)
    assert found.survey == "Annual Population Survey"
    assert benchmarks.newest("indirect") is None


@pytest.mark.parametrize(
    ("three", "indirect"),
    [
        ((1, 1, 1), (3, "under 6")),
        ((2, 2, 2), (6, "6 or more")),
        ((3, 3, 3), (9, "6 or more")),
        ((None, 3, 3), (None, "")),
        ((3, "", 3), (None, "")),
    ],
)
def test_t3_the_three_loneliness_questions(three, indirect):
    names = ("companionship", "left_out", "isolated")
    given = asked("loneliness", dict(zip(names, three, strict=True)))
    assert given["indirect"] == indirect


@pytest.mark.parametrize(
    ("six", "total", "emotional", "social"),
    [
        ("no no no yes yes yes", (0, "not lonely"), 0, 0),
        ("more more more more more more", (6, "severe"), 3, 3),
        ("yes no no yes yes no", (2, "moderate"), 1, 1),
        ("- - no yes yes yes", (None, ""), None, 0),
        ("- no no yes yes yes", (0, "not lonely"), None, 0),
    ],
)
def test_t4_de_jong_gierveld(six, total, emotional, social):
    words = {"more": "more or less", "-": None}
    answers = [words.get(each, each) for each in six.split()]
    given = asked("djg6", dict(zip(ids("djg6"), answers, strict=True)))
    assert given["total"] == total
    assert (given["emotional"][0], given["social"][0]) == (emotional, social)


@pytest.mark.parametrize(
    ("three", "total"),
    [
        (("Strongly agree",) * 3, 0),
        (("Strongly disagree",) * 3, 12),
        (("Agree", "Disagree", "Neutral"), 6),
        (("Agree", None, "Neutral"), None),
    ],
)
def test_section_3_5_the_campaigns_three_statements(three, total):
    given = asked("cel", dict(zip(ids("cel"), three, strict=True)))
    assert given == {"total": (total, "")}


def test_section_3_5_the_middle_one_is_printed_the_other_way_round():
    first, middle, last = definitions.get("measures/instruments.cel").value["questions"]
    assert first["answers"] == last["answers"] == middle["answers"][::-1]


def test_t5_wellbys():
    wellby = from_entry(definitions.get("money/wellby.standard"))
    assert 0.2 * wellby.value == pytest.approx(2600)
    assert 1 * 100 * 5 * wellby.value == pytest.approx(6_500_000)


@pytest.mark.parametrize(
    ("people", "shown"),
    [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (17, "15")]
    + [(18, "20")],
)
def test_t11_small_numbers(people, shown):
    assert str(disclosure.count(people)) == shown


def test_t11_a_mean_over_seven_is_hidden_and_over_eight_is_shown():
    assert disclosure.mean([6.0] * 7) is None
    assert disclosure.mean([6.0] * 8) == 6.0


@pytest.mark.parametrize("number", ["9434765919", "9912003888", "9000000009"])
def test_t12_nhs_numbers_that_are(number):
    assert measures.is_nhs_number(number)


def test_t12_an_nhs_number_that_is_none():
    assert not measures.is_nhs_number("9434765918")
