"""``weike serve``: the whole platform on one computer, until Ctrl-C.

The supervisor brings the schema up to date, builds the demo city's people where there is no city yet, starts
the web process and the workers, keeps them running, and is SQLite's one checkpointer. It imports no more than
that takes: the application itself is loaded by its children, side by side.
"""

import contextlib
import errno
import fcntl
import os
import socket
import sqlite3
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import click
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from app.checkpoints import checkpoint
from app.inherited import SOCKET
from app.settings import Settings, WeakSetting
from app.supervisor import Child, Supervisor
from core.disk import is_full

ROOT = Path(__file__).parent.parent
MIGRATIONS = ROOT / "migrations"
BACKLOG = 1_024
"""Connections that wait while the web process starts again."""
CHECKPOINT_SECONDS = 5.0
START_SECONDS = 60.0
HIGHEST_PORT = 65_535
FULL_DISK = errno.ENOSPC
"""The exit status of a command that found the disk full, and has said so."""
DEMO_SIGN_INS = (
    ("demo-student", "a pupil", "学生"),
    ("demo-teacher", "a teacher", "教师"),
    ("demo-guardian", "a guardian", "家长"),
    ("demo-district", "a district administrator", "区县管理员"),
    ("demo-city", "a city administrator", "市级管理员"),
)
DEMO_PASSWORD = "weike-demo"  # noqa: S105 -- told to everybody who starts a demo city


class CannotServe(Exception):
    """The start ends here; the message is the one sentence that is shown."""


class AlreadyTold(CannotServe):
    """The start ends here; the child that failed has said why, in one sentence."""


def main() -> int:
    """Serve until told to stop.

    Returns:
        The exit status: 0 after a stop that was asked for, 1 when the start failed (one sentence says why).
    """
    try:
        settings = Settings.from_environment()
    except WeakSetting as sentence:
        click.echo(sentence, err=True)
        return 1
    try:
        host, port = os.environ.get("HOST", "127.0.0.1"), _port(os.environ.get("PORT", "8000"))
        with (
            contextlib.closing(listen(host, port)) as listener,
            only_one(settings.data_dir),
            Supervisor(say) as supervisor,
        ):
            return serve(settings, supervisor, listener)
    except AlreadyTold:
        pass
    except CannotServe as sentence:
        click.echo(sentence, err=True)
    except OperationalError as error:
        if not is_full(error):
            raise
        click.echo(no_room(settings), err=True)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS}:
            raise
        click.echo(
            f"Weike cannot write its data ({error.strerror}: {error.filename or 'DATA_DIR'}).", err=True
        )
    return 1


def serve(settings: Settings, supervisor: Supervisor, listener: socket.socket) -> int:
    """Prepare the database, start the children and look after them."""
    prepare(settings, supervisor)
    if supervisor.is_stopping():
        return 0
    environment = {SOCKET: str(listener.fileno())}
    supervisor.keep(Child("The web server", _python("app.web"), environment, passed=(listener.fileno(),)))
    if not until_answering(supervisor, listener):
        return 0 if supervisor.is_stopping() else 1
    show_address(listener, with_demo=has_demo_city(settings))
    # All workers stand back behind the web server: what follows from a hand-in may wait, its receipt may not.
    supervisor.keep(_worker(settings, "The worker", "short", threads=2))
    # What takes minutes gets a process of its own, one job at a time.
    supervisor.keep(_worker(settings, "The video worker", "video"))
    supervisor.keep(_worker(settings, "The training worker", "train"))
    has_room = True
    while not supervisor.is_stopping():
        supervisor.wait(CHECKPOINT_SECONDS)
        had_room, has_room = has_room, bool(settings.database_url) or could_checkpoint(settings.data_dir)
        if had_room and not has_room:
            say(no_room(settings))
    say("Stopping ...")
    supervisor.end_all()
    say("Stopped.")
    return 0


def prepare(settings: Settings, supervisor: Supervisor) -> None:
    """Bring the schema up to date, and build the people and classes of a demo city into an empty database.

    Raises:
        CannotServe: one of the two failed.
    """
    if not is_current(settings):
        say("Preparing the database ...")
        migration = Child("The migration", _weike("db", "upgrade", "--directory", str(MIGRATIONS)))
        _finish(
            supervisor, migration, "The database could not be brought up to date; the reason stands above."
        )
    if not supervisor.is_stopping() and is_empty(settings):
        say("Building the demo city: people and classes first; library and media follow.")
        demo = Child("The demo city", _weike("demo", "start"))
        _finish(supervisor, demo, "The demo city could not be built; the reason stands above.")
    if not supervisor.is_stopping():
        begin_jobs_anew(settings)


def _worker(settings: Settings, name: str, queue: str, *, threads: int = 1) -> Child:
    command = ["nice", *_python("app.worker", queue, str(threads))]
    return Child(name, command, when_dead=partial(_release_what_it_left, settings, queue))


def _release_what_it_left(settings: Settings, queue: str) -> None:
    try:
        release_jobs(settings, queue)
    except OperationalError as error:
        # Nothing is lost: the jobs begin again when their lease ends. The children still need us.
        say(f"Jobs that it left begin again in some minutes, not now ({error.orig}).")


