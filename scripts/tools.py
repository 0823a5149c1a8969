"""Running other programs behind one progress bar, with one sentence when they fail."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from scripts.paths import LOGS, ROOT
from scripts.progress import Step
from scripts.stops import Stop, cause_of

Measure = Callable[[str], float | None]
"""Reads a line of a tool's output; returns the share done (0-1), or None when the line does not tell."""


def nothing_to_count(_line: str) -> None:
    """For tools whose output does not tell how far they are."""


def run(
    label: str,
    command: Sequence[str | Path],
    *,
    expected_seconds: float,
    measure: Measure = nothing_to_count,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run *command* as one step; its output goes to a log file, named when it fails.

    Raises:
        Stop: the program is missing, or ended badly.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{label.lower().replace(' ', '-')}.log"
    with Step(label, expected_seconds=expected_seconds) as step, log.open("w", encoding="utf-8") as lines:
        try:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        except FileNotFoundError as error:
            message = f"{label}: the program {command[0]} is missing."
            raise Stop(message) from error
        with process:
            try:
                follow(process, lines, step, measure)
            except BaseException:
                process.terminate()
                raise
        if process.returncode:
            lines.flush()
            raise failure(label, log, place=cwd)


def follow(process: subprocess.Popen[str], log: IO[str], step: Step, measure: Measure) -> None:
    """Read what *process* says until it ends."""
    assert process.stdout is not None
    for line in process.stdout:
        log.write(line)
        if (share := measure(line)) is not None:
            step.reach(share)


def failure(label: str, log: Path, *, place: Path) -> Stop:
    """Why a step failed, read from its *log*."""
    output = log.read_text(encoding="utf-8")
    if cause := cause_of(output, what=label.lower(), place=place):
        return cause
    said = [line.strip() for line in output.splitlines() if line.strip()]
    last = said[-1] if said else "it said nothing"
    return Stop(f"{label} failed ({last}); the whole output is in {log}.")


def counted(signs: Sequence[str], total: int, *, upto: float = 1.0) -> Measure:
    """Measure by counting the lines that begin with one of *signs*, *total* of which make *upto*."""
    seen = 0

    def measure(line: str) -> float | None:
        nonlocal seen
        if line.lstrip().startswith(tuple(signs)):
            seen += 1
            return min(seen / total, 1.0) * upto
        return None

    return measure
