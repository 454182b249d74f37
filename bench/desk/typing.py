"""Workers who type: at each pause the words are saved and what fits is asked for anew.

Now and then one opens a person's page. How long each waits for an answer is kept; how
long they think between is theirs, so that a slow house is not spared by fewer asking.
"""

import http.client
import json
import random
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np

LONGEST_S = 600
OK = 200
OPENS = 8  # every so many pauses a person is opened
SAVE, FIT, OPEN = "autosave", "suggestions", "opening a person"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
REVISION = re.compile(r'name="revision" value="(\d+)"')


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where one worker saves, asks and opens; and with which cookies."""

    first: str
    save: str
    fit: str
    people: Sequence[str]
    session: str = ""


@dataclass
class Worker:
    """One worker at one conversation."""

    address: str
    at: Addresses
    sentences: Sequence[str]
    seed: int
    took: dict[str, list[float]] = field(
        default_factory=lambda: {SAVE: [], FIT: [], OPEN: []}
    )

    def __post_init__(self) -> None:
        """Open the conversation's page, as a browser would."""
        self.line = http.client.HTTPConnection(
            urlsplit(self.address).netloc, timeout=LONGEST_S
        )
        self.random = random.Random(self.seed)  # noqa: S311 - who types what, no secret
        self.cookies = {"session": self.at.session} if self.at.session else {}
        page, self.words = self._ask("GET", self.at.first), ""
        token, revision = TOKEN.search(page), REVISION.search(page)
        self.token = token[1] if token else ""
        self.revision = int(revision[1]) if revision else 0

    def work(self, until: float, pause: float) -> None:
        """Type until the moment has come, pausing about so many seconds at a time."""
        pauses = self.random.randrange(OPENS)
        time.sleep(self.random.random() * pause)
        while time.perf_counter() < until:
            self._type()
            self._timed(SAVE, self._save)
            self._timed(FIT, self._fit)
            pauses += 1
            if pauses % OPENS == 0:
                self._timed(OPEN, self._open)
            time.sleep(self.random.expovariate(1 / pause))

    def _type(self) -> None:
        said = self.words.split("\n")[-3:]
        self.words = "\n".join([*said, self.random.choice(self.sentences)])

    def _save(self) -> None:
        form = {"words": self.words, "revision": str(self.revision)}
        self.revision = json.loads(self._post(self.at.save, form))["revision"]

    def _fit(self) -> None:
        self._post(self.at.fit, {"words": self.words})

    def _open(self) -> None:
        self._ask("GET", self.random.choice(self.at.people))

    def _timed(self, what: str, do: Any) -> None:
        starts = time.perf_counter()
        do()
        self.took[what].append(time.perf_counter() - starts)

    def _post(self, path: str, form: dict[str, str]) -> str:
        body = urlencode({"csrfmiddlewaretoken": self.token, **form})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, kind | {"X-Requested-With": "autosave"})

    def _ask(self, method: str, path: str, body: str = "", headers: Any = None) -> str:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = {**(headers or {}), "Cookie": cookie}
        self.line.request(method, path, body or None, given)
        answer = self.line.getresponse()
        page = answer.read().decode()
        if answer.status != OK:
            raise RuntimeError(f"{path} was answered with {answer.status}")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie_name, _, rest = value.partition("=")
                self.cookies[cookie_name] = rest.partition(";")[0]
        return page


def measure(
    workers: Sequence[Worker], *, seconds: float, pause: float
) -> dict[str, "np.ndarray[tuple[int], np.dtype[np.float64]]"]:
    """Have them all type for so long; give the seconds that each kind of ask took."""
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(each.work, until, pause) for each in workers]:
            done.result()
    return {
        what: np.array([each for worker in workers for each in worker.took[what]])
        for what in (SAVE, FIT, OPEN)
    }
