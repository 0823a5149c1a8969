"""The databases that a benchmark runs on, each fresh."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts import debian, services

DATABASES = ("sqlite", "postgresql")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
"""The server of the tests may forget; this one must not."""


def present(names: Sequence[str]) -> list[str]:
    """Those of *names* that this machine has; says which it has not."""
    if "postgresql" in names and debian.postgres_programs() is None:
        print("PostgreSQL is not on this machine: only SQLite is measured.")
        return [name for name in names if name != "postgresql"]
    return list(names)


@contextlib.contextmanager
def database(name: str, folder: Path) -> Iterator[str]:
    """The address of a fresh database; empty for SQLite in the data folder."""
    programs = debian.postgres_programs()
    if name == "sqlite" or programs is None:
        yield ""
        return
    folder.chmod(0o755)
    port = services.free_port()
    with services.postgres_server(programs, folder / "server", port, DURABLE):
        yield f"postgresql+psycopg://weike@127.0.0.1:{port}/postgres"
