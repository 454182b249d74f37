"""What can be wrong with what the engine is given, each said in a sentence.

The sentences name what to mend and hold nothing about a person.
"""


class DoorstepError(ValueError):
    """Something given to the engine cannot be used."""


class BadExtractError(DoorstepError):
    """A file of streets cannot be read, or holds none."""


class BadNetworkError(DoorstepError):
    """Arrays that do not make a walking network."""


class BadIndexError(DoorstepError):
    """A folder that does not hold what it should."""


class NoSuchVenueError(DoorstepError):
    """A venue number that was never given out, or whose venue has closed."""
