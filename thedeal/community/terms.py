"""School terms as a council writes them, for what meets in term time only. Pure."""

import datetime as dt

Terms = tuple[tuple[dt.date, dt.date], ...]


def read(words: str) -> Terms:
    """Give the first and last day of each term, in order.

    Raises ValueError where a term is no pair of days, or ends before it begins.

    >>> read("2026-09-02 to 2026-12-18, 2027-01-04 to 2027-03-25")[1][0]
    datetime.date(2027, 1, 4)
    """
    terms = []
    for part in words.replace(";", ",").split(","):
        first, last = (dt.date.fromisoformat(day.strip()) for day in part.split(" to "))
        if last < first:
            raise ValueError(f"{part.strip()} ends before it begins.")
        terms.append((first, last))
    return tuple(sorted(terms))
