"""What something costs, as people read it. Pure."""

from thedeal.lib.wording import pounds

# words that go on from the amount: "£1 an hour", "£15 per tent"
GOES_ON = ("a", "an", "each", "half", "per", "return")


def said(pence: int | None, words: str) -> str:
    """Give what it costs as a line of its own; "" where nobody told us.

    >>> said(100, "an hour"), said(300, "materials"), said(None, "ring for a price")
    ('£1 an hour', '£3, materials', 'Ring for a price')
    """
    worded = within(pence, words)
    return worded[:1].upper() + worded[1:]


def within(pence: int | None, words: str) -> str:
    """Give what it costs within a sentence: the group's own words, and before them the
    amount where they leave it out."""
    if not words:
        return "" if pence is None else pounds(pence / 100) if pence else "free"
    if not pence or any(letter.isdigit() for letter in words):
        return words
    comma = "" if words.split()[0].casefold() in GOES_ON else ","
    return f"{pounds(pence / 100)}{comma} {words}"
