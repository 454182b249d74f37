"""One typed door to Numba.

Compiled loops let go of Python's global lock, so that threads use both cores, and
are kept on disk, so that only the first process on a machine pays for compiling.
Numba itself is brought in at the first call: most commands walk nowhere, and would
start half as fast. A compiled function may call only compiled functions of its own
file: Numba watches that one file to know whether what it kept is stale.
"""

from collections.abc import Callable
from functools import update_wrapper
from threading import Lock
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])
_ONE_AT_A_TIME = Lock()


class _Later:
    """A function that is handed to Numba when it is first called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.compiled: Callable[..., Any] | None = None
        update_wrapper(self, function)

    def __call__(self, *given: Any) -> Any:
        if self.compiled is None:
            with _ONE_AT_A_TIME:
                _hand_over(self.function.__globals__)
        return cast(Callable[..., Any], self.compiled)(*given)


def compiled(function: Function) -> Function:
    """Give the function compiled to machine code at its first call, types unchanged."""
    return cast(Function, _Later(function))


def _hand_over(names: dict[str, Any]) -> None:
    """Give Numba every function of one file, which may call one another."""
    from numba import njit

    for name, value in list(names.items()):
        if isinstance(value, _Later):
            value.compiled = njit(nogil=True, cache=True)(value.function)
            names[name] = value.compiled
