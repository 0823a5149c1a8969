"""Keeping child processes running: restarted when they die, ended with everything they started.

Each child leads a process group of its own, so that what it started (a transcoder, say) ends with it. Each
holds the read end of one pipe: when the supervisor is gone, however it went, the pipe ends and so does the
child (see ``app.inherited``).
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Self

from app.inherited import LIFELINE

FIRST_BACK_OFF_SECONDS = 1.0
LONGEST_BACK_OFF_SECONDS = 30.0
STEADY_SECONDS = 60.0
"""A child that lived this long is taken to be well: its next death counts as the first again."""
GRACE_SECONDS = 10.0
POLL_SECONDS = 0.2


@dataclass
class Child:
    """One process that is kept running."""

    name: str
    command: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)
    """Environment variables of this child alone."""
    passed: tuple[int, ...] = ()
    """File descriptors it inherits."""
    when_dead: Callable[[], None] = lambda: None
    """Clears up what it left in the middle, once it and all it started are gone."""
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0

    def note_death(self, now: float) -> float:
        """Plan the restart; returns in how many seconds it comes."""
        self.deaths = 1 if now - self.started_at >= STEADY_SECONDS else self.deaths + 1
        wait = min(FIRST_BACK_OFF_SECONDS * 2.0 ** (self.deaths - 1), LONGEST_BACK_OFF_SECONDS)
        self.process = None
        self.start_again_at = now + wait
        return wait


class Supervisor:
    """Starts children, restarts those that die, and ends them all at the end of its block."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.children: list[Child] = []
        self._is_stopping = False
        self._lifeline, self._held = os.pipe()

    def __enter__(self) -> Self:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGHUP, self._stop)
        return self

    def __exit__(self, *_error: object) -> None:
        self.end_all()
        os.close(self._held)
        os.close(self._lifeline)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def is_stopping(self) -> bool:
        """Whether somebody asked for the end: Ctrl-C, TERM, or the terminal was closed."""
        return self._is_stopping

    def keep(self, child: Child) -> None:
        """Start *child* and keep it running from now on."""
        self.children.append(child)
        self._start(child)

    def finish(self, child: Child) -> int:
        """Start *child* and wait for its end.

        Returns:
            Its exit status, or 0 when we were told to stop, and have stopped it, meanwhile.
        """
        self._start(child)
        assert child.process is not None
        while not self.is_stopping():
            with contextlib.suppress(subprocess.TimeoutExpired):
                return child.process.wait(POLL_SECONDS)
        _end([child])
        return 0

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 -- the commands are our own
            child.command,
            env={**os.environ, **child.settings, LIFELINE: str(self._lifeline)},
            pass_fds=(*child.passed, self._lifeline),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def tend(self) -> None:
        """Look after the children once: say who died, and start again whose time has come."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and (code := child.process.poll()) is not None:
                # What it started must not outlive it and work beside its successor.
                _signal_group(child.process, signal.SIGKILL)
                wait = child.note_death(now)
                self.say(f"{child.name} ended unexpectedly ({_told(code)}); it starts again in {wait:.0f} s.")
                child.when_dead()
            elif child.process is None and now >= child.start_again_at and not self.is_stopping():
                self._start(child)

    def wait(self, seconds: float) -> None:
        """Tend for *seconds*, or until told to stop."""
        until = time.monotonic() + seconds
        while not self.is_stopping() and time.monotonic() < until:
            self.tend()
            time.sleep(min(POLL_SECONDS, max(until - time.monotonic(), 0)))

    def end_all(self) -> None:
        """Ask every child to end, wait for what is under way, and end by force what is left."""
        self._is_stopping = True
        _end(self.children)


def _end(children: Sequence[Child]) -> None:
    started = [child.process for child in children if child.process]
    for process in started:
        _signal_group(process, signal.SIGTERM)
    until = time.monotonic() + GRACE_SECONDS
    for process in started:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(until - time.monotonic(), 0))
    for process in started:
        # Also where the child itself has ended: what it started may not have.
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _told(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"
