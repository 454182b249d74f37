"""What one request asks for many times over, and reads once.

Nothing is remembered from one request to the next, so that whatever ends holds on the
next one. Outside a request each question is read anew.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

T = TypeVar("T")

_read: ContextVar[dict[Hashable, object] | None] = ContextVar("read", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Read what is asked of ``once`` at most once while this is open: one request."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once(question: Hashable, read: Callable[[], T]) -> T:
    """Give the answer to a question, read before in this request or read now."""
    known = _read.get()
    if known is None:
        return read()
    if question not in known:
        known[question] = read()
    return cast("T", known[question])


def forget() -> None:
    """Read everything anew from here on: something it rests on has changed."""
    known = _read.get()
    if known is not None:
        known.clear()
