"""Take lines of a file into the library."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from accounts.people.models import Hat
from core.database import db, insert_if_absent
from core.errors import NotAllowed
from library.curriculum.models import Subject
from library.interchange import queries, writing
from library.interchange.codes import Codes
from library.interchange.errors import BadLine, ForeignResource, NotNow, NotYourDraft, SaidTwice
from library.interchange.lines import Form, ReadLine
from library.interchange.mappings import SUBJECTS
from library.interchange.models import ImportOrder, ImportProblem, OrderState, ResourceImport
from library.interchange.policy import import_tiers, lands_as_drafts
from library.interchange.records import read_record
from library.interchange.scope import Scope
from library.interchange.writing import Given
from library.resources.models import Resource, Tier

Map = Callable[[Mapping[str, Any]], dict[str, Any]]
FirstLine = Callable[[str], object]
"""Where an identifier stands first in the file."""


def _unknown(identifier: str) -> object:
    del identifier
    return "?"


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


def take(
    run: ResourceImport,
    lines: Sequence[ReadLine],
    map_line: Map | None,
    *,
    scope: Scope | None = None,
    first_line: FirstLine = _unknown,
) -> dict[int, BadLine]:
    """Take the next *lines* of the run's file; those that are not taken come back with the reason.

    What is written carries the run's start as its moment, so that a second line with the same
    identifier is recognised however often the import was interrupted.
    """
    codes = Codes.read()
    sorted_out = _sort(lines, map_line, codes, scope, first_line, started_at=run.started_at)
    new, changed, problems = sorted_out.new, sorted_out.changed, sorted_out.problems
    drafts_of = scope.drafts_of if scope else None
    writing.add(list(new.values()), codes, drafts_of=drafts_of, now=run.started_at)
    for resource_id, one in changed.values():
        resource = db.session.get_one(Resource, resource_id)
        writing.change(resource, one, codes, drafts_of=drafts_of, now=run.started_at)
    run.added += len(new)
    run.changed += len(changed)
    run.refused += len(problems)
    run.unchanged += sorted_out.unchanged
    run.lines_done = lines[-1].number
    db.session.add_all(
        ImportProblem(import_id=run.id, line=number, sentence=str(problem))
        for number, problem in sorted(problems.items())
    )
    db.session.flush()
    return problems


@dataclass(slots=True)
class Sorted:
    """What would come of some lines."""

    new: dict[int, Given]
    changed: dict[int, tuple[int, Given]]
    problems: dict[int, BadLine]
    unchanged: int


def preview(
    lines: Sequence[ReadLine],
    map_line: Map | None,
    codes: Codes,
    *,
    scope: Scope | None = None,
    first_line: FirstLine = _unknown,
    seen: dict[str, str],
) -> Sorted:
    """What would come of *lines*; nothing is written. *seen* carries identifiers from portion to portion."""
    return _sort(lines, map_line, codes, scope, first_line, seen=seen)


def _sort(  # noqa: PLR0913 -- all that decides about a line
    lines: Sequence[ReadLine],
    map_line: Map | None,
    codes: Codes,
    scope: Scope | None,
    first_line: FirstLine,
    *,
    started_at: datetime | None = None,
    seen: dict[str, str] | None = None,
) -> Sorted:
    problems: dict[int, BadLine] = {}
    given: dict[int, Given] = {}
    for line in lines:
        try:
            given[line.number] = _read(line, map_line, codes, scope)
        except BadLine as problem:
            problems[line.number] = problem
    new, changed = _sorted_out(started_at, given, problems, {} if seen is None else seen, first_line)
    _refuse_foreign(new, changed, problems, scope)
    return Sorted(new, changed, problems, len(lines) - len(new) - len(changed) - len(problems))


def _refuse_foreign(
    new: dict[int, Given],
    changed: dict[int, tuple[int, Given]],
    problems: dict[int, BadLine],
    scope: Scope | None,
) -> None:
    """Move lines that would change what belongs to others from *new* and *changed* to *problems*."""
    foreign = writing.foreign_items(new.values())
    for number in [number for number, one in new.items() if one.record.identifier in foreign]:
        problems[number] = foreign[new.pop(number).record.identifier]
    theirs = writing.items_of_others(changed.values())
    own = None
    if scope is not None:
        ids = [resource_id for resource_id, _one in changed.values()]
        own = set(db.session.scalars(queries.within(ids, scope)))
    foreign_to_all = ForeignResource if scope is None or scope.drafts_of is None else NotYourDraft
    for number, (resource_id, one) in list(changed.items()):
        if own is not None and resource_id not in own:
            problems[number] = foreign_to_all(identifier=one.record.identifier)
        elif resource_id in theirs:
            problems[number] = theirs[resource_id]
        else:
            continue
        del changed[number]


def _read(line: ReadLine, map_line: Map | None, codes: Codes, scope: Scope | None) -> Given:
    if line.problem is not None:
        raise line.problem
    value = map_line(line.value or {}) if map_line else line.value or {}
    record = read_record(scope.placed(value) if scope else value)
    codes.check(record)
    text = json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return Given(record, hashlib.sha256(text.encode()).hexdigest())


def _sorted_out(
    started_at: datetime | None,
    given: Mapping[int, Given],
    problems: dict[int, BadLine],
    seen: dict[str, str],
    first_line: FirstLine,
) -> tuple[dict[int, Given], dict[int, tuple[int, Given]]]:
    """What is new and what is changed, by line; what was said twice joins the problems."""
    known = {
        identifier: (number, sha256, updated_at == started_at)
        for identifier, number, sha256, updated_at in db.session.execute(
            queries.named([one.record.identifier for one in given.values()])
        )
    }
    new: dict[int, Given] = {}
    changed: dict[int, tuple[int, Given]] = {}
    for number, one in given.items():
        identifier = one.record.identifier
        resource_id, sha256, is_of_this_run = known.get(identifier, (0, None, True))
        if (seen.get(identifier) or sha256) == one.sha256:
            continue
        if identifier in seen or (resource_id and is_of_this_run):
            problems[number] = SaidTwice(identifier=identifier, line=first_line(identifier))
            continue
        if resource_id:
            changed[number] = (resource_id, one)
        else:
            new[number] = one
        seen[identifier] = one.sha256
    return new, changed


# What people order


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that was sent, and what is to become of it."""

    name: str
    form: Form
    content_sha256: str
    tier: Tier
    is_strict: bool


