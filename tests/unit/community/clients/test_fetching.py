"""No way inside, no endless wait, no endless body: against a server of our own."""

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from thedeal.community.clients import fetching
from thedeal.community.clients.fetching import Fetcher, FetchError, InsideError

A_DATE = "Mon, 23 Nov 2026 02:10:00 GMT"


class Answering(BaseHTTPRequestHandler):
    """Answers each path with what a test wants to see survived."""

    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Answer."""
        self.seen.append(f"{self.headers['Host']}{self.path}")
        if self.path == "/slow-headers":
            self._drip_headers()
        elif self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif (
            self.headers.get("If-None-Match") == '"one"'
            or self.headers.get("If-Modified-Since") == A_DATE
        ):
            self.send_response(304)
            self.end_headers()
        elif self.path == "/round":
            self.send_response(301)
            self.send_header("Location", "/round")
            self.end_headers()
        else:
            self._body()

    def _drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        with contextlib.suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)

    def _body(self) -> None:
        status = 503 if self.path == "/broken" else 200
        self.send_response(status)
        if self.path == "/dated":
            self.send_header("Last-Modified", A_DATE)
        else:
            self.send_header("ETag", '"one"')
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.path == "/packed":
            self.wfile.write(gzip.compress(b"0" * 5_000_000))
            return
        if self.path == "/slow":
            for _ in range(20):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        self.wfile.write(b"y" * (3000 if self.path == "/large" else 5))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def at() -> Iterator[str]:
    """Give the address of a server that answers."""
    Answering.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://feed.example:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def here(_host: str, _port: int) -> list[str]:
    """Resolve every name to this machine."""
    return ["127.0.0.1"]


def fetcher(**given: object) -> Fetcher:
    """Give one that may reach feed.example, though it is inside."""
    inside = frozenset({"feed.example"})
    return Fetcher(inside=inside, resolver=here, **given)  # type: ignore[arg-type]  # whatever a test gives


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.4.4", "192.168.1.1",
        "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::",
        "2002:7f00:1::", "64:ff9b::7f00:1", "240.0.0.1", "192.0.2.1",
    ],
)  # fmt: skip
def test_what_is_inside_is_not_public(address: str):
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "81.2.69.142", "2606:4700::1111"])
def test_what_is_outside_is(address: str):
    assert fetching.is_public(address)


def test_a_name_with_one_inside_address_is_refused():
    both = Fetcher(resolver=lambda _h, _p: ["1.1.1.1", "10.0.0.1"])
    with both, pytest.raises(InsideError, match="not on the public internet"):
        both.get("https://feed.example/")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://feed.example/",
        "gopher://feed.example/",
        "//feed.example",
        "http://",
        "http://user:secret@feed.example/",
        "http://feed.example:99999/",
        "http://[::1",
    ],
)
def test_only_plain_web_addresses_are_read(address: str):
    with fetcher() as one, pytest.raises(FetchError):
        one.get(address)


def test_other_ports_are_refused():
    outside = Fetcher(resolver=lambda _h, _p: ["1.1.1.1"])
    with outside, pytest.raises(InsideError, match="Port 5432"):
        outside.get("http://feed.example:5432/")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433"])
def test_this_machine_is_refused_by_any_name(host: str):
    with Fetcher() as one, pytest.raises(FetchError):
        one.get(f"http://{host}:8080/")


def test_it_fetches_by_the_name_that_was_asked(at: str):
    with fetcher() as one:
        found = one.get(f"{at}/feed")
    assert (found.body, found.etag) == (b"yyyyy", '"one"')
    assert Answering.seen == [f"{at.removeprefix('http://')}/feed"]


def test_a_feed_without_a_stamp_is_asked_by_its_date(at: str):
    with fetcher() as one:
        assert one.get(f"{at}/dated").etag == A_DATE
        assert one.get(f"{at}/dated", etag=A_DATE).is_unchanged


def test_what_has_not_changed_is_not_read_again(at: str):
    with fetcher() as one:
        assert one.get(f"{at}/feed", etag='"one"').is_unchanged


def test_a_redirect_to_another_page_is_followed(at: str):
    with fetcher() as one:
        assert one.get(f"{at}/to//feed").body == b"yyyyy"


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:8080/", "http://inside.example/", "//localhost/"]
)
def test_a_redirect_to_inside_is_refused(at: str, where: str):
    with fetcher() as one, pytest.raises(InsideError):
        one.get(f"{at}/to/{where}")


def test_a_redirect_to_a_file_is_refused(at: str):
    with fetcher() as one, pytest.raises(FetchError, match="Only http"):
        one.get(f"{at}/to/file:///etc/passwd")


def test_redirects_without_end_are_given_up(at: str):
    with fetcher() as one, pytest.raises(FetchError, match="one address to the next"):
        one.get(f"{at}/round")


def test_too_much_is_too_much(at: str):
    with fetcher(most_bytes=1000) as one, pytest.raises(FetchError, match="more than"):
        one.get(f"{at}/large")


def test_a_drip_is_given_up(at: str):
    with fetcher(whole_s=0.2) as one, pytest.raises(FetchError, match="too long"):
        one.get(f"{at}/slow")


def test_a_drip_in_the_headers_is_given_up(at: str):
    begins = time.monotonic()
    with fetcher(whole_s=0.2) as one, pytest.raises(FetchError, match="too long"):
        one.get(f"{at}/slow-headers")
    assert time.monotonic() - begins < 2


def test_what_is_small_only_while_packed_is_too_much(at: str):
    few = fetcher(most_bytes=100_000)
    with few as one, pytest.raises(FetchError, match="more than"):
        one.get(f"{at}/packed")


def test_a_connection_of_one_host_never_serves_another(at: str):
    port = at.rpartition(":")[2]
    both = frozenset({"feed.example", "other.example"})
    with Fetcher(inside=both, resolver=here) as one:
        one.get(f"{at}/a")
        one.get(f"http://other.example:{port}/b")
        assert set(one.clients) == {"feed.example", "other.example"}
        assert one.clients["feed.example"] is not one.clients["other.example"]


def test_an_error_is_said_with_its_number(at: str):
    with fetcher() as one, pytest.raises(FetchError, match="answered 503"):
        one.get(f"{at}/broken")


def test_a_name_that_is_none_is_said():
    def nothing(_host: str, _port: int) -> list[str]:
        raise OSError

    with (
        Fetcher(resolver=nothing) as one,
        pytest.raises(FetchError, match="no machine"),
    ):
        one.get("https://feed.example/")
