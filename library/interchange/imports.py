"""A whole file into the library, portion by portion, each durable before the next begins.

Killed at any point, the same command goes on with the first line that is not in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core import clock
from core.database import count_rows_anew, db, transaction
from library.interchange import queries, services
from library.interchange.codes import Codes
from library.interchange.errors import HasBadLines
from library.interchange.lines import Form, ReadLine, read_lines, sha256_of
from library.interchange.mappings import mapping as mapping_named
from library.interchange.models import ResourceImport
from library.interchange.scope import Scope

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
    source = Source(path)
    total = source.count()
    with transaction():
        if mapping:
            services.add_subjects()
    if is_strict:
        refuse_bad_lines(source, map_line)
    with transaction():
        run = services.begin(sha256_of(path), path.name, mapping, now=clock.now())
        run_id, done = run.id, run.lines_done
    for portion in source.portions(done):
        with transaction():
            run = db.session.get_one(ResourceImport, run_id)
            services.take(run, portion, map_line, first_line=source.first_line)
        on_progress(portion[-1].number, total)
    with transaction():
        run = db.session.get_one(ResourceImport, run_id)
        run.finished_at = clock.now()
        outcome = _outcome(run, most_problems)
    count_rows_anew()
    return outcome


def try_file(path: Path, *, mapping: str = "", on_progress: Progress, most_problems: int = 50) -> Outcome:
    """What an import of *path* would come to; nothing is written but, with a mapping, its subjects.

    Raises:
        BadFile: the file cannot be read.
        UnknownMapping: there is no such mapping.
    """
    map_line = mapping_named(mapping) if mapping else None
    source = Source(path)
    total = source.count()
    if mapping:
        with transaction():
            services.add_subjects()
    outcome = Outcome(0, 0, 0, 0, [])
    for last, found in trials(source, map_line):
        told = [(number, str(problem)) for number, problem in sorted(found.problems.items())]
        outcome = Outcome(
            outcome.added + len(found.new),
            outcome.changed + len(found.changed),
            outcome.unchanged + found.unchanged,
            outcome.refused + len(found.problems),
            [*outcome.problems, *told][:most_problems],
        )
        on_progress(last, total)
    return outcome


class Source:
    """A file that is imported: its lines, and where an identifier stands first in it."""

    def __init__(self, path: Path, form: Form | None = None) -> None:
        self.path, self.form = path, form
        self._first: dict[str, int] | None = None

    def count(self) -> int:
        """How many lines there are."""
        return sum(1 for _ in read_lines(self.path, self.form))

    def portions(self, done: int = 0) -> Iterator[list[ReadLine]]:
        """The lines after number *done*, a transaction's worth at a time."""
        lines = (line for line in read_lines(self.path, self.form) if line.number > done)
        while portion := list(islice(lines, PORTION)):
            yield portion

    def first_line(self, identifier: str) -> object:
        """The number of the first line that names *identifier*; "?" where a mapping makes it.

        Read only when a file says something twice, and then once.
        """
        if self._first is None:
            self._first = {}
            for line in read_lines(self.path, self.form):
                named = (line.value or {}).get("identifier")
                if isinstance(named, str):
                    self._first.setdefault(named, line.number)
        return self._first.get(identifier, "?")


def trials(
    source: Source, map_line: services.Map | None, scope: Scope | None = None
) -> Iterator[tuple[int, services.Sorted]]:
    """Number of the last line and what would come, portion by portion; nothing is written."""
    codes = Codes.read()
    seen: dict[str, str] = {}
    for portion in source.portions():
        found = services.preview(
            portion, map_line, codes, scope=scope, first_line=source.first_line, seen=seen
        )
        # Progress is written between portions, which a reading transaction must not hold up.
        db.session.rollback()
        yield portion[-1].number, found


def refuse_bad_lines(source: Source, map_line: services.Map | None, scope: Scope | None = None) -> None:
    """Make sure that all lines can be taken.

    Raises:
        HasBadLines: some cannot.
    """
    bad = [one for _last, found in trials(source, map_line, scope) for one in sorted(found.problems.items())]
    if bad:
        line, problem = bad[0]
        raise HasBadLines(count=len(bad), line=line, sentence=str(problem))


def _outcome(run: ResourceImport, most_problems: int) -> Outcome:
    problems = db.session.scalars(queries.problems_of(run.id).limit(most_problems))
    return Outcome(
        run.added, run.changed, run.unchanged, run.refused, [(one.line, one.sentence) for one in problems]
    )
