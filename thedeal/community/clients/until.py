"""A connection on which no wait lasts past a moment, however slowly bytes come.

``httpx`` minds each single wait; a server that sends a letter now and then would hold
us for days, in its headers as in its body. Each thread has a moment of its own, so
that several may fetch at once.
"""

import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx


class Moment(threading.local):
    """Until when this thread waits, by the monotonic clock."""

    ends: float = float("inf")

    def left(self, timeout: float | None) -> float:
        """Give how long one wait may last; raises ReadTimeout where none may."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole took too long")
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    def __init__(self, held: httpcore.NetworkStream, moment: Moment) -> None:
        self.held, self.moment = held, moment

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.held.read(max_bytes, self.moment.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.held.write(buffer, self.moment.left(timeout))

    def close(self) -> None:
        self.held.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self.moment.left(timeout)
        return _Stream(
            self.held.start_tls(ssl_context, server_hostname, left), self.moment
        )

    def get_extra_info(self, info: str) -> Any:
        return self.held.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, moment: Moment) -> None:
        self.plain, self.moment = httpcore.SyncBackend(), moment

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = self.moment.left(timeout)
        found = self.plain.connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(found, self.moment)


def client(moment: Moment, *, timeout_s: float) -> httpx.Client:
    """Give a client that minds the moment, and trusts no proxy of the environment."""
    transport = httpx.HTTPTransport(trust_env=False)
    # httpx has no setting for it; the test of a drip in the headers holds this line
    pool: Any = transport._pool
    pool._network_backend = _Backend(moment)
    return httpx.Client(
        transport=transport, timeout=timeout_s, follow_redirects=False, trust_env=False
    )
