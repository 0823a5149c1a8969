"""Reading from other hosts: guarded, bounded, and told in plain words."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from flask import Flask

from library.harvests.errors import (
    BadAddress,
    BadStatus,
    Busy,
    KeyRefused,
    NoAnswer,
    PrivateAddress,
    TooManyRedirects,
    TooMuch,
    TooSlow,
)
from library.harvests.outside import Outside, is_public

OPEN = Outside(allows_private=True)


@contextmanager
def server(*answers: bytes | Callable[[socket.socket], None]) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives these answers to the questions that come, one after the other, and notes them."""
    listening = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        for one in answers:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(65536))
                with suppress(OSError):
                    one(connection) if callable(one) else connection.sendall(one)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/oai", asked
    finally:
        listening.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for the next question
        listening.close()
        thread.join(timeout=5)


def ok(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def redirect(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def test_what_stands_there_is_read_with_the_key() -> None:
    with server(ok(b"<a/>")) as (url, asked), OPEN.fetch(f"{url}?verb=Identify", "secret") as content:
        assert content.read() == b"<a/>"
    assert asked[0].startswith(b"GET /oai?verb=Identify HTTP/1.1")
    assert b"Authorization: Bearer secret" in asked[0]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///oai",
        "http://user:password@example.org/",
        "http://example.org/a b",
        "http://example.org/\r\nHost: x",
        "http://例子.测试/",
        "http://[::1",
        "http://example.org:99999/",
    ],
)
def test_what_is_no_address_is_refused(context: Flask, url: str) -> None:
    with pytest.raises(BadAddress) as refusal:
        OPEN.fetch(url)
    assert str(refusal.value)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",  # noqa: S104 -- it is what must be refused
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:169.254.169.254]",
        "2130706433",
        "127.1",
    ],
)
def test_private_addresses_are_refused_however_they_are_written(context: Flask, host: str) -> None:
    with pytest.raises((PrivateAddress, NoAnswer)):
        Outside().fetch(f"http://{host}:9/oai")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("224.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:0001::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("::", False),
    ],
)
def test_what_leads_to_the_open_internet(address: str, expected: bool) -> None:  # noqa: FBT001 -- a table
    assert is_public(address) is expected


def test_a_redirection_into_a_private_network_is_refused(context: Flask) -> None:
    with server(ok(b"secret")) as (inside, asked), server(redirect(inside)) as (outside, _):
        port = outside.rpartition(":")[2]
        guarded = _AllowsFirst(port)
        with pytest.raises(PrivateAddress):
            guarded.fetch(outside)
        assert asked == []


class _AllowsFirst(Outside):
    """Takes one port of this machine for a host outside, and nothing else."""

    def __init__(self, port: str) -> None:
        super().__init__()
        object.__setattr__(self, "_first", int(port.partition("/")[0]))

    def _address(self, host: str, port: int) -> str:
        return host if port == self._first else super()._address(host, port)  # type: ignore[attr-defined] # set above


def test_the_key_does_not_follow_a_redirection_to_another_host() -> None:
    with server(ok(b"<a/>")) as (second, asked), server(redirect(second)) as (first, _):
        OPEN.fetch(first, "secret").close()
        assert b"secret" not in asked[0]


def test_redirections_end() -> None:
    loop = redirect("/oai")
    with server(loop, loop, loop, loop, loop) as (url, _), pytest.raises(TooManyRedirects):
        OPEN.fetch(url)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [("404 Not Found", BadStatus), ("500 Oh", BadStatus), ("401 Who", KeyRefused), ("403 No", KeyRefused)],
)
def test_an_error_of_the_server_is_told(status: str, refusal: type[Exception]) -> None:
    answer = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
    with server(answer) as (url, _), pytest.raises(refusal):
        OPEN.fetch(url)


@pytest.mark.parametrize(("header", "seconds"), [("120", 120), ("soon", 60), ("-5", 60), ("9" * 6, 86400)])
def test_a_busy_server_is_left_alone_as_long_as_it_asks(header: str, seconds: int) -> None:
    answer = f"HTTP/1.1 503 Busy\r\nRetry-After: {header}\r\nContent-Length: 0\r\n\r\n".encode()
    with server(answer) as (url, _), pytest.raises(Busy) as refusal:
        OPEN.fetch(url)
    assert refusal.value.details["retry_after_seconds"] == seconds


def test_an_answer_without_end_is_cut(context: Flask) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with server(endless) as (url, _), pytest.raises(TooMuch):
        Outside(allows_private=True, largest_mb=1).fetch(url)


def test_an_answer_that_trickles_is_cut(context: Flask) -> None:
    waiting = threading.Event()

    def trickle(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x")
            waiting.wait(0.02)

    with server(trickle) as (url, _), pytest.raises((TooSlow, NoAnswer)):
        Outside(allows_private=True, slowest_seconds=0.2).fetch(url)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500,
    ],
)
def test_an_answer_that_breaks_off_is_told(context: Flask, answer: bytes) -> None:
    with server(answer) as (url, _), pytest.raises(NoAnswer) as refusal:
        OPEN.fetch(url)
    assert "127.0.0.1" in str(refusal.value)


def test_nobody_there_is_told(context: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NoAnswer):
        OPEN.fetch(f"http://127.0.0.1:{port}/oai")
