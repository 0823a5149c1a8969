"""The devices of a grade, in a process of its own: ``python -m benchmarks.rush.driver FOLDER URL NAME``.

NAME is ``sign_in``, once, or a rush. Each pupil has a connection of her own for each request, as phones on a
mobile line do. A 503 is tried again after the time that it asks for, a broken connection after a second, with
the same key; one in twenty sends the same once more although it has been received.
"""

import asyncio
import hashlib
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.rush.photos import photo
from benchmarks.rush.rushes import Rush
from benchmarks.rush.school import PASSWORD, Task
from tests.devices import Device

AT_THE_DOOR = 4
"""So many sign in at the same time."""
PATIENCE_SECONDS = 180.0
BROKEN_PAUSE_SECONDS = 1.0
RESENT_EVERY = 20
BUSY = 503
TAKEN = frozenset({200, 201})
BOUNDARY = "a-page-of-homework"


@dataclass
class HandIn:
    """What one pupil's device went through."""

    username: str
    client_key: str
    photos: list[str] = field(default_factory=list)
    """SHA-256 of each."""
    pressed_s: float = 0.0
    received_s: float | None = None
    """Both in seconds from the start of the rush."""
    receipts: list[dict[str, object]] = field(default_factory=list)
    busy: int = 0
    problems: list[str] = field(default_factory=list)
    """What should not have happened: refusals, broken connections, answers of 500 and more but 503."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    content: bytes


async def sign_in(url: str, folder: Path) -> None:
    """Sign everybody in, a few at a time, and keep what their browsers keep."""
    door = asyncio.Semaphore(AT_THE_DOOR)
    usernames: list[str] = json.loads((folder / "pupils.json").read_text())
    devices = {username: Device(url) for username in usernames}

    async def enter(username: str) -> None:
        async with door:
            await asyncio.to_thread(devices[username].sign_in, username, PASSWORD)

    await asyncio.gather(*(enter(username) for username in usernames))
    kept = {username: {"cookies": one.cookies, "token": one.token} for username, one in devices.items()}
    (folder / "devices.json").write_text(json.dumps(kept))


async def rush(url: str, folder: Path, name: str) -> None:
    """Let every pupil press the button at her time, and write down what came of it."""
    task = Task(**json.loads((folder / f"{name}.task.json").read_text()))
    devices = json.loads((folder / "devices.json").read_text())
    arrivals = Rush(task.pupils, task.photos, task.seconds, 0, 0, 0).arrivals()
    photo(0)  # drawn before the clock runs
    start = time.monotonic()
    done = await asyncio.gather(
        *(
            _hand_in(url, task, number, username, devices[username], start + arrival)
            for number, (username, arrival) in enumerate(zip(devices, arrivals, strict=False))
        )
    )
    for one in done:
        one.pressed_s -= start
        one.received_s = None if one.received_s is None else one.received_s - start
    (folder / f"{name}.journal.json").write_text(json.dumps([asdict(one) for one in done]))


async def _hand_in(
    url: str, task: Task, number: int, username: str, device: Mapping[str, object], at: float
) -> HandIn:
    await asyncio.sleep(at - time.monotonic())
    made = HandIn(username, str(uuid4()), pressed_s=at)
    photos = [photo(task.photos * number + one) for one in range(task.photos)]
    made.photos = [hashlib.sha256(one).hexdigest() for one in photos]
    request = _request(urlsplit(url).netloc, task, made.client_key, device, photos)
    while made.received_s is None and time.monotonic() < at + PATIENCE_SECONDS:
        pause = await _try(url, request, made)
        if pause < 0:
            break
        await asyncio.sleep(pause)
    if made.received_s is not None and number % RESENT_EVERY == 0:
        await _try(url, request, made)
    return made


async def _try(url: str, request: bytes, made: HandIn) -> float:
    """Send once; returns for how long to wait before the next try, less than nothing for never."""
    try:
        reply = await _send(url, request)
    except (OSError, EOFError, ValueError) as error:
        made.problems.append(f"{type(error).__name__}: {error}")
        return BROKEN_PAUSE_SECONDS
    if reply.status in TAKEN:
        made.received_s = made.received_s or time.monotonic()
        made.receipts.append(json.loads(reply.content))
        return 0.0
    if reply.status == BUSY and "retry-after" in reply.headers:
        made.busy += 1
        return float(reply.headers["retry-after"])
    made.problems.append(f"{reply.status}: {reply.content[:200]!r}")
    return BROKEN_PAUSE_SECONDS if reply.status >= 500 else -1.0  # noqa: PLR2004 -- HTTP's own number


async def _send(url: str, request: bytes) -> Reply:
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(request)
        await writer.drain()
        content = await reader.read()
    finally:
        writer.close()
    head, separator, body = content.partition(b"\r\n\r\n")
    if not separator:
        raise EOFError("the connection ended without an answer")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
    }
    return Reply(int(first.split()[1]), headers, body)


def _request(
    host: str, task: Task, client_key: str, device: Mapping[str, object], photos: list[bytes]
) -> bytes:
    """The whole request, as our own page makes it."""
    cookies = device["cookies"]
    assert isinstance(cookies, dict)
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="answers"\r\n\r\n{task.answers}\r\n'.encode()
    ]
    for place, content in enumerate(photos):
        name = f'name="photos-{task.photo_id}"; filename="page {place}.jpg"'
        head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {name}\r\nContent-Type: image/jpeg\r\n\r\n"
        parts += [head.encode(), content, b"\r\n"]
    body = b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
    lines = [
        f"POST /api/v1/assignments/{task.assignment_id}/submissions HTTP/1.1",
        f"Host: {host}",
        f"Cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}",
        f"X-CSRFToken: {device['token']}",
        f"Idempotency-Key: {client_key}",
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def main(folder: str, url: str, name: str) -> None:
    """Sign in, or rush."""
    work = sign_in(url, Path(folder)) if name == "sign_in" else rush(url, Path(folder), name)
    asyncio.run(work)


if __name__ == "__main__":
    main(*sys.argv[1:])
