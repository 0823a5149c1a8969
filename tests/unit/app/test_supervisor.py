"""The supervisor with real processes: small Python programs that stand for web and worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.supervisor import LONGEST_BACK_OFF_SECONDS, STEADY_SECONDS, Child, Supervisor

PATIENCE_SECONDS = 20.0
WRITES_ITS_IDS_AND_STAYS = """
import os, pathlib, subprocess, sys, time
grandchild = subprocess.Popen(["sleep", "600"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {grandchild.pid}")
time.sleep(600)
"""
SUPERVISES_ONE = """
import sys
from app.supervisor import Child, Supervisor
with Supervisor(print) as supervisor:
    supervisor.keep(Child("one", [sys.executable, "-c", sys.argv[1], sys.argv[2]]))
    supervisor.wait(600)
"""
FOLLOWS = "from app.inherited import follow_supervisor; follow_supervisor()\n"


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def ids_in(place: Path) -> tuple[int, int]:
    until(lambda: place.is_file() and len(place.read_text(encoding="ascii").split()) == 2)
    child, grandchild = place.read_text(encoding="ascii").split()
    return int(child), int(grandchild)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said: list[str]) -> Iterator[Supervisor]:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    with Supervisor(said.append) as made:
        yield made
    for number, handler in handlers.items():
        signal.signal(number, handler)


def child(place: Path, *, program: str = WRITES_ITS_IDS_AND_STAYS) -> Child:
    return Child("The worker", [sys.executable, "-c", program, str(place)])


def test_ending_ends_children_and_what_they_started(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.keep(child(tmp_path / "ids"))
    pids = ids_in(tmp_path / "ids")

    supervisor.end_all()

    until(lambda: not any(map(is_alive, pids)))


def test_what_a_child_left_behind_ends_too(supervisor: Supervisor, tmp_path: Path) -> None:
    leaves = WRITES_ITS_IDS_AND_STAYS.replace("time.sleep(600)", "")
    supervisor.keep(child(tmp_path / "ids", program=leaves))
    _, grandchild = ids_in(tmp_path / "ids")

    supervisor.end_all()

    until(lambda: not is_alive(grandchild))


def test_a_killed_child_is_said_and_started_again(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    one = child(tmp_path / "ids")
    one.when_dead = lambda: said.append("What it left is cleared up.")
    supervisor.keep(one)
    first, grandchild = ids_in(tmp_path / "ids")
    os.kill(first, signal.SIGKILL)

    def is_replaced() -> bool:
        supervisor.tend()
        return ids_in(tmp_path / "ids")[0] != first

    until(is_replaced)
    assert said == [
        "The worker ended unexpectedly (signal SIGKILL); it starts again in 1 s.",
        "What it left is cleared up.",
    ]
    assert not is_alive(grandchild)


def test_a_child_that_keeps_dying_is_started_less_and_less_often() -> None:
    one = Child("The worker", ["true"])
    waits = [one.note_death(now=10.0) for _ in range(7)]
    assert waits == [1, 2, 4, 8, 16, LONGEST_BACK_OFF_SECONDS, LONGEST_BACK_OFF_SECONDS]

    one.started_at = 100.0
    assert one.note_death(now=100.0 + STEADY_SECONDS) == 1


def test_nothing_is_started_again_once_the_end_was_asked_for(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.keep(child(tmp_path / "ids"))
    ids_in(tmp_path / "ids")
    os.kill(os.getpid(), signal.SIGTERM)
    supervisor.wait(PATIENCE_SECONDS)

    assert supervisor.is_stopping()


def test_a_command_is_waited_for_and_its_status_told(supervisor: Supervisor) -> None:
    assert supervisor.finish(Child("The migration", [sys.executable, "-c", "raise SystemExit(3)"])) == 3


def test_a_command_is_ended_when_the_end_is_asked_for_meanwhile(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    asks = f"import os, signal; os.kill({os.getpid()}, signal.SIGTERM)\n"
    command = child(tmp_path / "ids", program=asks + WRITES_ITS_IDS_AND_STAYS)

    assert supervisor.finish(command) == 0
    assert command.process is not None
    assert not is_alive(command.process.pid)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_children_end_with_their_supervisor_however_it_ends(number: signal.Signals, tmp_path: Path) -> None:
    place = tmp_path / "ids"
    program = FOLLOWS + WRITES_ITS_IDS_AND_STAYS
    process = subprocess.Popen([sys.executable, "-c", SUPERVISES_ONE, program, str(place)])
    try:
        pids = ids_in(place)
        process.send_signal(number)
        process.wait(PATIENCE_SECONDS)
        until(lambda: not any(map(is_alive, pids)))
    finally:
        process.kill()
        process.wait()
