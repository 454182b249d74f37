"""Loads Wigan's real geography for the demo's invented council.

Through the importer that any council points at its own files; run twice it changes
nothing.
"""

from collections.abc import Callable

from thedeal.demo import cast
from thedeal.lib.definitions import FOLDER
from thedeal.partners.models import Authority
from thedeal.places import importers
from thedeal.places.actions import loading
from thedeal.places.importers.record import read
from thedeal.places.models import Neighbourhood

RECORD = FOLDER / "areas" / "wigan.yaml"


def build_borough(*, tell: Callable[[str], None]) -> None:
    """Load neighbourhoods, small areas, postcodes, hubs and figures, once."""
    authority = Authority.objects.get(slug=cast.COUNCIL)
    if Neighbourhood.objects.filter(authority=authority).exists():
        return
    gathered = importers.gather(read(RECORD))
    loading.load(gathered=gathered, authority=authority, by=None)
    count = Neighbourhood.objects.filter(authority=authority).count()
    tell(f"Wigan's real places, in {count} neighbourhoods")
