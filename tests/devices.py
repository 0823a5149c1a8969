"""Devices that talk to a served platform over a real connection, as an app on a phone does."""

import json
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any, NoReturn
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 60.0
"""Longer than a restart of the web process takes; its connections wait meanwhile."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the platform answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 -- JSON is anything
        """The content as JSON."""
        return json.loads(self.content)


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a multipart request."""

    name: str
    filename: str
    content: bytes
    kind: str = "image/jpeg"


class Line:
    """A line that carries every request and every answer."""

    def carry(
        self, connection: HTTPConnection, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        """Send one request and read its answer to the end.

        Raises:
            OSError: the connection broke.
            HTTPException: it broke in the middle of the answer.
        """
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer, answer.read()


@dataclass
class BadLine(Line):
    """A line that breaks: while a request is under way, or before its answer has arrived."""

    luck: random.Random
    cut: float = 0.0
    """The share of requests of which only a part arrives."""
    lost: float = 0.0
    """The share of answers that the device never sees; the platform has done what was asked."""
    broke: int = 0

    def carry(
        self, connection: HTTPConnection, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        """Send one request; whether it or its answer is lost is a matter of luck."""
        fate = self.luck.random()
        if fate < self.cut:
            self._begin(connection, method, path, body, headers)
            self._break("the request was cut off")
        answered = super().carry(connection, method, path, body, headers)
        if fate < self.cut + self.lost:
            self._break("the answer was lost")
        return answered

    def _begin(
        self, connection: HTTPConnection, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> None:
        connection.putrequest(method, path)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders(body[: self.luck.randrange(len(body))] if body else None)

    def _break(self, how: str) -> NoReturn:
        self.broke += 1
        raise ConnectionResetError(how)


@dataclass
class Device:
    """One device with its cookies; each request has a connection of its own."""

    url: str
    line: Line = field(default_factory=Line)
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def sign_in(self, username: str, password: str) -> None:
        """Open a session."""
        body = json.dumps({"username": username, "password": password}).encode()
        reply = self.send("POST", "/api/v1/session", body, {"Content-Type": "application/json"})
        assert reply.status == 201, reply.content
        self.token = reply.json["csrf_token"]

    def get(self, path: str) -> Reply:
        """Read."""
        return self.send("GET", path, b"", {})

    def post_json(self, path: str, content: object) -> Reply:
        """Send JSON."""
        return self.send("POST", path, json.dumps(content).encode(), {"Content-Type": "application/json"})

    def post_parts(
        self, path: str, values: Mapping[str, str], files: Sequence[Part], headers: Mapping[str, str]
    ) -> Reply:
        """Send a form with files.

        Raises:
            OSError: the connection broke; nothing is known about what the platform did.
            HTTPException: it broke in the middle of the answer.
        """
        boundary = secrets.token_hex(16)
        body = b"".join(
            [
                *(
                    _head(boundary, f'name="{name}"') + value.encode() + b"\r\n"
                    for name, value in values.items()
                ),
                *(_head(boundary, _described(one), one.kind) + one.content + b"\r\n" for one in files),
                f"--{boundary}--\r\n".encode(),
            ]
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.send("POST", path, body, {**headers, **kind})

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send one request and read its answer."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=TIMEOUT_SECONDS)
        own = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.token:
            own["X-CSRFToken"] = self.token
        try:
            answer, content = self.line.carry(connection, method, path, body, {**own, **headers})
        finally:
            connection.close()
        self._keep_cookies(answer)
        return Reply(answer.status, dict(answer.getheaders()), content)

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}


def _described(part: Part) -> str:
    return f'name="{part.name}"; filename="{part.filename}"'


def _head(boundary: str, description: str, kind: str = "") -> bytes:
    typed = f"Content-Type: {kind}\r\n" if kind else ""
    return f"--{boundary}\r\nContent-Disposition: form-data; {description}\r\n{typed}\r\n".encode()
