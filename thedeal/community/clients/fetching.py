"""Fetches one address as other people publish it: feeds and calendars.

Every name is resolved first, and refused if any of its addresses is not a public one
(our own machines, private networks, link-local metadata); the connection then goes to
the address that was looked at, not to whatever the name says a moment later. Each
redirect is looked at the same way. Nothing waits for ever, and nothing is read past
its limit, packed or unpacked.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from thedeal.community.clients import until
from thedeal.lib.errors import UserFacingError

TIMEOUT_S = 30.0  # for any one wait
WHOLE_S = 120.0  # for one address altogether
MOST_BYTES = 50 * 1024 * 1024
MOST_REDIRECTS = 5
LONGEST_STAMP = 200
MOST_HOSTS = 16
PORTS = {80, 443, 8080, 8443}
AGENT = "TheDeal/1.0 (community directory; reads open feeds and calendars)"
MOVED = (301, 302, 303, 307, 308)
NOT_CHANGED = 304
BUSY = (429, 500, 502, 503, 504)
LONGEST_WAIT_S = 60.0  # however long it asks us to wait
Resolver = Callable[[str, int], list[str]]


class FetchError(UserFacingError):
    """It could not be fetched; the sentence says why."""


class BusyError(FetchError):
    """It may well answer a little later; ``wait_s`` is what it asks for itself."""

    wait_s: float = 0.0


class InsideError(FetchError):
    """It leads to a machine that is not on the public internet."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What an address gave; ``body`` is b"" where it had not changed."""

    body: bytes
    etag: str  # or its date (Last-Modified), where it has no ETag
    address: str  # the last one, after redirects
    is_unchanged: bool = False


def resolve(host: str, port: int) -> list[str]:
    """Give every IP address of a name; raises OSError where there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if mapped is not None:
        ip = mapped
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


@dataclass
class Fetcher:
    """Fetches, connections kept for a whole feed, each for one host.

    By the IP alone a connection made for one host would serve another of the same
    machine, which was never asked for its certificate. Several threads may fetch.
    ``inside`` names hosts that an operator lets us reach though they are inside; a
    redirect to any other is refused all the same.
    """

    inside: frozenset[str] = frozenset()
    most_bytes: int = MOST_BYTES
    timeout_s: float = TIMEOUT_S
    whole_s: float = WHOLE_S
    resolver: Resolver = resolve
    clients: dict[str, httpx.Client] = field(init=False, default_factory=dict)
    moment: until.Moment = field(init=False, default_factory=until.Moment)
    lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self._close_all()

    def _close_all(self) -> None:
        for client in self.clients.values():
            client.close()
        self.clients.clear()

    def _client(self, host: str) -> httpx.Client:
        with self.lock:
            if host not in self.clients and len(self.clients) >= MOST_HOSTS:
                self._close_all()  # many hosts are only ever asked one after another
            if host not in self.clients:
                made = until.client(self.moment, timeout_s=self.timeout_s)
                self.clients[host] = made
            return self.clients[host]

    def get(self, address: str, *, etag: str = "", accept: str = "*/*") -> Fetched:
        """Give what an address holds; raises FetchError with what went wrong."""
        self.moment.ends = time.monotonic() + self.whole_s
        at = address
        for _ in range(MOST_REDIRECTS + 1):
            found = self._once(at, etag, accept)
            if isinstance(found, Fetched):
                return found
            at = urljoin(at, found)
        raise FetchError(f"{_host(address)} sends us from one address to the next.")

    def _once(self, at: str, etag: str, accept: str) -> Fetched | str:
        """Give what is there, or where it has moved to."""
        url, headers, extensions = self._pinned(at)
        headers |= {"Accept": accept, "User-Agent": AGENT}
        if etag:
            is_date = etag.endswith(" GMT")
            headers["If-Modified-Since" if is_date else "If-None-Match"] = etag
        try:
            with self._client(_host(at)).stream(
                "GET", url, headers=headers, extensions=extensions
            ) as answer:
                return self._read(answer, at)
        except httpx.TimeoutException:
            raise BusyError(self._too_slow(at)) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            why = type(error).__name__
            raise BusyError(f"{_host(at)} could not be reached ({why}).") from None

    def _too_slow(self, at: str) -> str:
        if time.monotonic() >= self.moment.ends:
            return f"{_host(at)} took too long to send it all."
        return f"{_host(at)} did not answer in time."

    def _pinned(self, at: str) -> tuple[str, dict[str, str], dict[str, str]]:
        """Give the address by the IP that was looked at, with the name beside it."""
        parts = _parts(at)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        ip = self._allowed(host, port)
        shown = f"[{ip}]" if ":" in ip else ip
        url = parts._replace(netloc=f"{shown}:{port}", fragment="").geturl()
        name = host if parts.port is None else f"{host}:{port}"
        return url, {"Host": name}, {"sni_hostname": host}

    def _allowed(self, host: str, port: int) -> str:
        try:
            found = self.resolver(host, port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise FetchError(f"There is no machine called {host}.")
        if host in self.inside:
            return found[0]
        if port not in PORTS:
            raise InsideError(f"Port {port} of {host} is not one for web addresses.")
        if not all(is_public(ip) for ip in found):
            raise InsideError(
                f"{host} is not on the public internet; we do not go there."
            )
        return found[0]

    def _read(self, answer: httpx.Response, at: str) -> Fetched | str:
        if answer.status_code in MOVED and answer.headers.get("Location"):
            return str(answer.headers["Location"])
        stamp = answer.headers.get("ETag") or answer.headers.get("Last-Modified", "")
        etag = stamp if len(stamp) <= LONGEST_STAMP else ""  # cut, it would match none
        if answer.status_code == NOT_CHANGED:
            return Fetched(body=b"", etag=etag, address=at, is_unchanged=True)
        if not answer.is_success:
            raise _unsuccessful(answer, at)
        body = bytearray()
        for part in answer.iter_bytes():
            body += part
            if len(body) > self.most_bytes:
                most = self.most_bytes // (1024 * 1024) or 1
                raise FetchError(f"{_host(at)} sent more than {most} MB.")
            if time.monotonic() > self.moment.ends:
                raise FetchError(self._too_slow(at))
        return Fetched(body=bytes(body), etag=etag, address=at)


def _unsuccessful(answer: httpx.Response, at: str) -> FetchError:
    sentence = f"{_host(at)} answered {answer.status_code}."
    if answer.status_code not in BUSY:
        return FetchError(sentence)
    busy = BusyError(sentence)
    asked = answer.headers.get("Retry-After", "")
    busy.wait_s = min(float(asked), LONGEST_WAIT_S) if asked.isdigit() else 0.0
    return busy


def _parts(at: str) -> SplitResult:
    """Give the parts of an http(s) address with a host and no password in it."""
    try:
        parts = urlsplit(at)
        is_odd = not parts.hostname or bool(parts.port == 0)
    except ValueError:
        raise FetchError("That is not a web address.") from None
    if is_odd or parts.scheme not in ("http", "https"):
        raise FetchError("Only http and https addresses can be read.")
    if parts.username or parts.password:
        raise FetchError("Leave the name and password out of the address.")
    return parts


def _host(at: str) -> str:
    return urlsplit(at).hostname or at[:60]
