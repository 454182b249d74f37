"""What one request reads once, and when it reads anew."""

from thedeal.lib.once import forget, once, reading_once


def test_a_question_is_read_once_in_a_request_and_anew_in_the_next():
    read = []

    def ask(question="who"):
        return once(question, lambda: read.append(question) or len(read))

    assert (ask(), ask()) == (1, 2)  # outside a request nothing is remembered
    with reading_once():
        assert (ask(), ask(), ask("where"), ask()) == (3, 3, 4, 3)
    with reading_once():
        assert ask() == 5


def test_what_has_changed_is_read_anew():
    found = ["a team"]
    with reading_once():
        assert once("held", found.copy) == ["a team"]
        found.clear()
        assert once("held", found.copy) == ["a team"]
        forget()
        assert once("held", found.copy) == []
    forget()  # outside a request there is nothing to forget
