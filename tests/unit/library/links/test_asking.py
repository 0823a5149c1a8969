"""Links are asked politely, and never inside our own house."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from library.links import addresses
from library.links.addresses import is_public
from library.links.asking import MOST_REDIRECTS, Problem, ask


class Site(BaseHTTPRequestHandler):
    """Answers by what the path says, and notes what it was asked."""

    asked: list[tuple[str, str, str]]

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers.get("Range", "")))
        what, _, rest = self.path.lstrip("/").partition("/")
        if what == "redirect":
            self.send_response(302)
            self.send_header("Location", f"/{rest}")
        elif what == "circle":
            self.send_response(301)
            self.send_header("Location", "/circle")
        elif what == "inside":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
        elif what == "get-only":
            self.send_response(405 if self.command == "HEAD" else 206)
        elif what == "silent":
            self.close_connection = True
            return
        else:
            self.send_response(int(what) if what.isdigit() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 -- the name is the base class's
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def ours(address: addresses.Address) -> bool:
    """Let the test ask its own server, and nothing else."""
    return address == ip_address("127.0.0.1")


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/200", None),
        ("/204", None),
        ("/401", None),
        ("/403", None),
        ("/429", None),
        ("/get-only", None),
        ("/redirect/200", None),
        ("/中文/路径?问=1", None),
        ("/404", Problem.NOT_THERE),
        ("/410", Problem.NOT_THERE),
        ("/redirect/404", Problem.NOT_THERE),
        ("/500", Problem.SERVER_ERROR),
        ("/503", Problem.SERVER_ERROR),
        ("/circle", Problem.TOO_MANY_REDIRECTS),
        ("/inside", Problem.PRIVATE),
        ("/silent", Problem.NO_ANSWER),
    ],
)
def test_what_a_site_answers_is_understood(site: str, path: str, problem: Problem | None) -> None:
    assert ask(site + path, allow=ours) is problem


def test_a_page_is_not_fetched_to_know_that_it_is_there(site: str) -> None:
    ask(site + "/200", allow=ours)
    ask(site + "/get-only", allow=ours)
    assert Site.asked == [
        ("HEAD", "/200", ""),
        ("HEAD", "/get-only", ""),
        ("GET", "/get-only", "bytes=0-0"),
    ]


def test_a_circle_ends(site: str) -> None:
    ask(site + "/circle", allow=ours)
    assert len(Site.asked) == MOST_REDIRECTS + 1


def test_nobody_listening_is_no_answer() -> None:
    assert ask("http://127.0.0.1:9/", allow=ours, timeout_seconds=1) is Problem.NO_ANSWER


def test_our_own_house_is_not_asked(site: str) -> None:
    assert ask(site + "/200") is Problem.PRIVATE
    assert ask("http://localhost/") is Problem.PRIVATE
    assert Site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://user:secret@example.org/",
        "http://example.org:99999/",
        "http://[::1",
        "http://exa mple.org/",
        "http://example.org/\r\nHost: evil",
        "http://example.org/" + "a" * 3000,
    ],
)
def test_what_is_not_the_address_of_a_page_is_not_asked(url: str) -> None:
    assert ask(url) is Problem.BAD_ADDRESS


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        # One address inside another.
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "64:ff9b::a9fe:a9fe"),
    ],
)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "110.242.68.66", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_name_with_a_public_and_a_private_face_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    two_faces = [ip_address("93.184.215.14"), ip_address("192.168.1.1")]
    monkeypatch.setattr("library.links.asking.resolve", lambda *_: two_faces)
    assert ask("http://example.org/") is Problem.PRIVATE


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [[ip_address("127.0.0.1")], [ip_address("10.0.0.1")]]
    monkeypatch.setattr("library.links.asking.resolve", lambda *_: answers.pop(0))

    assert ask(site.replace("127.0.0.1", "changes-its-mind.example") + "/200", allow=ours) is None

    assert answers == [[ip_address("10.0.0.1")]]


def test_a_name_that_is_not_known_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[addresses.Address]:
        raise OSError

    monkeypatch.setattr("library.links.asking.resolve", fail)
    assert ask("http://no-such-site.example/") is Problem.NO_HOST
