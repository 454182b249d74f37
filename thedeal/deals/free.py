"""When somebody is free, in their own words, read as hours of the week. Pure."""

from doorstep.hours import BadTimesError, FreeHours, free_hours

from thedeal.lib.errors import UserFacingError


def read(words: str) -> FreeHours | None:
    """Give the hours; None where nothing was said.

    Raises UserFacingError, with a sentence, for words that cannot be read.
    """
    if not words.strip():
        return None
    try:
        return free_hours(words)
    except BadTimesError as error:
        raise UserFacingError(str(error)) from error


def known(words: str) -> FreeHours | None:
    """Give the hours; None also where the words cannot be read: not known."""
    try:
        return read(words)
    except UserFacingError:
        return None
