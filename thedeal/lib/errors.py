"""The errors whose sentences a person may read.

Everything else that goes wrong is a 500 with a reference and no detail.
"""


class UserFacingError(Exception):
    """Something a person can mend; its sentence says what to do, shown as is."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowedError(UserFacingError):
    """The person is known and may not do this; strangers get a 404 instead."""

    status = 403


class BusyError(UserFacingError):
    """What was asked for is not ready yet; in a minute it will be."""

    status = 503


class TooManyError(UserFacingError):
    """Too many tries in too short a time."""

    status = 429