def order(hat: Hat, wanted: Wanted, *, language: str, now: datetime) -> ImportOrder:
    """Order an import for *hat*'s organisation; it is tried first.

    Raises:
        NotAllowed: *hat* does not import for this tier.
    """
    if wanted.tier not in import_tiers(hat):
        raise NotAllowed
    made = ImportOrder(
        ordered_by_id=hat.person_id,
        ordered_for_id=hat.organisation_id,
        tier=wanted.tier,
        organisation_id=None if wanted.tier is Tier.PUBLIC else hat.organisation_id,
        name=wanted.name[:300],
        form=wanted.form.value,
        content_sha256=wanted.content_sha256,
        is_strict=wanted.is_strict,
        is_draft=lands_as_drafts(hat),
        language=language,
        state=OrderState.CHECKING,
        ordered_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def carry_out(order: ImportOrder) -> None:
    """Have an order that was tried, or stopped, carried out.

    Raises:
        NotNow: it is neither, or it takes all lines or none and some are bad.
    """
    is_spoilt = order.is_strict and order.refused
    if order.state not in {OrderState.CHECKED, OrderState.STOPPED} or is_spoilt:
        raise NotNow
    order.state, order.is_stop_asked, order.finished_at = OrderState.IMPORTING, False, None


def stop(order: ImportOrder) -> None:
    """Ask a running order to stop; one that does not run is left alone."""
    order.is_stop_asked = order.is_running
