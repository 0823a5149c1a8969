"""Read from another host: only so much, only so long, and never inside the own network."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPMessage,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
)
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import SplitResult, urljoin, urlsplit

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
    Unreadable,
)

LARGEST_MB = 32
SLOWEST_SECONDS = 120.0
SILENCE_SECONDS = 30.0
MOST_REDIRECTS = 3
LONGEST_PAUSE_SECONDS = 24 * 3600
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Where networks of IPv6 only keep the old addresses (RFC 6052)."""
_IN_MEMORY = 1 << 20
_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEY_STATUSES = frozenset({401, 403})
_BUSY_STATUSES = frozenset({429, 503})
_OK = 200

Fetch = Callable[[str, str], IO[bytes]]
"""Reads an address with a key, which may be empty."""


@dataclass(frozen=True, slots=True)
class Outside:
    """How far reading goes."""

    allows_private: bool = False
    """Whether addresses of private networks may be read."""
    largest_mb: int = LARGEST_MB
    slowest_seconds: float = SLOWEST_SECONDS

    def fetch(self, url: str, key: str = "") -> IO[bytes]:
        """What stands at *url*; the caller closes it.

        The name is looked up once, and the address that was found harmless is the one that is asked: another
        answer of the name server a moment later changes nothing.

        Raises:
            Unreadable: a subclass says why.
        """
        deadline = time.monotonic() + self.slowest_seconds
        place, asked = _split(url), key
        for _ in range(MOST_REDIRECTS + 1):
            connection, response = self._asked(place, asked)
            try:
                if response.status in _REDIRECTS:
                    following = _split(urljoin(place.geturl(), response.getheader("Location", "")))
                    # The key was given for one host.
                    asked = asked if following.netloc == place.netloc else ""
                    place = following
                    continue
                _check_status(response, place)
                return self._read(response, place, deadline)
            finally:
                connection.close()
        raise TooManyRedirects(limit=MOST_REDIRECTS)

    def _asked(self, place: SplitResult, key: str) -> tuple[HTTPConnection, HTTPResponse]:
        host, port = place.hostname or "", place.port or (443 if place.scheme == "https" else 80)
        address = self._address(host, port)
        kind = _PinnedTls if place.scheme == "https" else _Pinned
        connection = kind(host, port, timeout=min(SILENCE_SECONDS, self.slowest_seconds))
        connection.pinned = address
        headers = {
            "Accept": "text/xml, application/xml",
            "Accept-Encoding": "identity",
            "User-Agent": "Weike",
        }
        if key:
            headers["Authorization"] = f"Bearer {key}"
        target = f"{place.path or '/'}?{place.query}" if place.query else place.path or "/"
        try:
            connection.request("GET", target, headers=headers)
            return connection, connection.getresponse()
        except (OSError, HTTPException, ValueError) as error:
            connection.close()
            raise NoAnswer(host=host, reason=_reason(error)) from error

    def _address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NoAnswer(host=host, reason=_reason(error)) from error
        addresses = [str(one[4][0]) for one in found]
        if not self.allows_private and not all(is_public(one) for one in addresses):
            raise PrivateAddress(host=host)
        return addresses[0]

    def _read(self, response: HTTPResponse, place: SplitResult, deadline: float) -> IO[bytes]:
        kept = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- the caller closes it
        try:
            self._copy(response, kept, deadline)
        except (OSError, HTTPException) as error:
            kept.close()
            raise NoAnswer(host=place.hostname, reason=_reason(error)) from error
        except Unreadable:
            kept.close()
            raise
        kept.seek(0)
        return kept

    def _copy(self, response: HTTPResponse, kept: IO[bytes], deadline: float) -> None:
        size = 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > self.largest_mb << 20:
                raise TooMuch(limit_mb=self.largest_mb)
            if time.monotonic() > deadline:
                raise TooSlow(limit=round(self.slowest_seconds))
            kept.write(chunk)
        if response.length:
            raise IncompleteRead(b"", response.length)


class _Pinned(HTTPConnection):
    """A connection to an address that was looked at before."""

    pinned = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.pinned, self.port), self.timeout)


class _PinnedTls(HTTPSConnection):
    """The same, and the certificate is held against the name."""

    pinned = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.pinned, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def is_public(address: str) -> bool:
    """Whether an address leads to the open internet, also where one kind of address is wrapped in another."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        translated = ipaddress.IPv4Address(found.packed[-4:]) if found in _TRANSLATED else None
        teredo = found.teredo[1] if found.teredo else None
        for inner in (found.ipv4_mapped, found.sixtofour, teredo, translated):
            if inner is not None:
                return is_public(str(inner))
    return found.is_global and not found.is_multicast


def check_address(url: str) -> None:
    """Refuse what is no address of a page.

    Raises:
        BadAddress: it is none.
    """
    _split(url)


def _split(url: str) -> SplitResult:
    try:
        place = urlsplit(url)
        valid = place.scheme in {"http", "https"} and bool(place.hostname) and place.port != 0
    except ValueError:
        raise BadAddress(url=url[:200]) from None
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if not valid or not is_plain or place.username is not None:
        raise BadAddress(url=url[:200])
    return place


def _check_status(response: HTTPResponse, place: SplitResult) -> None:
    status, host = response.status, place.hostname
    if status in _KEY_STATUSES:
        raise KeyRefused(host=host)
    if status in _BUSY_STATUSES:
        raise Busy(host=host, retry_after_seconds=_pause(response.headers))
    if status != _OK:
        raise BadStatus(host=host, status=status)


def _pause(headers: HTTPMessage) -> int:
    text = headers.get("Retry-After", "")
    wished = int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 60
    return min(max(wished, 1), LONGEST_PAUSE_SECONDS)


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, IncompleteRead):
        return "the answer broke off"
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return (text or type(error).__name__)[:200]
