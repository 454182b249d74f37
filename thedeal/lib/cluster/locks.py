"""Advisory locks on files, which the system releases when their holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def hold(path: Path, *, shared: bool = False, wait: bool = True) -> int | None:
    """Take a lock; give its file descriptor, or None where others hold it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(handle, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Do what is inside while nobody else does."""
    handle = hold(path)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)
