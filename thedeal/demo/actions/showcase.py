"""Puts Newport's real streets ready, for whoever opens the showcase first."""

from collections.abc import Callable

from doorstep.errors import DoorstepError

from thedeal.demo import newport


def build_newport(*, tell: Callable[[str], None]) -> None:
    """Read the streets of the extract into files, once; say how much there is."""
    try:
        newport.get_ready()
    except DoorstepError as error:
        tell(f"Newport cannot be shown: {error}")
        return
    edges = len(newport.streets().edge_u)
    tell(f"Newport: {edges:,} pieces of street, {len(newport.venues())} venues")
