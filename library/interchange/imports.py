"""A whole file into the library, portion by portion, each durable before the next begins.

Killed at any point, the same command goes on with the first line that is not in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core import clock
from core.database import db, transaction
from library.interchange import queries, services
from library.interchange.codes import Codes
from library.interchange.errors import HasBadLines
from library.interchange.lines import ReadLine, read_lines, sha256_of
from library.interchange.mappings import mapping as mapping_named
from library.interchange.models import ResourceImport

PORTION = 1_000
"""Lines a transaction: a web request waits for the database no longer than one takes."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import."""

    added: int
    changed: int
    unchanged: int
    refused: int
    problems: list[tuple[int, str]]
    """Line and sentence of the first lines that were not taken."""


def import_file(
    path: Path, *, mapping: str = "", is_strict: bool = False, on_progress: Progress, most_problems: int = 50
) -> Outcome:
    """Import *path*; good lines are taken and bad ones told, or with *is_strict* all or nothing.

    Raises:
        BadFile: the file cannot be read.
        UnknownMapping: there is no such mapping.
        HasBadLines: strict, and a line is bad; nothing was written.
    """
    map_line = mapping_named(mapping) if mapping else None
    total = sum(1 for _ in read_lines(path))
    with transaction():
        if mapping:
            services.add_subjects()
        codes = Codes.read()
    if is_strict:
        _refuse_bad_lines(path, map_line, codes)
    with transaction():
        run = services.begin(sha256_of(path), path.name, mapping, now=clock.now())
        run_id, done = run.id, run.lines_done
    for portion in _portions(path, done):
        with transaction():
            services.take(db.session.get_one(ResourceImport, run_id), portion, map_line)
        on_progress(portion[-1].number, total)
    with transaction():
        run = db.session.get_one(ResourceImport, run_id)
        run.finished_at = clock.now()
        return _outcome(run, most_problems)


def _refuse_bad_lines(path: Path, map_line: services.Map | None, codes: Codes) -> None:
    bad = [found for portion in _portions(path, 0) for found in services.check(portion, map_line, codes)]
    if bad:
        line, problem = bad[0]
        raise HasBadLines(count=len(bad), line=line, sentence=str(problem))


def _portions(path: Path, done: int) -> Iterator[list[ReadLine]]:
    lines = (line for line in read_lines(path) if line.number > done)
    while portion := list(islice(lines, PORTION)):
        yield portion


def _outcome(run: ResourceImport, most_problems: int) -> Outcome:
    problems = db.session.scalars(queries.problems_of(run.id).limit(most_problems))
    return Outcome(
        run.added, run.changed, run.unchanged, run.refused, [(one.line, one.sentence) for one in problems]
    )
