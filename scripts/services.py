"""The PostgreSQL and the Redis of the tests: started on free ports in a temporary folder, and stopped."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import debian
from scripts.stops import Stop

READY_SECONDS = 30
STOP_SECONDS = 15
POLL_SECONDS = 0.05
FOR_TESTS = ("statement_timeout=2min", "client_connection_check_interval=1s")
"""A query that would never end fails by name, and none outlives its test. Benchmarks may take longer."""


@dataclass(frozen=True)
class Services:
    """Where the tests find what they need beside Python."""

    database_url: str
    redis_url: str
    chromium: Path

    def environment(self) -> dict[str, str]:
        """The settings under which the tests look for them."""
        return {
            "WEIKE_TEST_DATABASE_URL": self.database_url,
            "WEIKE_TEST_REDIS_URL": self.redis_url,
            "CHROMIUM": str(self.chromium),
        }


def install_missing() -> None:
    """Install from Debian what this machine lacks.

    Raises:
        Stop: it cannot be installed here; the message says what to do.
    """
    missing = []
    if debian.postgres_programs() is None:
        missing.append("postgresql")
    if debian.redis_program() is None:
        missing.append("redis-server")
    if debian.chromium() is None:
        missing.append("chromium")
    if not debian.has_chinese_font():
        missing += ["fontconfig", "fonts-noto-cjk"]
    if missing:
        debian.require(missing, why="make test")


@contextlib.contextmanager
def running() -> Iterator[Services]:
    """Start PostgreSQL and Redis, and stop them whatever happens.

    Raises:
        Stop: one of them is missing or does not start.
    """
    postgres, redis, browser = debian.postgres_programs(), debian.redis_program(), debian.chromium()
    if not (postgres and redis and browser):
        message = "PostgreSQL, Redis or Chromium is missing although it was installed: see build/logs."
        raise Stop(message)
    with contextlib.ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="weike-test-")))
        # PostgreSQL refuses to run as root, so another user has to be able to come through here.
        folder.chmod(0o755)
        database_port, redis_port = free_port(), free_port()
        ending.enter_context(postgres_server(postgres, folder / "postgres", database_port, FOR_TESTS))
        ending.enter_context(redis_server(redis, folder / "redis", redis_port))
        yield Services(
            database_url=f"postgresql+psycopg://weike@127.0.0.1:{database_port}/postgres",
            redis_url=f"redis://127.0.0.1:{redis_port}/0",
            chromium=browser,
        )


@contextlib.contextmanager
def postgres_server(programs: Path, folder: Path, port: int, extra: Sequence[str] = ()) -> Iterator[None]:
    """A fresh PostgreSQL in *folder* with *extra* settings; thrown away: it need not survive a power cut."""
    folder.mkdir()
    become: list[str] = []
    if user := other_user():
        shutil.chown(folder, user.pw_uid, user.pw_gid)
        become = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    data = folder / "data"
    initdb = [*become, str(programs / "initdb"), f"--pgdata={data}", "--username=weike", "--auth=trust"]
    initdb += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(initdb, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        message = f"PostgreSQL could not make its files: {last_line(made.stderr)}."
        raise Stop(message)
    settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100"]
    settings += ["listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "jit=off"]
    settings += extra
    command = [*become, str(programs / "postgres"), "-D", str(data), "-p", str(port)]
    command += [argument for setting in settings for argument in ("-c", setting)]
    # INT asks PostgreSQL not to wait for its clients.
    with server("PostgreSQL", command, port, folder / "log", goodbye=signal.SIGINT):
        yield


@contextlib.contextmanager
def redis_server(program: Path, folder: Path, port: int) -> Iterator[None]:
    """A Redis that keeps nothing."""
    folder.mkdir()
    command = [str(program), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no"]
    with server("Redis", command, port, folder / "log"):
        yield


@contextlib.contextmanager
def server(
    name: str, command: Sequence[str], port: int, log: Path, *, goodbye: signal.Signals = signal.SIGTERM
) -> Iterator[None]:
    """Run a server until the block ends; the block begins when *port* answers.

    Raises:
        Stop: it ended, or did not answer in time.
    """
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=log.parent, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                message = f"{name} did not start: {last_line(log.read_text(errors='replace'))}."
                raise Stop(message)
            time.sleep(POLL_SECONDS)
        yield
    finally:
        process.send_signal(goodbye)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def other_user() -> pwd.struct_passwd | None:
    """The user to start PostgreSQL as when we are root, which it refuses to be."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether something listens on *port*."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def last_line(text: str) -> str:
    """The last thing a program said."""
    said = [line.strip() for line in text.splitlines() if line.strip()]
    return said[-1].rstrip(".") if said else "it said nothing"
