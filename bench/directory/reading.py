"""Readers who ask one page after another, each on a connection of their own."""

import http.client
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import numpy as np

LONGEST_S = 600
OK = 200
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request: a path, and the fields of a form where it is a POST."""

    path: str
    form: dict[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How quickly so many readers were answered; seconds."""

    readers: int
    seconds: float
    took: "np.ndarray[tuple[int], np.dtype[np.float64]]"

    @property
    def a_second(self) -> float:
        """Give requests answered a second, by all together."""
        return len(self.took) / self.seconds

    @property
    def p95_ms(self) -> float:
        """Give the time that nineteen in twenty were answered within."""
        return float(np.percentile(self.took, 95)) * 1000


@dataclass
class Reader:
    """One reader: asks, and keeps how long each answer took."""

    address: str
    took: list[float] = field(default_factory=list)
    cookie: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        """Open the connection."""
        host = urlsplit(self.address).netloc
        self.line = http.client.HTTPConnection(host, timeout=LONGEST_S)

    def read(self, asks: Sequence[Ask], until: float) -> None:
        """Ask in turn until the moment has come."""
        at = 0
        while time.perf_counter() < until:
            starts = time.perf_counter()
            self.ask(asks[at % len(asks)])
            self.took.append(time.perf_counter() - starts)
            at += 1

    def ask(self, ask: Ask) -> str:
        """Ask once; give the page; raise RuntimeError unless it is one."""
        if ask.form is None:
            self.line.request("GET", ask.path, headers={"Cookie": self.cookie})
        else:
            self._post(ask)
        answer = self.line.getresponse()
        page = answer.read().decode()
        if answer.status != OK:
            raise RuntimeError(f"{ask.path} was answered with {answer.status}")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrf="):
                self.cookie = value.partition(";")[0]
        found = TOKEN.search(page)
        self.token = found[1] if found else self.token
        return page

    def _post(self, ask: Ask) -> None:
        if not self.token:
            self.ask(Ask(path="/"))
        body = urlencode({"csrfmiddlewaretoken": self.token, **(ask.form or {})})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie,
        }
        self.line.request("POST", ask.path, body, headers)


def measure(
    address: str, asks: Sequence[Ask], *, readers: int, seconds: float
) -> Measured:
    """Have so many readers ask for so long, each beginning elsewhere among the asks."""
    everybody = [Reader(address) for _ in range(readers)]
    everybody[0].ask(asks[0])
    starts = time.perf_counter()
    threads = [
        threading.Thread(
            target=reader.read,
            args=([*asks[at % len(asks) :], *asks[: at % len(asks)]], starts + seconds),
        )
        for at, reader in enumerate(everybody)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = np.array([each for reader in everybody for each in reader.took])
    if not len(took):
        raise RuntimeError("Nobody was answered.")
    return Measured(readers=readers, seconds=time.perf_counter() - starts, took=took)
