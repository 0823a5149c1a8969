"""Channels into the library: looked at first, then taken, portion by portion.

Each portion is durable before the next begins, so a job that was killed goes on where it stopped, and so does
an import that a person stopped and takes up again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from core import clock
from core.database import db, publish, transaction
from core.errors import DomainError
from core.files import files
from library.channels import lists, queries, services
from library.channels.channel import NodeFile, Standing
from library.channels.errors import ChannelGone, ChannelStopped, EmptyChannel
from library.channels.findings import NodeKind, Note, outcome_of
from library.channels.models import ChannelImport, ChannelPart
from library.channels.planning import Line, Place, Plan, plan
from library.channels.reading import read_channel
from library.channels.storage import Storage, is_what_it_says, unpacked
from library.curriculum.models import Subject
from library.documents import services as documents
from library.documents.events import FilesAdded
from library.interchange import services as interchange
from library.interchange.codes import Codes
from library.interchange.errors import BadLine
from library.interchange.lines import ReadLine
from library.interchange.models import OrderState, ResourceImport
from library.interchange.queries import touched_at
from library.interchange.scope import Scope
from library.media import services as media
from library.media.models import MediaState
from library.resources.events import ResourcesChanged
from library.resources.models import Resource, ResourceAsset, Tier

PORTION = 200
"""Lines a transaction: a web request waits for the database no longer than one takes."""
Progress = Callable[[int, int], None]
Taken = tuple[NodeFile, documents.Received]
_COUNTS = ("added", "changed", "unchanged", "refused")


@dataclass(frozen=True, slots=True)
class _Job:
    """What is known of an order outside of transactions."""

    id: int
    place: Place
    scope: Scope
    content_sha256: str
    name: str


def check(
    import_id: int, on_progress: Progress, *, path: Path | None = None, folder: Path | None = None
) -> None:
    """Read the channel of an order and write down what would come of it. Nothing is imported.

    *path* is its file, where it is not kept here; *folder* holds the channel's files.
    """
    job = _job(import_id, OrderState.CHECKING)
    if job is None:
        return
    try:
        with _opened(job, path, folder) as (made, _storage):
            _begin(job.id, made)
            _try(job, made, on_progress)
        _end(job.id, OrderState.CHECKED)
    except DomainError as refusal:
        _end(job.id, OrderState.FAILED, str(refusal))


def carry_out(
    import_id: int, on_progress: Progress, *, path: Path | None = None, folder: Path | None = None
) -> None:
    """Import the channel of an order, from where it stopped; see ``check``."""
    job = _job(import_id, OrderState.IMPORTING)
    if job is None:
        return
    try:
        with _opened(job, path, folder) as (made, storage):
            run_id, done = _run(job, made)
            for begin in range(done, len(made.lines), PORTION):
                portion = list(enumerate(made.lines[begin : begin + PORTION], start=begin + 1))
                if not _take(job, run_id, portion, storage):
                    break
                on_progress(portion[-1][0], len(made.lines))
            else:
                _finish(job, made)
        _announce(run_id)
    except DomainError as refusal:
        _end(job.id, OrderState.FAILED, str(refusal))


def _job(import_id: int, state: OrderState) -> _Job | None:
    """The order, if it still waits for this; a job may come twice or too late."""
    order = db.session.get(ChannelImport, import_id)
    if order is None or order.state is not state:
        return None
    codes = {number: code for code, number in Codes.read().organisations.items()}
    place = Place(
        order.organisation_id, services.subject_code(order.subject_id), (order.grade_from, order.grade_to)
    )
    code = None if order.tier is Tier.PUBLIC else codes.get(order.organisation_id or 0)
    scope = Scope(order.tier, order.organisation_id, code)
    return _Job(order.id, place, scope, order.content_sha256, order.name)


@contextmanager
def _opened(job: _Job, path: Path | None, folder: Path | None) -> Iterator[tuple[Plan, Storage]]:
    """The plan for the channel, and its files.

    Raises:
        ChannelGone: its file is not kept any more.
        EmptyChannel: nothing in it would be taken.
        DomainError: it cannot be read; see ``storage`` and ``reading``.
    """
    try:
        source = path or files().path(job.content_sha256)
    except FileNotFoundError as error:
        raise ChannelGone from error
    subjects = set(db.session.scalars(select(Subject.code)))
    db.session.rollback()
    with unpacked(source, folder) as (database, storage):
        made = plan(read_channel(database), job.place, storage.has, subjects)
        if not made.resources:
            raise EmptyChannel
        yield made, storage


def _begin(import_id: int, made: Plan) -> None:
    with transaction():
        order = db.session.get_one(ChannelImport, import_id)
        order.channel_key, order.title = made.channel.key, made.channel.title
        order.channel_version, order.schema = made.channel.version, made.channel.schema
        order.parts_total = len(made.lines)
        order.parts_done = order.added = order.changed = order.unchanged = order.refused = 0
        order.files_taken = 0
        db.session.execute(delete(ChannelPart).where(ChannelPart.import_id == import_id))


def _try(job: _Job, made: Plan, on_progress: Progress) -> None:
    codes = Codes.read()
    seen: dict[str, str] = {}
    for begin in range(0, len(made.lines), PORTION):
        portion = list(enumerate(made.lines[begin : begin + PORTION], start=begin + 1))
        found = interchange.preview(_records(portion), None, codes, scope=job.scope, seen=seen)
        with transaction():
            order = db.session.get_one(ChannelImport, job.id)
            order.added += len(found.new)
            order.changed += len(found.changed)
            order.unchanged += found.unchanged
            order.refused += len(found.problems)
            order.parts_done = portion[-1][0]
            order.files_taken += sum(len(line.files) for _number, line in portion)
            _write(
                job.id, [(number, _after(line, found.problems.get(number))) for number, line in portion], {}
            )
            is_stopped = order.is_stop_asked
        if is_stopped:
            raise ChannelStopped
        on_progress(portion[-1][0], len(made.lines))


def _run(job: _Job, made: Plan) -> tuple[int, int]:
    """Id of the order's own run, and how many lines of it are in."""
    with transaction():
        run = interchange.begin(job.content_sha256, job.name, f"channel:{job.id}", now=clock.now())
        run_id, done = run.id, run.lines_done
    if not done:
        _begin(job.id, made)
    return run_id, done


