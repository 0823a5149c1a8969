"""Read what was sent, beside the requests: the file first, its pictures one by one, then all at once."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Role
from core.database import db, transaction
from core.errors import DomainError
from core.files import files
from library.formats.errors import FileTooLarge
from library.intake import services
from library.intake.errors import FileGone
from library.intake.keeping import Album
from library.intake.models import IntakeState, QuestionImport
from library.intake.reading import LARGEST_MB, Read, read_file
from library.items.records import PictureRecord

Progress = Callable[[int, int], None]
_STEPS = 3
"""Reading, comparing, keeping; each picture is one more."""


def read(import_id: int, on_progress: Progress, *, now: datetime) -> None:
    """Read the file of an import; run again, it does nothing for what is read."""
    run = db.session.get(QuestionImport, import_id)
    if run is None or run.state is not IntakeState.WAITING:
        return
    try:
        found = read_file(run.format, _content(run.source_sha256))
    except DomainError as refusal:
        with transaction():
            services.refuse(db.session.get_one(QuestionImport, import_id), refusal, now=now)
        return
    pictures = list(_pictures(found))
    steps = _STEPS + len(pictures)
    on_progress(1, steps)
    album = Album(now)
    for number, picture in enumerate(pictures, start=2):
        with transaction():
            album.stored([picture])
        on_progress(number, steps)
    run = db.session.get_one(QuestionImport, import_id)
    prompts = services.prompts_of(run, besides=found.reading)
    known = services.known_words(_hat(run), run.subject_id, prompts)
    on_progress(steps - 1, steps)
    with transaction():
        services.keep(db.session.get_one(QuestionImport, import_id), found, known, album, now=now)


def _content(sha256: str) -> bytes:
    try:
        if files().path(sha256).stat().st_size > LARGEST_MB << 20:
            raise FileTooLarge(limit=LARGEST_MB)
        with files().open(sha256) as content:
            return content.read()
    except FileNotFoundError as error:
        raise FileGone from error


def _pictures(found: Read) -> Iterator[PictureRecord]:
    """All pictures of what was read, each once."""
    seen: set[str] = set()
    everywhere = [*found.pictures]
    everywhere += [one for record in found.reading.good for one in record.pictures]
    everywhere += [one for stimulus in found.reading.stimuli for one in stimulus.pictures]
    for one in everywhere:
        if one.data not in seen:
            seen.add(one.data)
            yield one


def _hat(run: QuestionImport) -> Hat:
    """The hat under which it was sent."""
    worn = select(Hat).where(
        Hat.person_id == run.made_by_id, Hat.organisation_id == run.organisation_id, Hat.role == Role.TEACHER
    )
    return db.session.scalars(worn.options(joinedload(Hat.organisation))).one()
