"""The list of everybody at once: each person's own, as if they had asked alone.

What a question's words mean to each listing is worked out once for all who ask it, so
that a person costs the walk, the firm rules and the choosing. Nobody is introduced by
this module and nothing is told: it gives numbers of rows.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from doorstep._internals import scoring
from doorstep.asking import Asked, BadQuestionError, Understood
from doorstep.catalogue import Catalogue
from doorstep.choosing import chosen
from doorstep.walks import Reaches, Walk
from doorstep.weighing import Prepared, Weighed, empty_found

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Float32s = npt.NDArray[np.float32]
Question = tuple[Asked, Understood]

AT_ONCE = 5000
"""How many people's walks are held at a time."""

NOBODY = -1


@dataclass(frozen=True)
class Lists:
    """The rows of the catalogue each person is given, best first, and the scores.

    Both of shape (people, how many); a row of -1 stands for no more.
    """

    row: Int32s
    score: Float32s


def lists_for_everyone(
    catalogue: Catalogue,
    walk: Walk,
    *,
    lons: npt.ArrayLike,
    lats: npt.ArrayLike,
    questions: Sequence[Question],
    question: npt.ArrayLike,
    today: dt.date,
) -> Lists:
    """Give the list of each person.

    Parameters
    ----------
    lons, lats : where each person lives, degrees.
    questions : what people ask; many may ask the same.
    question : the number of each person's question.

    Raises
    ------
    BadQuestionError : a person whose question was not given.
    """
    lon, lat = np.asarray(lons, np.float64), np.asarray(lats, np.float64)
    number = np.asarray(question, np.int64)
    if (
        number.shape != lon.shape
        or not np.isin(number, np.arange(len(questions))).all()
    ):
        raise BadQuestionError("Give the question of every person.")
    longest = max((asked.how_many for asked, _ in questions), default=0)
    row = np.full((len(lon), longest), NOBODY, np.int32)
    score = np.zeros((len(lon), longest), np.float32)
    for asker in np.unique(number):
        asking = _Asking(catalogue, questions[asker], today)
        people = np.flatnonzero(number == asker)
        for some in np.array_split(people, -(-len(people) // AT_ONCE)):
            reaches = walk.from_places(lon[some], lat[some])
            asking.answer(reaches, walk.n_venues, some, row, score)
    return Lists(row, score)


class _Asking:
    """One question, with what it means to every row of the catalogue."""

    def __init__(self, catalogue: Catalogue, question: Question, today: dt.date):
        self.catalogue, (self.asked, understood) = catalogue, question
        self.question = Prepared.of(catalogue, self.asked, understood, today)
        found = empty_found(len(catalogue))
        found.tiers[:] = scoring.SHOWN
        self.question.weigh(Weighed(np.arange(len(catalogue)), found))
        self.meant = found

    def answer(
        self,
        reaches: Reaches,
        n_venues: int,
        people: Int64s,
        row: Int32s,
        score: Float32s,
    ) -> None:
        """Write the lists of some people, whose reaches are in their order."""
        minutes = np.full(n_venues, np.inf, np.float32)
        for i, person in enumerate(people.tolist()):
            near = slice(int(reaches.indptr[i]), int(reaches.indptr[i + 1]))
            minutes[reaches.venue[near]] = reaches.minutes[near]
            weighed = self._weighed(minutes)
            minutes[reaches.venue[near]] = np.inf
            places = chosen(self.catalogue, weighed, how_many=self.asked.how_many)
            row[person, : len(places)] = weighed.rows[places]
            score[person, : len(places)] = weighed.found.scores[places]

    def _weighed(self, minutes: Float32s) -> Weighed:
        """Give what stands of every row near, as when one person asks."""
        sifted = self.question.sifted(minutes)
        scoring.add_meant(sifted.rows, self.meant, sifted.found)
        return sifted
