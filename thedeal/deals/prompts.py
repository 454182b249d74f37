"""What a council may say in its own way: prompts beside the page, names of stages.

They stand at the side and are never asked in order; none of them is a form.
"""

from typing import Any

from thedeal.deals.states import Stage
from thedeal.lib import definitions

PROMPT = "words/deals.prompt_"
STAGE = "words/deals.stage_"


def beside(authority_id: Any) -> list[str]:
    """Give the prompts shown beside the page; one that a council blanked with "-" goes."""
    said = [
        definitions.words(entry.key, authority_id=authority_id)
        for entry in definitions.within(PROMPT)
    ]
    return [words for words in said if words.strip() != "-"]


def stages(authority_id: Any) -> dict[Stage, str]:
    """Give what the council calls each of the three conversations."""
    return {
        stage: definitions.words(
            f"{STAGE}{stage.value.replace(' ', '_')}", authority_id=authority_id
        )
        for stage in Stage
    }


def number_to_ring(authority_id: Any) -> str:
    """Give the council's own number and its hours; blank until it gave one."""
    number = definitions.words("words/asks.phone", authority_id=authority_id).strip()
    hours = definitions.words("words/asks.phone_hours", authority_id=authority_id)
    return "" if number == "-" else f"{number} ({hours.strip()})"


def in_an_emergency(authority_id: Any) -> str:
    """Give what stands first beside the law's doors, on every page about a person."""
    return definitions.words("words/deals.emergency", authority_id=authority_id)
