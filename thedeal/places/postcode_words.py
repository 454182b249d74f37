"""What to tell somebody about the postcode they typed, so that they can go on."""

from thedeal.lib.wording import listed
from thedeal.places.selectors import Answer, PostcodeAnswer


def sentence_for(found: PostcodeAnswer) -> str:
    """Give the sentence for an answer; nothing for a postcode that was found."""
    near = listed(found.suggestions, last="or") if found.suggestions else ""
    did_you = f" Did you mean {near}?" if near else ""
    month = f"{found.terminated_on:%B %Y}" if found.terminated_on else "the past"
    told = {
        Answer.FOUND: "",
        Answer.EMPTY: "Type a postcode, such as WN7 1AB.",
        Answer.PART: f"{found.postcode} is the first half. Type all of the postcode.",
        Answer.MALFORMED: f"That is not how a postcode is written.{did_you}",
        Answer.UNKNOWN: f"We do not know {found.postcode}.{did_you} It may "
        "be new, or another council's.",
        Answer.TERMINATED: f"Royal Mail stopped using {found.postcode} in "
        f"{month}. Try your newer one, or a neighbour's.",
        Answer.ELSEWHERE: f"{found.postcode} is in {found.other_council}'s area, which "
        "has its own council.",
        Answer.NOWHERE: f"{found.postcode} is in none of our neighbourhoods.",
    }
    return told[found.answer]
