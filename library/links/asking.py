"""Ask whether there is something at an address: politely, briefly, and never inside our own house."""

import http.client
import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from library.links.addresses import Address, Allow, is_public, resolve

TIMEOUT_SECONDS = 10.0
MOST_REDIRECTS = 5
LONGEST_URL = 2_000
AGENT = "Weike-link-check/1.0"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_FOR_HEAD = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 503})
"""Answers to HEAD that servers give who answer GET well."""
NOT_THERE = frozenset({404, 410})
SERVER_ERRORS = 500
PLAIN = "/?%:@!$&'()*+,;=~-._"
PORTS = {"http": 80, "https": 443}


class Problem(StrEnum):
    """Why there was no answer, or a bad one."""

    BAD_ADDRESS = "bad_address"
    PRIVATE = "private"
    NO_HOST = "no_host"
    NO_ANSWER = "no_answer"
    INSECURE = "insecure"
    NOT_THERE = "not_there"
    SERVER_ERROR = "server_error"
    TOO_MANY_REDIRECTS = "too_many_redirects"


OUR_OWN = frozenset({Problem.NO_HOST, Problem.NO_ANSWER})
"""What a broken net on our side looks like as well."""


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to connect: the address that was checked, for the host that was named."""

    parts: SplitResult
    host: str
    port: int
    address: Address

    @property
    def target(self) -> str:
        """Path and query, as they go on the wire."""
        path = self.parts.path or "/"
        return f"{path}?{self.parts.query}" if self.parts.query else path


def ask(url: str, *, allow: Allow = is_public, timeout_seconds: float = TIMEOUT_SECONDS) -> Problem | None:
    """What is wrong with *url*, or None if something answers there.

    Each redirection is checked like the first address. A page that wants a sign-in is there. Tests tell to
    *allow* the addresses of their own server.
    """
    try:
        for _step in range(MOST_REDIRECTS + 1):
            place = _place(url, allow)
            status, location = _answer(place, timeout_seconds)
            if status in REDIRECTS and location:
                url = urljoin(url, location)
                continue
            return _judged(status)
    except _Refused as refusal:
        return refusal.problem
    except ssl.SSLError:
        return Problem.INSECURE
    except (OSError, http.client.HTTPException):
        return Problem.NO_ANSWER
    return Problem.TOO_MANY_REDIRECTS


def _judged(status: int) -> Problem | None:
    if status in NOT_THERE:
        return Problem.NOT_THERE
    return Problem.SERVER_ERROR if status >= SERVER_ERRORS else None


def _place(url: str, allow: Allow) -> _Place:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or PORTS.get(parts.scheme)
    except ValueError as error:
        raise _Refused(Problem.BAD_ADDRESS) from error
    is_odd = len(url) > LONGEST_URL or not url.isprintable() or " " in url
    if not host or not port or parts.scheme not in PORTS or parts.username is not None or is_odd:
        raise _Refused(Problem.BAD_ADDRESS)
    try:
        addresses = resolve(host, port)
    except OSError as error:
        raise _Refused(Problem.NO_HOST) from error
    # One private address among them is enough: a name may have two faces.
    if not addresses or not all(allow(one) for one in addresses):
        raise _Refused(Problem.PRIVATE if addresses else Problem.NO_HOST)
    return _Place(_in_ascii(parts), host, port, addresses[0])


def _in_ascii(parts: SplitResult) -> SplitResult:
    """Chinese paths and queries as browsers send them."""
    return parts._replace(path=quote(parts.path, safe=PLAIN), query=quote(parts.query, safe=PLAIN))


def _answer(place: _Place, timeout_seconds: float) -> tuple[int, str | None]:
    status, location = _request(place, "HEAD", timeout_seconds)
    if status in NOT_FOR_HEAD:
        status, location = _request(place, "GET", timeout_seconds)
    return status, location


def _request(place: _Place, method: str, timeout_seconds: float) -> tuple[int, str | None]:
    connection = _Connection(place, timeout_seconds)
    try:
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
        if method == "GET":
            headers["Range"] = "bytes=0-0"
        connection.request(method, place.target, headers=headers)
        response = connection.getresponse()
        location = response.getheader("Location")
        # Headers come as Latin-1; servers that write Chinese there mean UTF-8.
        return response.status, location and location.encode("latin-1").decode("utf-8", "replace")
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name says meanwhile."""

    def __init__(self, place: _Place, timeout_seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=timeout_seconds)
        self._place = place

    def connect(self) -> None:
        """Connect, and speak TLS where the address says so."""
        place = self._place
        plain = socket.create_connection((str(place.address), place.port), self.timeout)
        if place.parts.scheme == "https":
            self.default_port = PORTS["https"]
            try:
                self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=place.host)
            except BaseException:
                plain.close()
                raise
        else:
            self.sock = plain
