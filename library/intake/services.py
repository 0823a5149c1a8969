"""Keep what a teacher sends as questions, read it, and let her correct and choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from accounts.people.models import Hat
from core.database import db
from core.errors import DomainError
from library.formats.reading import Reading
from library.intake import queries
from library.intake.errors import NotNow, ReadAgain
from library.intake.keeping import Album, kept_notes, kept_stimulus
from library.intake.models import ImportedQuestion, IntakeState, QuestionImport, Wish
from library.intake.reading import Read
from library.intake.rows import as_given, replace, row_of
from library.items.wording import like_lengths, words_of

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the curriculum the questions belong."""

    subject_id: int
    grade_from: int
    grade_to: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What a teacher sent: its content is stored already."""

    name: str
    format: str
    sha256: str
    language: str


def begin(sent: Sent, place: Place, *, actor: Hat, now: datetime) -> QuestionImport:
    """An import of what was sent, waiting to be read."""
    run = QuestionImport(
        made_by_id=actor.person_id,
        organisation_id=actor.organisation_id,
        name=" ".join(sent.name.split())[:LONGEST_NAME],
        format=sent.format,
        source_sha256=sent.sha256,
        language=sent.language,
        subject_id=place.subject_id,
        grade_from=place.grade_from,
        grade_to=place.grade_to,
        state=IntakeState.WAITING,
        pictures=[],
        stimuli=[],
        notes=[],
        created_at=now,
    )
    db.session.add(run)
    db.session.flush()
    return run


def refuse(run: QuestionImport, refusal: DomainError, *, now: datetime) -> None:
    """Say why nothing of it can be read."""
    run.state, run.problem, run.finished_at = IntakeState.REFUSED, str(refusal), now


def known_words(hat: Hat, subject_id: int, prompts: Sequence[str]) -> list[tuple[int, str]]:
    """(item, words) of the questions that *hat* may use and that may be like one of the *prompts*.

    Slow in a large library: call it before a transaction.
    """
    if not prompts:
        return []
    known = []
    for item_id, kind, prompt, interaction, pictures, text, its_pictures in db.session.execute(
        queries.words_of_items(hat, subject_id, *like_lengths(prompts))
    ):
        about = words_of(text, {}, pictures=its_pictures or ()) if text else ""
        words = words_of(prompt, interaction, kind=kind, pictures=pictures or (), about=about)
        known.append((item_id, words))
    return known


def prompts_of(run: QuestionImport, *, besides: Reading | None = None) -> list[str]:
    """The prompts of an import; of a new reading of it, those that it did not have before."""
    rows = list(db.session.scalars(queries.questions_of(run.id)))
    if besides is None:
        return [row.record["prompt"] for row in rows if row.record]
    known = {row.source for row in rows}
    return [one.record.prompt for one in besides.questions if one.record and one.source not in known]


def keep(
    run: QuestionImport, read: Read, known: Sequence[tuple[int, str]], album: Album, *, now: datetime
) -> None:
    """Keep what was read, in place of what was read before; what is said of unchanged questions stays.

    *known* is what ``known_words`` gave; *album* has the pictures that are stored already.

    Raises:
        NotNow: the questions were taken meanwhile.
    """
    if run.state not in {IntakeState.WAITING, IntakeState.READ}:
        raise NotNow
    if read.text is not None:
        run.text = read.text
    if read.pictures:
        run.pictures = album.stored(read.pictures)
    run.title = read.reading.title[:LONGEST_NAME]
    run.stimuli = [kept_stimulus(one, album) for one in read.reading.stimuli]
    run.notes = kept_notes(read.reading.notes)
    run.state, run.problem = IntakeState.READ, ""
    run.reading += 1
    run.finished_at = now
    replace(run, [row_of(one, album) for one in read.reading.questions], known)


def exchange(
    run: QuestionImport, position: int, read: Read, known: Sequence[tuple[int, str]], album: Album
) -> None:
    """Put what was read of one corrected question in its place; the others stay.

    Raises:
        NotNow: the questions were taken meanwhile.
    """
    if run.state is not IntakeState.READ:
        raise NotNow
    rows = [as_given(one) for one in db.session.scalars(queries.questions_of(run.id))]
    place = rows[position - 1]["place"]
    new = [row_of(one, album) | {"place": place} for one in read.reading.questions]
    names = {one.identifier: f"{one.identifier}-{run.reading}-{position}" for one in read.reading.stimuli}
    for one in new:
        if one["record"] and one["record"]["stimulus"]:
            about = one["record"]["stimulus"]
            # What it was about before, it still is.
            one["record"]["stimulus"] = names.get(about, about)
    run.stimuli = [
        *run.stimuli,
        *(kept_stimulus(one, album) | {"identifier": names[one.identifier]} for one in read.reading.stimuli),
    ]
    run.reading += 1
    replace(run, [*rows[: position - 1], *new, *rows[position:]], known)


def move(run: QuestionImport, place: Place, known: Sequence[tuple[int, str]], *, reading: int) -> None:
    """Let the questions belong elsewhere in the curriculum: other points fit, and others are like them.

    Raises:
        NotNow: the questions were taken already.
        ReadAgain: they were read again meanwhile.
    """
    if run.state is not IntakeState.READ:
        raise NotNow
    check_present(run, reading)
    run.subject_id, run.grade_from, run.grade_to = place.subject_id, place.grade_from, place.grade_to
    rows = [as_given(one) for one in db.session.scalars(queries.questions_of(run.id))]
    replace(run, rows, known, is_elsewhere=True)


def check_present(run: QuestionImport, reading: int) -> None:
    """Refuse a correction of what was read again meanwhile.

    Raises:
        ReadAgain: it was.
    """
    if run.reading != reading:
        raise ReadAgain


def choose(run: QuestionImport, wishes: Mapping[int, Wish]) -> None:
    """Say what is to become of questions, by position.

    Raises:
        NotNow: the questions were taken already.
    """
    if run.state is not IntakeState.READ:
        raise NotNow
    rows = queries.questions_of(run.id).where(ImportedQuestion.position.in_(wishes))
    for row in db.session.scalars(rows):
        row.wish = wishes[row.position]


def choose_all(run: QuestionImport, wish: Wish) -> None:
    """Take or leave out all of them; those that are there already are left to what was said of them.

    Raises:
        NotNow: the questions were taken already.
    """
    rows = db.session.scalars(queries.questions_of(run.id))
    choose(run, {row.position: wish for row in rows})


def discard(run: QuestionImport) -> None:
    """Forget an import whose questions were not taken.

    Raises:
        NotNow: they were.
    """
    if run.state is IntakeState.TAKEN:
        raise NotNow
    db.session.execute(delete(ImportedQuestion).where(ImportedQuestion.import_id == run.id))
    db.session.delete(run)
    db.session.flush()
