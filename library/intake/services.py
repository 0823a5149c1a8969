"""Keep what a teacher sends as questions, read it, and let her correct and choose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert

from accounts.people.models import Hat
from core.database import db
from core.errors import DomainError
from library.formats.reading import Fate, ReadQuestion
from library.intake import queries
from library.intake.errors import NotNow, ReadAgain
from library.intake.keeping import Album, kept_notes, kept_question, kept_stimulus
from library.intake.models import ImportedQuestion, IntakeState, Likeness, QuestionImport, Wish
from library.intake.reading import Read
from library.intake.twins import twins, words_of

LONGEST_NAME, LONGEST_EXCERPT = 300, 200
_USUAL = {Likeness.SAME: Wish.USE, Likeness.HERE: Wish.SKIP, Likeness.NEAR: Wish.TAKE}
"""What becomes of a question that is like another, unless the teacher says otherwise."""
BY_NAME = ["knowledge_points", "by-name"]
"""Part and reason of a note that has the names of knowledge points."""
UNKNOWN_CODE = "unknown-code"


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


def known_words(hat: Hat, subject_id: int) -> list[tuple[int, str]]:
    """(item, words) of the questions that *hat* may use. Slow: call it before a transaction."""
    return [
        (item_id, words_of(prompt, interaction))
        for item_id, prompt, interaction in db.session.execute(queries.words_of_items(hat, subject_id))
    ]


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
    _replace(run, [_row(one, album) for one in read.reading.questions], known)


def exchange(
    run: QuestionImport, position: int, read: Read, known: Sequence[tuple[int, str]], album: Album
) -> None:
    """Put what was read of one corrected question in its place; the others stay.

    Raises:
        NotNow: the questions were taken meanwhile.
    """
    if run.state is not IntakeState.READ:
        raise NotNow
    rows = [_as_given(one) for one in db.session.scalars(queries.questions_of(run.id))]
    place = rows[position - 1]["place"]
    new = [_row(one, album) | {"place": place} for one in read.reading.questions]
    names = {one.identifier: f"{one.identifier}-{run.reading}-{position}" for one in read.reading.stimuli}
    for one in new:
        if one["record"] and one["record"]["stimulus"]:
            one["record"]["stimulus"] = names[one["record"]["stimulus"]]
    run.stimuli = [
        *run.stimuli,
        *(kept_stimulus(one, album) | {"identifier": names[one.identifier]} for one in read.reading.stimuli),
    ]
    run.reading += 1
    _replace(run, [*rows[: position - 1], *new, *rows[position:]], known)


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
    _replace(run, [_as_given(one) for one in db.session.scalars(queries.questions_of(run.id))], known)


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
    if run.state not in {IntakeState.READ, IntakeState.REFUSED}:
        raise NotNow
    db.session.execute(delete(ImportedQuestion).where(ImportedQuestion.import_id == run.id))
    db.session.delete(run)
    db.session.flush()


# Rows


def _row(one: ReadQuestion, album: Album) -> dict[str, Any]:
    return {
        "place": one.place,
        "excerpt": " ".join(one.excerpt.split())[:LONGEST_EXCERPT],
        "source": one.source,
        "record": kept_question(one.record, album) if one.record else None,
        "problem": str(one.problem) if one.problem else "",
        "notes": kept_notes(one.notes),
    }


_GIVEN = ("place", "excerpt", "source", "record", "problem", "notes")


def _as_given(row: ImportedQuestion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _GIVEN}


def _replace(run: QuestionImport, given: list[dict[str, Any]], known: Sequence[tuple[int, str]]) -> None:
    """Write the rows anew: with their likeness to others, their points, and what was wished before."""
    wished: dict[str, list[tuple[Likeness | None, Wish]]] = {}
    for row in db.session.scalars(queries.questions_of(run.id)):
        wished.setdefault(_key(_as_given(row)), []).append((row.likeness, row.wish))
    db.session.execute(delete(ImportedQuestion).where(ImportedQuestion.import_id == run.id))
    said = [
        (position, words_of(one["record"]["prompt"], one["record"]["interaction"]))
        for position, one in enumerate(given, start=1)
        if one["record"]
    ]
    alike = twins(said, known)
    points = _Points(run.subject_id, given)
    rows = []
    for position, one in enumerate(given, start=1):
        twin = alike.get(position)
        like = twin.likeness if twin else None
        before = wished.get(_key(one), [])
        earlier = before.pop(0) if before else None
        wish = _USUAL[like] if like else Wish.TAKE
        ids, notes = points.of(one)
        rows.append(
            one
            | {
                "import_id": run.id,
                "position": position,
                "notes": notes,
                "point_ids": ids,
                "likeness": like,
                "twin_id": twin.item_id if twin else None,
                "twin_position": twin.position if twin else None,
                "wish": earlier[1] if earlier and earlier[0] == like else wish,
                "item_id": None,
            }
        )
    if rows:
        db.session.execute(insert(ImportedQuestion), rows)


def _key(row: Mapping[str, Any]) -> str:
    """What tells a question of an import from others when the file is read again."""
    return str(row["source"] or row["excerpt"])


class _Points:
    """Knowledge points that questions name, in words or by code."""

    def __init__(self, subject_id: int, given: Iterable[Mapping[str, Any]]) -> None:
        names, codes = set[str](), set[str]()
        for row in given:
            names.update(name for note in row["notes"] if note[1:3] == BY_NAME for name in note[3]["names"])
            codes.update(row["record"]["knowledge_points"] if row["record"] else ())
        self._named: dict[str, int] = {}
        self._coded: dict[str, int] = {}
        if names:
            for point_id, name, name_en in db.session.execute(queries.points_named(subject_id, names)):
                self._named.setdefault(name, point_id)
                self._named.setdefault(name_en, point_id)
        if codes:
            self._coded = {code: number for number, code in db.session.execute(queries.points_by_code(codes))}

    def of(self, row: Mapping[str, Any]) -> tuple[list[int], list[Any]]:
        """The points of a question, and its notes with what became of their names."""
        codes = list(row["record"]["knowledge_points"]) if row["record"] else []
        ids = [self._coded[one] for one in codes if one in self._coded]
        notes: list[Any] = []
        for note in row["notes"]:
            if note[1:3] == BY_NAME:
                known = [one for one in note[3]["names"] if one in self._named]
                unknown = [one for one in note[3]["names"] if one not in self._named]
                ids += [self._named[one] for one in known]
                # The names stay, so that a later reading finds points that are new.
                notes.append([*note[:3], note[3] | {"known": known, "unknown": unknown}])
            elif note[2] != UNKNOWN_CODE:
                notes.append(note)
        if strange := [one for one in codes if one not in self._coded]:
            notes.append([Fate.DROPPED.value, "knowledge_points", UNKNOWN_CODE, {"names": strange}])
        return list(dict.fromkeys(ids)), notes
