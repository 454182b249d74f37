"""What a superuser of the database does to the trail is found: each way of it, by SQL.

The triggers and walls that stop everybody else are laid down first, as only a superuser
or the table's owner can.
"""

import json
import re
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from thedeal.audit import chain, selectors
from thedeal.audit.actions import seals, trail
from thedeal.audit.models import Entry, Link

pytestmark = pytest.mark.django_db
COUNCIL, OTHER = UUID(int=1), UUID(int=2)
ROWS = 6
MIDDLE, LAST = 3, ROWS  # places in the chain
ROW_AT = (
    "(select row::bigint from audit_link where chain = %(chain)s and position = {})"
)
HERE = "chain = %(chain)s and position"
TAMPERINGS = {
    "a row changed": (
        [
            f"update audit_entry set reason = 'tidied' where seq = {ROW_AT.format(MIDDLE)}"
        ],
        f"place {MIDDLE}: the row",
    ),
    "a row removed": (
        [f"delete from audit_entry where seq = {ROW_AT.format(MIDDLE)}"],
        "is gone",
    ),
    "a row and its place removed": (
        [
            f"delete from audit_entry where seq = {ROW_AT.format(MIDDLE)}",
            f"delete from audit_link where {HERE} = {MIDDLE}",
        ],
        f"places {MIDDLE} to {MIDDLE} are missing",
    ),
    "the gap closed up again": (
        [
            f"delete from audit_entry where seq = {ROW_AT.format(MIDDLE)}",
            f"delete from audit_link where {HERE} = {MIDDLE}",
            f"update audit_link set position = position - 1 where {HERE} > {MIDDLE}",
        ],
        f"place {MIDDLE}: the row",
    ),
    "two rows swapped": (
        [
            f"update audit_link set position = 99 where {HERE} = 2",
            f"update audit_link set position = 2 where {HERE} = {MIDDLE}",
            f"update audit_link set position = {MIDDLE} where {HERE} = 99",
        ],
        "place 2: the row",
    ),
    "the tail cut off": (
        [
            f"delete from audit_entry where seq = {ROW_AT.format(LAST)}",
            f"delete from audit_link where {HERE} = {LAST}",
        ],
        f"place {LAST}: the chain was cut off",
    ),
    "all of it taken away": (
        [
            "delete from audit_entry where authority_id = %(chain)s",
            "delete from audit_link where chain = %(chain)s",
        ],
        "the chain was cut off",
    ),
}


@pytest.fixture
def sealed(settings, tmp_path):
    """Seal some rows of two councils; give how many; anchors go into a folder."""
    settings.STATE = tmp_path
    seals.seal()  # what the database began with
    for number in range(ROWS):
        for council in (COUNCIL, OTHER):
            trail.record("tests.happened", by=None, authority_id=council, number=number)
    return seals.seal()


def said():
    """Give what verifying says of the two councils' chains."""
    return [each.sentence for each in selectors.faults() if each.chain.int < 9]


def by_superuser(*statements, chain=COUNCIL):
    """Do as a superuser or the tables' owner can, past every trigger of ours.

    An owner may do it on a given server too, where nobody lends us a superuser.
    """
    tables = set(re.findall(r"audit_\w+", " ".join(statements)))
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
        for statement in statements:
            cursor.execute(statement, {"chain": chain})
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")


def test_what_nobody_touched_is_whole(sealed):
    assert sealed == 2 * ROWS
    assert said() == []


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_a_superuser_did_is_found(sealed, what):
    statements, found = TAMPERINGS[what]
    by_superuser(*statements)
    sentences = said()
    assert any(found in each for each in sentences), sentences
    assert all(str(COUNCIL) in each for each in sentences)  # and no other's is blamed


def test_a_chain_written_anew_from_end_to_end_differs_from_what_was_signed(sealed):
    changed = Link.objects.get(chain=COUNCIL, position=2)
    by_superuser(f"update audit_entry set reason = 'tidied' where seq = {changed.row}")
    source = next(each for each in selectors.sources() if each.label == changed.source)
    previous = chain.START
    for link in Link.objects.filter(chain=COUNCIL).order_by("position"):
        with connection.cursor() as cursor:
            cursor.execute("set local timezone to 'UTC'")
            cursor.execute(
                f"select {selectors.row_text_sql(source)} from audit_entry t "
                "where seq = %s",
                [int(link.row)],
            )
            text = cursor.fetchone()[0]
        previous = chain.link_digest(
            previous, source=link.source, row=link.row, text=text
        )
        Link.objects.filter(pk=link.pk).update(digest=previous)
    sentences = said()
    assert sentences, "the anchors outside the database know better"
    assert all("the chain differs from what was signed" in each for each in sentences)


def test_an_anchor_written_by_somebody_else_is_found(sealed):
    file = selectors.anchor_file(COUNCIL)
    anchor = json.loads(file.read_text().splitlines()[-1])
    file.write_text(json.dumps(anchor | {"position": 2}) + "\n")
    assert any("was not signed by us" in each for each in said())


def test_what_is_not_yet_sealed_can_be_changed_unseen_and_is_counted(sealed):
    """The unsealed window, as the decision (ADR 0007) states it."""
    trail.record("tests.late", by=None, authority_id=COUNCIL)
    assert seals.unsealed_count() == 1
    late = Entry.objects.get(action="tests.late")
    by_superuser(f"update audit_entry set reason = 'tidied' where seq = {late.seq}")
    assert said() == []
    assert seals.seal() == 1
    by_superuser(f"update audit_entry set reason = 'again' where seq = {late.seq}")
    assert said() != []


@pytest.mark.parametrize(
    "left", ["", '{"at": "2026-', "\n"], ids=["no", "torn", "bare"]
)
def test_what_a_crash_left_unsigned_is_told_and_signed_by_the_next_seal(sealed, left):
    file = selectors.anchor_file(COUNCIL)
    before = file.read_text()
    trail.record("tests.late", by=None, authority_id=COUNCIL)
    seals.seal()
    file.write_text(before + left)  # as if the machine had stopped before the anchor
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert f"Chain {COUNCIL}: places {ROWS + 1} to {ROWS + 1} are sealed" in (
        out.getvalue()
    )
    assert seals.seal() == 0
    assert selectors.unanchored() == []
    assert [each.position for each in selectors.anchors_of(COUNCIL)] == [ROWS, ROWS + 1]
    by_superuser(f"delete from audit_link where {HERE} = {ROWS + 1}")
    assert any("the chain was cut off" in each for each in said())


def test_a_chain_that_was_cut_off_is_not_signed_anew(sealed):
    by_superuser(*TAMPERINGS["the tail cut off"][0])
    seals.seal()
    assert [each.position for each in selectors.anchors_of(COUNCIL)] == [LAST]
