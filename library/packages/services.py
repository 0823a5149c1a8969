"""Take packages in: read, judged and turned into drafts first, then written in one transaction."""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any

from pydantic import ValidationError
from sqlalchemy import delete, update

from accounts.organisations.models import Organisation
from accounts.people.models import Hat
from core.database import db, publish, transaction
from core.errors import DomainError
from core.files import Stored, files
from library.curriculum.models import Subject
from library.interchange import writing
from library.interchange.codes import Codes
from library.interchange.errors import BadLine
from library.interchange.records import ResourceRecord, read_record
from library.interchange.writing import Given
from library.items.records import ItemRecord
from library.media.kinds import sniff
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.pictures import MEDIA_TYPE, take_picture
from library.packages import cartridge, queries
from library.packages.archive import Archive, opened
from library.packages.course import About, Course, Part
from library.packages.errors import PROBLEMS, NothingInside, UnknownPackage
from library.packages.findings import Note, PartKind, outcome_of
from library.packages.html import cleaned
from library.packages.models import ImportState, PackageImport, PackagePart
from library.resources.events import ResourcesChanged
from library.resources.models import Resource, ResourceAsset, ReviewState, Tier

LARGEST_FILE_BYTES = 64 << 20
"""Of one picture or document."""
LONGEST_NAME = 300
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the curriculum a package belongs."""

    subject_id: int
    grade_from: int
    grade_to: int


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the package that was stored."""

    kind: MediaKind
    media_type: str
    stored: Stored
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A package with its files stored, ready to be written."""

    course: Course
    files: dict[str, _File]


def begin(
    stored: Stored, name: str, place: Place, *, actor: Hat, now: datetime
) -> tuple[PackageImport, bool]:
    """The import of a stored file into the drafts of the actor's school, and whether there is work to do.

    The same file again is the import that there was; one that was refused is tried again.
    """
    run = db.session.scalar(queries.import_of(actor.organisation_id, stored.sha256))
    if run is None:
        run = PackageImport(
            organisation_id=actor.organisation_id,
            source_sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            name=cleaned(name)[-LONGEST_NAME:] or "package",
            created_at=now,
            state=ImportState.WAITING,
        )
        db.session.add(run)
    elif run.state is not ImportState.REFUSED:
        return run, False
    run.subject_id, run.grade_from, run.grade_to = place.subject_id, place.grade_from, place.grade_to
    run.state, run.problem, run.problem_details = ImportState.WAITING, "", {}
    run.made_by_id = actor.person_id
    db.session.flush()
    return run, True


def take(import_id: int, on_progress: Progress, *, now: datetime) -> None:
    """Read the package of an import and write its drafts and its report, or why it is refused.

    Opens its own transaction after the long work; run again, it does nothing for what is finished.
    """
    run = db.session.get(PackageImport, import_id)
    if run is None or run.state is not ImportState.WAITING:
        return
    source_sha256 = run.source_sha256
    db.session.rollback()
    try:
        with files().open(source_sha256) as content:
            read = _read(content, on_progress)
    except DomainError as refusal:
        if refusal.code not in PROBLEMS:
            raise
        with transaction():
            run = db.session.get_one(PackageImport, import_id)
            run.state, run.problem = ImportState.REFUSED, refusal.code
            run.problem_details = {name: str(value) for name, value in refusal.details.items()}
            run.finished_at = now
        return
    with transaction():
        _write(db.session.get_one(PackageImport, import_id), read, now=now)


def _read(content: IO[bytes], on_progress: Progress) -> _Read:
    with opened(content) as archive:
        manifest = cartridge.manifest_of(archive)
        if manifest is None or not cartridge.is_cartridge(manifest):
            raise UnknownPackage
        course = cartridge.read_cartridge(archive, manifest, on_progress)
        if not any(part.record for part in course.parts):
            raise NothingInside
        stored: dict[str, _File] = {}
        for name in dict.fromkeys(name for part in course.parts for name in part.files):
            with suppress(DomainError):
                stored[name] = _stored(archive, name)
        return _Read(replace(course, parts=tuple(_with_files(course.parts, stored))), stored)


def _stored(archive: Archive, name: str) -> _File:
    content = io.BytesIO(archive.read(name, most_bytes=LARGEST_FILE_BYTES))
    found = sniff(content)
    if found is not None and found.kind is MediaKind.DOCUMENT:
        return _File(found.kind, found.media_type, files().put(content))
    picture = take_picture(content)
    size = files().path(picture.sha256).stat().st_size
    return _File(MediaKind.PICTURE, MEDIA_TYPE, Stored(picture.sha256, size), picture.width, picture.height)


def _with_files(parts: Iterable[Part], stored: dict[str, _File]) -> Iterator[Part]:
    """The parts as they are once it is known which of their files could be read."""
    for part in parts:
        missing = [name for name in part.files if name not in stored]
        if not missing:
            yield part
        elif part.kind is PartKind.FILE:
            yield replace(part, record=None, note=Note.UNREADABLE, detail=missing[0][:200])
        else:
            is_told = part.note is not Note.PICTURES_BESIDE
            yield part if is_told else replace(part, note=Note.PICTURES_AS_WORDS)


def _write(run: PackageImport, read: _Read, *, now: datetime) -> None:
    about = read.course.about
    run.title, run.state, run.finished_at = about.title, ImportState.DONE, now
    codes = Codes.read()
    lines: list[tuple[Part, str]] = []
    given: list[Given] = []
    for part in read.course.parts:
        if part.record is None:
            lines.append((part, ""))
            continue
        identifier = f"package-{run.organisation_id}-{run.source_sha256[:20]}-{len(given) + 1}"
        record, told = _record(part, about, run, identifier)
        if record is not None:
            given.append(Given(record, _digest(record)))
        lines += [(one, identifier if one is told[0] and record is not None else "") for one in told]
    writing.add(given, codes, now=now)
    ids = _ids([one.record.identifier for one in given])
    _make_drafts(run, list(ids.values()))
    _add_files(run, read, lines, ids, now=now)
    db.session.execute(delete(PackagePart).where(PackagePart.import_id == run.id))
    db.session.add_all(
        PackagePart(
            import_id=run.id,
            position=position,
            depth=part.depth,
            kind=part.kind,
            title=cleaned(part.title)[:300],
            outcome=outcome_of(part.note),
            note=part.note,
            detail=cleaned(part.detail)[:200],
            resource_id=ids.get(identifier),
        )
        for position, (part, identifier) in enumerate(lines, start=1)
    )
    publish(ResourcesChanged(tuple(ids.values())))


def _record(
    part: Part, about: About, run: PackageImport, identifier: str
) -> tuple[ResourceRecord | None, list[Part]]:
    """The part as a record, and its lines of the report: its own first, then questions that do not fit."""
    value = dict(part.record or {})
    value.pop("name", None)
    told: list[Part] = []
    items: list[dict[str, Any]] = []
    for item in value.pop("items", []):
        one = item | {"identifier": f"{identifier}-{len(items) + 1}"}
        try:
            items.append(ItemRecord.model_validate(one).model_dump())
        except ValidationError as error:
            field = str(error.errors(include_url=False)[0]["loc"] or "")[:200]
            told.append(
                Part(PartKind.QUESTION, str(item["prompt"])[:100], Note.DOES_NOT_FIT, field, part.depth + 1)
            )
    value |= {
        "identifier": identifier,
        "items": items,
        "subject": db.session.get_one(Subject, run.subject_id).code,
        "grades": (run.grade_from, run.grade_to),
        "tier": Tier.SCHOOL,
        "organisation": db.session.get_one(Organisation, run.organisation_id).code,
        "source": (about.title or run.name)[:300],
    }
    for name in ("author", "licence", "language"):
        if getattr(about, name):
            value.setdefault(name, getattr(about, name))
    value.setdefault("keywords", list(about.keywords))
    try:
        return read_record(value), [part, *told]
    except BadLine as problem:
        detail = str(problem.details.get("field", ""))[:200]
        return None, [replace(part, note=Note.DOES_NOT_FIT, detail=detail), *told]


def _digest(record: ResourceRecord) -> str:
    text = json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _ids(identifiers: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for begin_at in range(0, len(identifiers), writing.MOST_PARAMETERS):
        rows = db.session.execute(
            queries.ids_named(identifiers[begin_at : begin_at + writing.MOST_PARAMETERS])
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def _make_drafts(run: PackageImport, ids: list[int]) -> None:
    """Let pupils find nothing of it before a teacher has looked."""
    for begin_at in range(0, len(ids), writing.MOST_PARAMETERS):
        db.session.execute(
            update(Resource)
            .where(Resource.id.in_(ids[begin_at : begin_at + writing.MOST_PARAMETERS]))
            .values(review_state=ReviewState.DRAFT, created_by_id=run.made_by_id)
            .execution_options(synchronize_session=False)
        )


def _add_files(
    run: PackageImport,
    read: _Read,
    lines: list[tuple[Part, str]],
    ids: dict[str, int],
    *,
    now: datetime,
) -> None:
    assets: dict[str, MediaAsset] = {}
    belonging: list[tuple[int, int, str]] = []
    for part, identifier in lines:
        if identifier not in ids:
            continue
        for position, name in enumerate(part.files):
            if name in read.files:
                assets.setdefault(name, _asset(read.files[name], run, now))
                belonging.append((ids[identifier], position, name))
    db.session.add_all(assets.values())
    db.session.flush()
    seen: set[tuple[int, int]] = set()
    for resource_id, position, name in belonging:
        if (resource_id, assets[name].id) not in seen:
            seen.add((resource_id, assets[name].id))
            db.session.add(
                ResourceAsset(resource_id=resource_id, asset_id=assets[name].id, position=position)
            )
    db.session.flush()


def _asset(file: _File, run: PackageImport, now: datetime) -> MediaAsset:
    renditions: dict[str, Any] = {}
    return MediaAsset(
        kind=file.kind,
        source_sha256=file.stored.sha256,
        media_type=file.media_type,
        size_bytes=file.stored.size_bytes,
        state=MediaState.READY,
        renditions=renditions,
        width=file.width,
        height=file.height,
        uploaded_by_id=run.made_by_id,
        created_at=now,
    )
