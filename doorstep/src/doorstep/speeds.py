"""How fast, and along which ways, different people walk.

A profile turns metres into minutes and leaves out ways that a person cannot use. It
leaves out only what is *known* to be impassable: where nothing is tagged the way
stays in, so a way round that holds no steps is likely, never promised.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from doorstep.errors import DoorstepError
from doorstep.ways import Barrier, Kerb, Surface, Wheelchair

SECONDS_PER_MINUTE = 60.0

Codes = npt.NDArray[np.int8]


class Edges(Protocol):
    """What a walker asks of the ways: metres, and codes of `doorstep.ways`, each."""

    @property
    def n_edges(self) -> int: ...
    @property
    def length_m(self) -> npt.NDArray[np.float32]: ...
    @property
    def steps(self) -> Codes: ...
    @property
    def kerb(self) -> Codes: ...
    @property
    def incline(self) -> Codes: ...
    @property
    def surface(self) -> Codes: ...
    @property
    def barrier(self) -> Codes: ...
    @property
    def wheelchair(self) -> Codes: ...


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One kind of walker.

    Parameters
    ----------
    name : a short word, kept with every index made for this walker.
    metres_per_second : walking speed, the same on every way.
    takes_steps : may the way go by steps?
    highest_kerb : the highest kerb that is no obstacle.
    steepest_percent : the steepest known slope that is no obstacle.
    worst_surface : the worst known surface that is no obstacle.
    worst_barrier : the worst barrier that is no obstacle.
    heeds_wheelchair_no : leave out ways tagged `wheelchair=no`.
    """

    name: str
    metres_per_second: float
    takes_steps: bool = True
    highest_kerb: Kerb = Kerb.RAISED
    steepest_percent: int = 127
    worst_surface: Surface = Surface.LOOSE
    worst_barrier: Barrier = Barrier.STILE
    heeds_wheelchair_no: bool = False

    def __post_init__(self) -> None:
        """Refuse a speed that nobody walks at."""
        if not 0.1 <= self.metres_per_second <= 3.0:
            raise DoorstepError(
                "A walking speed is between 0.1 and 3 metres per second; "
                f"{self.metres_per_second} is not."
            )

    @property
    def metres_per_minute(self) -> float:
        """Give the speed in metres per minute."""
        return self.metres_per_second * SECONDS_PER_MINUTE

    def passable(self, network: Edges) -> npt.NDArray[np.bool_]:
        """Say for each edge whether this walker can use it, as far as is known."""
        can = np.ones(network.n_edges, bool)
        if not self.takes_steps:
            can &= network.steps == 0
        can &= network.kerb <= self.highest_kerb
        can &= network.incline <= self.steepest_percent
        can &= network.surface <= self.worst_surface
        can &= network.barrier <= self.worst_barrier
        if self.heeds_wheelchair_no:
            can &= network.wheelchair != Wheelchair.NO
        return can

    def minutes(self, network: Edges) -> npt.NDArray[np.float32]:
        """Give the minutes that each edge takes: its length over the speed."""
        minutes = network.length_m / np.float64(self.metres_per_minute)
        return minutes.astype(np.float32)


ORDINARY = Profile(name="ordinary", metres_per_second=4.8 / 3.6)
"""4.8 km/h (1.33 m/s, 80 m a minute): the rule of thumb by which 400 m is five
minutes' walk. A stated choice, not a measurement of anybody in particular."""

SLOW = Profile(name="slow", metres_per_second=0.8)
"""0.8 m/s: the mean among women over 65 in the Health Survey for England 2005 (men:
0.9), in Asher and others, "Most older pedestrians are unable to cross the road in
time", Age and Ageing 41 (2012) 690-694."""

WHEELCHAIR = Profile(
    name="wheelchair",
    metres_per_second=0.8,
    takes_steps=False,
    highest_kerb=Kerb.LOWERED,
    steepest_percent=8,
    worst_surface=Surface.FIRM,
    worst_barrier=Barrier.NONE_KNOWN,
    heeds_wheelchair_no=True,
)
"""No steps, no kerb above a dropped one, nothing known to be steeper than 8 %
(1 in 12, the steepest ramp in Approved Document M), no loose ground. The speed is a
stated choice, the same as for someone slow."""

PUSHCHAIR = Profile(
    name="pushchair",
    metres_per_second=4.8 / 3.6,
    takes_steps=False,
    worst_barrier=Barrier.NARROW,
)
"""An ordinary walker who takes no steps and climbs no stile."""

PROFILES = {p.name: p for p in (ORDINARY, SLOW, WHEELCHAIR, PUSHCHAIR)}
