"""The licence that a feed states, and where an OpenActive feed goes on. Pure."""

from dataclasses import dataclass
from typing import Any

from thedeal.community.importers.records import Feed

LICENCES = {
    "https://creativecommons.org/licenses/by/4.0": "CC BY 4.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3": (
        "Open Government Licence v3.0"
    ),
}


@dataclass
class Terms:
    """What the pages of one feed say of themselves."""

    licence_url: str = ""
    next_address: str = ""

    def read(self, page: Any) -> None:
        """Take what one page says."""
        if isinstance(page, dict):
            said = page.get("license") or page.get("licence") or ""
            self.licence_url = self.licence_url or str(said)[:200]
            self.next_address = str(page.get("next") or self.next_address)

    def give(self, feed: Feed) -> None:
        """Put it with the feed."""
        url = self.licence_url
        is_url = url.startswith(("http://", "https://"))
        feed.licence = LICENCES.get(url.rstrip("/"), url)
        feed.licence_url = url if is_url else ""
        feed.next_address = self.next_address
