"""The arithmetic of a chain: each link covers all that came before."""

from hypothesis import given
from hypothesis import strategies as st

from thedeal.audit import chain

ANCHOR = chain.Anchor(chain="c", position=3, digest="d" * 64, at="2026-11-23T10:00")


def digests(rows):
    found, previous = [], chain.START
    for number, text in enumerate(rows):
        previous = chain.link_digest(previous, source="s", row=str(number), text=text)
        found.append(previous)
    return found


@given(st.lists(st.text(), min_size=1, max_size=8), st.data())
def test_changing_any_row_changes_every_digest_from_there_on(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    changed = [*rows]
    changed[place] += "x"
    before, after = digests(rows), digests(changed)
    assert before[:place] == after[:place]
    assert all(a != b for a, b in zip(before[place:], after[place:], strict=True))


def test_a_signed_anchor_is_genuine():
    signed = chain.signed(ANCHOR, secret="house secret")
    assert chain.is_genuine(signed, secret="house secret")


def test_an_anchor_that_was_altered_is_not_genuine():
    signed = chain.signed(ANCHOR, secret="house secret")
    altered = chain.Anchor(**{**signed.__dict__, "position": 2})
    assert not chain.is_genuine(altered, secret="house secret")
    assert not chain.is_genuine(signed, secret="another secret")
    assert not chain.is_genuine(ANCHOR, secret="house secret")


def test_a_torn_last_line_is_passed_over():
    line = chain.to_line(chain.signed(ANCHOR, secret="s"))
    assert chain.from_lines([line, line[:20]]) == chain.from_lines([line])
