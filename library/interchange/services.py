"""Take lines of a file into the library."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from core.database import db, insert_if_absent
from library.curriculum.models import Subject
from library.interchange import queries, writing
from library.interchange.codes import Codes
from library.interchange.errors import BadLine, SaidTwice
from library.interchange.lines import ReadLine
from library.interchange.mappings import SUBJECTS
from library.interchange.models import ImportProblem, ResourceImport
from library.interchange.records import read_record
from library.interchange.writing import Given
from library.resources.models import Resource

Map = Callable[[Mapping[str, Any]], dict[str, Any]]


def begin(source_sha256: str, name: str, mapping: str, *, now: datetime) -> ResourceImport:
    """The import of this file: new, going on where it stopped, or a finished one from the top."""
    run = db.session.scalar(queries.import_of(source_sha256, mapping))
    if run is None:
        run = ResourceImport(source_sha256=source_sha256, name=name[:300], mapping=mapping, started_at=now)
        db.session.add(run)
        db.session.flush()
    elif run.finished_at is not None:
        db.session.execute(delete(ImportProblem).where(ImportProblem.import_id == run.id))
        run.lines_done = run.added = run.changed = run.unchanged = run.refused = 0
        run.started_at, run.finished_at = now, None
    return run


def add_subjects() -> None:
    """Have the subjects that mappings name; those of the curriculum stay as they are."""
    position = db.session.scalar(select(func.coalesce(func.max(Subject.position), 0))) or 0
    insert_if_absent(
        Subject,
        [
            {"code": code, "name": name, "name_en": name_en, "position": position + number}
            for number, (code, (name, name_en)) in enumerate(SUBJECTS.items(), start=1)
        ],
    )


def take(run: ResourceImport, lines: Sequence[ReadLine], map_line: Map | None) -> None:
    """Take the next *lines* of the run's file: good ones into the library, bad ones onto its list.

    What is written carries the run's start as its moment, so that a second line with the same
    identifier is recognised however often the import was interrupted.
    """
    codes = Codes.read()
    problems: dict[int, BadLine] = {}
    given: dict[int, Given] = {}
    for line in lines:
        try:
            given[line.number] = _read(line, map_line, codes)
        except BadLine as problem:
            problems[line.number] = problem
    new, changed = _sorted_out(run, given, problems)
    foreign = writing.foreign_items(new.values())
    for number in [number for number, one in new.items() if one.record.identifier in foreign]:
        problems[number] = foreign[new.pop(number).record.identifier]
    writing.add(list(new.values()), codes, now=run.started_at)
    for resource_id, one in changed.values():
        writing.change(db.session.get_one(Resource, resource_id), one, codes, now=run.started_at)
    run.added += len(new)
    run.changed += len(changed)
    run.refused += len(problems)
    run.unchanged += len(lines) - len(new) - len(changed) - len(problems)
    run.lines_done = lines[-1].number
    db.session.add_all(
        ImportProblem(import_id=run.id, line=number, sentence=str(problem))
        for number, problem in sorted(problems.items())
    )
    db.session.flush()


def check(lines: Sequence[ReadLine], map_line: Map | None, codes: Codes) -> list[tuple[int, BadLine]]:
    """The lines that would not be taken, without writing anything."""
    found = []
    for line in lines:
        try:
            _read(line, map_line, codes)
        except BadLine as problem:
            found.append((line.number, problem))
    return found


def _read(line: ReadLine, map_line: Map | None, codes: Codes) -> Given:
    if line.problem is not None:
        raise line.problem
    value = line.value or {}
    record = read_record(map_line(value) if map_line else value)
    codes.check(record)
    text = json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return Given(record, hashlib.sha256(text.encode()).hexdigest())


def _sorted_out(
    run: ResourceImport, given: Mapping[int, Given], problems: dict[int, BadLine]
) -> tuple[dict[int, Given], dict[int, tuple[int, Given]]]:
    """What is new and what is changed, by line; what was said twice joins the problems."""
    known = {
        identifier: (number, sha256, updated_at == run.started_at)
        for identifier, number, sha256, updated_at in db.session.execute(
            queries.named([one.record.identifier for one in given.values()])
        )
    }
    new: dict[int, Given] = {}
    changed: dict[int, tuple[int, Given]] = {}
    seen: dict[str, str] = {}
    for number, one in given.items():
        identifier = one.record.identifier
        resource_id, sha256, is_of_this_run = known.get(identifier, (0, seen.get(identifier), True))
        if sha256 == one.sha256:
            continue
        if identifier in seen or (resource_id and is_of_this_run):
            problems[number] = SaidTwice(identifier=identifier)
        elif resource_id:
            changed[number] = (resource_id, one)
        else:
            new[number] = one
        seen[identifier] = one.sha256
    return new, changed
