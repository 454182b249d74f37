"""Finds a free port, and keeps it ours between finding it and serving on it."""

import socket

from thedeal.lib.running.manage import CommandError

LOOPBACK = "127.0.0.1"
FIRST, TRIES = 8000, 100


class Place:
    """An address that is ours until this is closed.

    The socket is bound alone and then marked shareable, so that the web server may
    bind the same port while another copy of ours, which binds alone, may not. It
    never listens, so no visitor reaches it.
    """

    def __init__(self, held: socket.socket) -> None:
        self._held = held
        self.host, self.port = held.getsockname()

    @property
    def address(self) -> str:
        """Give the address for a browser."""
        return f"http://{self.host}:{self.port}"

    def close(self) -> None:
        """Let the port go."""
        self._held.close()


def reserve(port: int | None = None, *, host: str = LOOPBACK) -> Place:
    """Take this port, or the first free one from 8000; raise CommandError."""
    if port is not None:
        return Place(_bind(host, port) or _refuse(port))
    for candidate in range(FIRST, FIRST + TRIES):
        held = _bind(host, candidate)
        if held:
            return Place(held)
    raise CommandError(
        f"Every port from {FIRST} to {FIRST + TRIES - 1} is taken. Name a free one "
        "with --port."
    )


def _bind(host: str, port: int) -> socket.socket | None:
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        _check_quiet(host, port)
        held.bind((host, port))
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except PermissionError:
        held.close()
        raise CommandError(
            f"Port {port} may only be used by root. Use one above 1023, behind a web "
            "server that has the certificate."
        ) from None
    except OSError:
        held.close()
        return None
    return held


def _check_quiet(host: str, port: int) -> None:
    """Raise OSError where somebody answers on this port at any address of ours."""
    near = LOOPBACK if host == "0.0.0.0" else host  # noqa: S104 # compared, not bound
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        if probe.connect_ex((near, port)) == 0:
            raise OSError


def _refuse(port: int) -> socket.socket:
    raise CommandError(
        f"Port {port} is taken by another program. Name another one with --port, or "
        "leave --port out and the first free one is used."
    )
