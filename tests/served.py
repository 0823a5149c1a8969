"""The platform as `weike serve` runs it: supervisor, web process and workers on a data folder of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from scripts.services import free_port
from tests.devices import Device

PATIENCE_SECONDS = 90.0


def until(holds: Callable[[], bool], what: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for a condition.

    Raises:
        TimeoutError: it does not come to hold.
    """
    deadline = time.monotonic() + patience_seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.05)


@dataclass
class Served:
    """A running platform."""

    url: str
    settings: Mapping[str, str]
    supervisor: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start all its processes, and wait until it answers."""
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", "app.serve"],
            env={**os.environ, **self.settings},
            stdout=subprocess.DEVNULL,
        )
        until(self.answers, "the platform does not answer")

    def answers(self) -> bool:
        """Whether it serves requests now."""
        with contextlib.suppress(OSError, HTTPException):
            return Device(self.url).get("/healthz").status == 200
        return False

    def children(self) -> dict[int, str]:
        """The processes that the supervisor keeps running: id and command."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) == self.supervisor.pid and command:
                    found[int(place.name)] = command
        return found

    def process_of(self, program: str) -> int | None:
        """The id of the process that runs *program*, None while there is none."""
        return next((pid for pid, command in self.children().items() if program in command), None)

    def kill(self, program: str) -> None:
        """Kill a process with no chance to tidy up, and wait for its successor to exist."""
        until(lambda: self.process_of(program) is not None, f"there is no {program} to kill")
        killed = self.process_of(program)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        until(lambda: self.process_of(program) not in {None, killed}, f"{program} was not started again")

    def kill_everything(self) -> None:
        """Kill all processes at once, as a power cut does, and start again."""
        for process in (self.supervisor.pid, *self.children()):
            os.kill(process, signal.SIGKILL)
        self.supervisor.wait()
        self.start()


@contextlib.contextmanager
def served(data_dir: Path, settings: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve a database that holds people, by default the one in *data_dir*, until the block ends."""
    port = free_port()
    place = {"HOST": "127.0.0.1", "PORT": str(port), "DATA_DIR": str(data_dir)}
    running = Served(f"http://127.0.0.1:{port}", {**place, **(settings or {})})
    try:
        running.start()
        yield running
    finally:
        running.supervisor.terminate()
        running.supervisor.wait()
