"""One typed door to Numba.

Compiled loops let go of Python's global lock, so that threads use both cores, and
are kept on disk, so that only the first process on a machine pays for compiling.
A compiled function may call only compiled functions of its own file: Numba watches
that one file to know whether what it kept is stale.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Give the function compiled to machine code, types unchanged."""
    return cast(Function, njit(nogil=True, cache=True)(function))