def _take(job: _Job, run_id: int, portion: Sequence[tuple[int, Line]], storage: Storage) -> bool:
    """Take a portion; False where a person asked to stop before it."""
    taken: dict[int, list[Taken]] = {}
    lines: list[tuple[int, Line]] = []
    for number, line in portion:
        taken[number], note, detail = _received(line, storage)
        lines.append((number, replace(line, note=note, detail=detail)))
    records = _records(lines)
    names = [line.record["identifier"] for _number, line in lines if line.record]
    with transaction():
        order = db.session.get_one(ChannelImport, job.id)
        if order.is_stop_asked:
            order.state = OrderState.STOPPED
            return False
        run = db.session.get_one(ResourceImport, run_id)
        pages = [(row[0], row[1]) for row in db.session.execute(queries.pages_of(names))]
        problems = interchange.take(run, records, None, scope=job.scope) if records else {}
        run.lines_done = portion[-1][0]
        _keep_pages(pages)
        lines = [(number, _after(line, problems.get(number))) for number, line in lines]
        ids = _ids(lines)
        order.files_taken += _attach({ids[number]: taken[number] for number in ids if taken[number]})
        _write(job.id, lines, ids)
        order.parts_done = run.lines_done
        for name in _COUNTS:
            setattr(order, name, getattr(run, name))
    return True


def _records(portion: Sequence[tuple[int, Line]]) -> list[ReadLine]:
    return [ReadLine(number, line.record) for number, line in portion if line.record is not None]


def _after(line: Line, problem: BadLine | None) -> Line:
    """The line as it is once it is known that its record is not taken."""
    if problem is None:
        return line
    return replace(line, note=Note.DOES_NOT_FIT, detail=str(problem), record=None, files=())


def _received(line: Line, storage: Storage) -> tuple[list[Taken], Note, str]:
    """The files of a line that are sound, and what there is to say of it then."""
    taken: list[Taken] = []
    note, detail = line.note, line.detail
    for file in line.files:
        try:
            with storage.open(file.name) as content:
                if is_what_it_says(file.name, content):
                    taken.append((file, documents.receive(content, file.name)))
                else:
                    note, detail = Note.FILE_OTHER, file.name
        except DomainError as refusal:
            note, detail = Note.FILE_REFUSED, str(refusal)
        except FileNotFoundError:
            # A full disk, or a drive that breaks off, is no finding: the job fails and is tried again.
            note, detail = Note.FILE_ABSENT, file.name
    return taken, note, detail