def _finish(supervisor: Supervisor, child: Child, failure: str) -> None:
    status = supervisor.finish(child)
    if status == FULL_DISK:
        raise AlreadyTold
    if status:
        raise CannotServe(failure)


def could_checkpoint(data_dir: Path) -> bool:
    """Move SQLite's log into the database; False when the disk has no room, and later will do as well."""
    try:
        checkpoint(data_dir / "weike.db")
    except sqlite3.OperationalError as error:
        if not is_full(error):
            raise
        return False
    return True


def no_room(settings: Settings) -> str:
    """The sentence for a full disk."""
    place = "the database server" if settings.database_url else str(settings.data_dir)
    return f"The disk is full, so nothing more can be written to {place}: make room, then start again."


def begin_jobs_anew(settings: Settings) -> None:
    """Let jobs that were under way when the platform ended wait again, with no blame on them."""
    _change_jobs(settings, "UPDATE job SET state = 'waiting', lease_until = NULL WHERE state = 'running'")


def release_jobs(settings: Settings, queue: str) -> None:
    """Let jobs that the dead worker of *queue* left begin again now, not when their lease ends."""
    long_ago = datetime.now(UTC) - timedelta(days=1)
    _change_jobs(
        settings,
        "UPDATE job SET lease_until = :long_ago WHERE state = 'running' AND queue = :queue",
        long_ago=f"{long_ago:%Y-%m-%d %H:%M:%S.%f}",
        queue=queue,
    )


def _change_jobs(settings: Settings, statement: str, **values: str) -> None:
    # Where database and queue lie in our own data folder, no other worker can be at them.
    if settings.database_url or settings.redis_url:
        return
    with _connection(settings) as connection:
        connection.execute(text(statement), values)
        connection.commit()


def listen(host: str, port: int) -> socket.socket:
    """Open the address before anything long, and keep it open whatever happens to the web process.

    Raises:
        CannotServe: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = (
                f"Port {port} is taken by another program: choose another, as in PORT={port + 1} make run."
            )
        else:
            message = f"This machine cannot listen on {host}:{port} ({error.strerror}): check HOST and PORT."
        raise CannotServe(message) from error


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Be the only supervisor on a data folder: two would be two checkpointers of one database.

    Raises:
        CannotServe: there is one already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"Weike is already running on {folder}: stop it first, or choose another DATA_DIR."
            raise CannotServe(message) from error
        yield


def is_current(settings: Settings) -> bool:
    """Whether the database has the newest schema."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    newest = set(ScriptDirectory.from_config(config).get_heads())
    with _connection(settings) as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == newest


def is_empty(settings: Settings) -> bool:
    """Whether nobody is in the database yet."""
    with _connection(settings) as connection:
        return connection.execute(text("SELECT 1 FROM person LIMIT 1")).first() is None


def has_demo_city(settings: Settings) -> bool:
    """Whether the demo sign-ins exist here."""
    with _connection(settings) as connection:
        found = connection.execute(text("SELECT 1 FROM person WHERE username = 'demo-student'"))
        return found.first() is not None


@contextlib.contextmanager
def _connection(settings: Settings) -> Iterator[Connection]:
    engine = create_engine(settings.sqlalchemy_url())
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def until_answering(supervisor: Supervisor, listener: socket.socket) -> bool:
    """Wait until the web process answers; False when we were told to stop, or it does not answer at all."""
    until = time.monotonic() + START_SECONDS
    while not supervisor.is_stopping() and time.monotonic() < until:
        supervisor.tend()
        if _answers(listener):
            return True
    if not supervisor.is_stopping():
        say("The web server did not start; its reason stands above.")
    return False


def _answers(listener: socket.socket) -> bool:
    host, port = listener.getsockname()[:2]
    connection = HTTPConnection(_reachable(host), port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200  # noqa: PLR2004 -- HTTP's own number
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def show_address(listener: socket.socket, *, with_demo: bool) -> None:
    """Tell where the platform answers, and who can sign in to a demo city."""
    host, port = listener.getsockname()[:2]
    name = _reachable(host)
    lines = [f"Weike 微课   http://{f'[{name}]' if ':' in name else name}:{port}"]
    if with_demo:
        lines += ["", f"Sign in with the password {DEMO_PASSWORD} as"]
        lines += [f"  {username:<14} {role}, {chinese}" for username, role, chinese in DEMO_SIGN_INS]
    lines += ["", "Ctrl-C stops everything."]
    for line in box(lines):
        say(line)


def box(lines: Sequence[str]) -> list[str]:
    """*lines* in a frame; Chinese characters are two columns wide."""
    widest = max(map(_columns, lines))
    framed = [f"│ {line}{' ' * (widest - _columns(line))} │" for line in lines]
    return [f"╭{'─' * (widest + 2)}╮", *framed, f"╰{'─' * (widest + 2)}╯"]


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not bound


def _port(given: str) -> int:
    if not given.isdecimal() or not 0 <= int(given) <= HIGHEST_PORT:
        message = f"PORT must be a number up to {HIGHEST_PORT}, not {given!r}."
        raise CannotServe(message)
    return int(given)


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _weike(*arguments: str) -> list[str]:
    return _python("app", *arguments)


def say(line: str) -> None:
    """Tell the person who started us."""
    click.echo(line)


if __name__ == "__main__":
    sys.exit(main())
