"""Reading exports from Excel: everything is answered for, nothing half-imported."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.money.csv_reading import DateError, ExportError, read_date, read_export

HEADER = (
    "Package ID,Person ID,Service type,Weekly cost,Contribution,Start date,End date"
)


def export(*lines, header=HEADER):
    return "\r\n".join([header, *lines]).encode("utf-8-sig")


def test_an_export_from_excel():
    reading = read_export(
        export('P1,R1,Day centre,"£1,040.00",£85.50,1/2/24,13/05/2024'),
        price_base="2023/24",
    )
    assert reading.is_clean
    package = reading.rows[0].package
    assert package.gross_weekly == Decimal("1040.00")
    assert package.net_weekly == Decimal("954.50")
    assert package.starts_on == dt.date(2024, 2, 1)
    assert package.ends_on == dt.date(2024, 5, 13)
    assert package.price_base == "2023/24"
    assert reading.ambiguous_dates == 1
    assert reading.lines[0].noticed == (
        "Start: 1/2/24 read day first, as 1 February 2024.",
    )


def test_one_wrong_line_and_nothing_is_given_to_import():
    good = "P1,R1,Home care,300,0,2024-02-01,"
    bad = "P2,R2,Home care,€300,0,2024-02-01,"
    reading = read_export(export(good, bad))
    assert not reading.is_clean
    assert reading.rows == ()
    assert reading.lines[0].refused == ()
    assert reading.lines[1].line == 3
    assert "not in pounds" in reading.lines[1].refused[0]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("P1,R1,Home care,-5,0,2024-02-01,", "nothing or more"),
        ("P1,R1,Home care,99000,0,2024-02-01,", "is that a year"),
        ("P1,R1,Home care,100,0,2024-02-01,2024-01-01", "before it starts"),
        ("P1,R1,Home care,100,0,02/13/2024,", "month first"),
        ("P1,R1,Home care,100,0,45323,", "Excel's day number"),
        ("P1,R1,Home care,100,0,30/02/2024,", "does not exist"),
        ("P1,R1,Home care,100,0,,", "start is missing"),
        ("P1,,Home care,100,0,2024-02-01,", "person is missing"),
        ("P1,R1,Home care,,0,2024-02-01,", "not an amount"),
        ("P1,R1", "kind is missing"),
    ],
)
def test_a_wrong_line_is_refused_with_a_sentence(line, sentence):
    said = read_export(export(line)).lines[0].refused
    assert any(sentence in each for each in said), said


def test_every_fault_of_a_line_is_said_at_once():
    said = read_export(export("P1,R1,Home care,$5,x,31/31/24,")).lines[0].refused
    assert len(said) == 3


def test_packages_that_overlap_are_refused():
    lines = ["P1,R1,Home care,100,0,2024-01-01,", "P2,R1,Home care,90,0,2024-02-01,"]
    reading = read_export(export(*lines))
    assert "starts on 2024-02-01 while P1 has no end" in reading.lines[1].refused[0]


def test_the_same_reference_twice_is_refused():
    lines = ["P1,R1,Home care,100,0,2024-01-01,", "P1,R2,Day care,90,0,2024-02-01,"]
    assert "in the file twice" in read_export(export(*lines)).lines[1].refused[0]


def test_semicolons_another_encoding_and_blank_lines():
    text = HEADER.replace(",", ";") + "\n;;;;;;\nP1;R1;Home care;£300;;1.5.2024;\n"
    reading = read_export(text.encode("cp1252"))
    assert reading.rows[0].package.gross_weekly == 300
    assert reading.lines[0].line == 3


def test_columns_we_do_not_use_are_named():
    reading = read_export(
        export("P1,R1,Home care,1,0,2024-01-01,,x", header=HEADER + ",Ward")
    )
    assert reading.unused_columns == ("ward",)


def test_a_mistyped_price_base_is_refused():
    wide = HEADER + ",Financial year"
    reading = read_export(export("P1,R1,Care,1,0,1/1/24,,2023/25", header=wide))
    assert "Write it as 2013/14" in reading.lines[0].refused[0]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (HEADER.encode(), "no lines"),
        (b"PK\x03\x04\0\0", "not a CSV"),
        (b"Name,Cost\nA,1\n", "no column for"),
        (HEADER.encode() + b",Start\nx\n", "Two columns could be the start"),
    ],
)
def test_a_file_that_is_no_export_is_refused(data, sentence):
    with pytest.raises(ExportError, match=sentence):
        read_export(data)


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_dates_read_day_first_whatever_their_dress(day):
    for typed in (f"{day:%d/%m/%Y}", f"{day:%d/%m/%y}", f"{day:%d.%m.%Y}"):
        assert read_date(typed)[0] == day
    assert read_date(day.isoformat()) == (day, "")


def test_a_day_equal_to_its_month_is_not_ambiguous():
    assert read_date("4/4/24") == (dt.date(2024, 4, 4), "")


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text):
    try:
        found, _ = read_date(text)
    except DateError as error:
        assert error.sentence
    else:
        assert isinstance(found, dt.date)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    try:
        reading = read_export(export("P1,R1,Home care,1,0,1/1/24,") + b"\r\n" + data)
    except ExportError as error:
        assert error.sentence
    else:
        assert reading.is_clean or reading.rows == ()