def _keep_pages(pages: Sequence[tuple[int, int | None]]) -> None:
    """Let resources have the number of pages that was counted in their files: a channel does not tell it."""
    for resource_id, count in pages:
        db.session.execute(
            update(Resource)
            .where(Resource.id == resource_id, Resource.pages.is_(None))
            .values(pages=count)
            .execution_options(synchronize_session=False)
        )


def _ids(lines: Sequence[tuple[int, Line]]) -> dict[int, int]:
    """The ids of the resources, by the number of their line."""
    numbers = {line.record["identifier"]: number for number, line in lines if line.record}
    return {
        numbers[identifier]: resource_id
        for identifier, resource_id in db.session.execute(queries.resources_named(list(numbers)))
    }


def _attach(taken: Mapping[int, Sequence[Taken]]) -> int:
    """Let files belong to their resources; returns how many were not there. What is there is left alone."""
    there = defaultdict(list)
    for resource_id, asset in db.session.execute(queries.files_of(list(taken))):
        there[resource_id].append(asset)
    waiting: list[int] = []
    count = 0
    for resource_id, found in taken.items():
        hashes = [received.upload.stored.sha256 for _file, received in found]
        if [one.source_sha256 for one in there[resource_id]] == hashes:
            waiting += [one.id for one in there[resource_id] if one.state is MediaState.WAITING]
            continue
        db.session.execute(delete(ResourceAsset).where(ResourceAsset.resource_id == resource_id))
        for position, (_file, received) in enumerate(found):
            asset = media.add_asset(received.upload, None, now=clock.now())
            asset.width, asset.height = received.width, received.height
            db.session.add(ResourceAsset(resource_id=resource_id, asset_id=asset.id, position=position))
            waiting.append(asset.id)
            count += 1
    db.session.flush()
    if waiting:
        publish(FilesAdded(tuple(waiting)))
    return count


def _write(import_id: int, lines: Sequence[tuple[int, Line]], ids: Mapping[int, int]) -> None:
    db.session.execute(
        insert(ChannelPart),
        [
            {
                "import_id": import_id,
                "position": number,
                "depth": line.depth,
                "kind": line.kind,
                "title": line.title[:300],
                "outcome": outcome_of(line.note),
                "note": line.note,
                "detail": line.detail[:200],
                "resource_id": ids.get(number),
            }
            for number, line in lines
        ],
    )


def _finish(job: _Job, made: Plan) -> None:
    """Bring the collections up to date, and tell what the channel has no more."""
    standings = {
        line.record["identifier"]: line.standing
        for line in made.lines
        if line.record is not None and line.standing is not None
    }
    with transaction():
        order = db.session.get_one(ChannelImport, job.id)
        ids = _ids_of(list(standings))
        members: list[Standing] = [one for name, one in standings.items() if name in ids]
        by_node = {standings[name].node.key: number for name, number in ids.items()}
        told = lists.keep_lists(order, made.channel, members, by_node, now=clock.now())
        rows = [Line(NodeKind.DETAIL, one.title, one.note, str(one.count), 1) for one in told]
        gone = db.session.execute(queries.once_of_channel(order)).all()
        rows += [Line(NodeKind.DETAIL, title, Note.GONE, "", 1) for _id, title in gone]
        last = db.session.scalar(queries.last_position(job.id)) or 0
        numbered = list(enumerate(rows, start=last + 1))
        if numbered:
            resources = {last + len(told) + place: row[0] for place, row in enumerate(gone, start=1)}
            _write(job.id, numbered, resources)
        order.state, order.finished_at = OrderState.DONE, clock.now()
        # A process that was killed after a portion may have told nobody of its files.
        if waiting := tuple(db.session.scalars(queries.waiting_files_of(job.id))):
            publish(FilesAdded(waiting))


def _ids_of(names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for begin in range(0, len(names), PORTION):
        rows = db.session.execute(queries.resources_named(names[begin : begin + PORTION]))
        found |= {row[0]: row[1] for row in rows}
    return found


def _announce(run_id: int) -> None:
    """Say what was changed, so that it becomes findable."""
    with transaction():
        run = db.session.get_one(ResourceImport, run_id)
        ids = tuple(db.session.scalars(touched_at(run.started_at)))
        if ids:
            publish(ResourcesChanged(ids))


def _end(import_id: int, state: OrderState, failure: str = "") -> None:
    with transaction():
        order = db.session.get_one(ChannelImport, import_id)
        order.state, order.failure, order.finished_at = state, failure, clock.now()
