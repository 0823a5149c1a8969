"""The rows of an import: its questions with what is said of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert

from core.database import db
from library.formats.reading import Fate, ReadQuestion
from library.intake import queries
from library.intake.keeping import Album, kept_notes, kept_question
from library.intake.models import ImportedQuestion, Likeness, QuestionImport, Wish
from library.intake.twins import Twin, twins
from library.items.models import ItemKind
from library.items.wording import words_of

LONGEST_EXCERPT = 200
_USUAL = {
    Likeness.SAME: Wish.USE,
    Likeness.HERE: Wish.SKIP,
    Likeness.NEAR: Wish.TAKE,
    Likeness.NEAR_HERE: Wish.TAKE,
}
"""What becomes of a question that is like another, unless the teacher says otherwise."""
BY_NAME = ["knowledge_points", "by-name"]
"""Part and reason of a note that has the names of knowledge points."""
UNKNOWN_CODE = "unknown-code"


def row_of(one: ReadQuestion, album: Album) -> dict[str, Any]:
    """What an import keeps of a question that was read."""
    return {
        "place": one.place,
        "excerpt": " ".join(one.excerpt.split())[:LONGEST_EXCERPT],
        "source": one.source,
        "record": kept_question(one.record, album) if one.record else None,
        "problem": str(one.problem) if one.problem else "",
        "notes": kept_notes(one.notes),
    }


_GIVEN = ("place", "excerpt", "source", "record", "problem", "notes")


def as_given(row: ImportedQuestion) -> dict[str, Any]:
    """The same of a question that it keeps."""
    return {name: getattr(row, name) for name in _GIVEN}


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What was said of a question when it was read before."""

    likeness: Likeness | None
    twin: Twin | None
    """The one of the library that it was like."""
    wish: Wish


def replace(
    run: QuestionImport,
    given: list[dict[str, Any]],
    known: Sequence[tuple[int, str]],
    *,
    is_elsewhere: bool = False,
) -> None:
    """Write the rows anew: with their likeness to others, their points, and what was wished before.

    Unless they are of another subject now, unchanged questions are still like what they were like.
    """
    abouts = {one["identifier"]: words_of(one["text"], {}, pictures=one["pictures"]) for one in run.stimuli}
    said = [
        (position, _words_of(one["record"], abouts))
        for position, one in enumerate(given, start=1)
        if one["record"]
    ]
    alike = twins(said, known)
    points = _Points(run.subject_id, given)
    earlier = _earlier(run)
    rows = []
    for position, one in enumerate(given, start=1):
        before = next(iter(earlier.get(_key(one), [])), None)
        if before:
            earlier[_key(one)].pop(0)
        twin, former = alike.get(position), before.twin if before and not is_elsewhere else None
        if twin is None or (former and twin.likeness is Likeness.NEAR_HERE):
            # What the library has can be used instead; it was looked for when the question was new.
            twin = former
        likeness = twin.likeness if twin else None
        usual = _USUAL[likeness] if likeness else Wish.TAKE
        ids, notes = points.of(one)
        rows.append(
            one
            | {
                "import_id": run.id,
                "position": position,
                "notes": notes,
                "point_ids": ids,
                "likeness": likeness,
                "twin_id": twin.item_id if twin else None,
                "twin_position": twin.position if twin else None,
                "wish": before.wish if before and before.likeness == likeness else usual,
                "item_id": None,
            }
        )
    db.session.execute(delete(ImportedQuestion).where(ImportedQuestion.import_id == run.id))
    if rows:
        db.session.execute(insert(ImportedQuestion), rows)


def _words_of(record: Mapping[str, Any], abouts: Mapping[str, str]) -> str:
    return words_of(
        record["prompt"],
        record["interaction"],
        kind=ItemKind(record["kind"]),
        pictures=record["pictures"],
        about=abouts.get(record["stimulus"], ""),
    )


def _earlier(run: QuestionImport) -> dict[str, list[_Earlier]]:
    """What was said of the questions before, by their lines."""
    found: dict[str, list[_Earlier]] = {}
    for row in db.session.scalars(queries.questions_of(run.id)):
        # Which one of the same import it is like is found anew each time.
        twin = Twin(row.likeness, row.twin_id) if row.likeness and row.twin_id else None
        found.setdefault(_key(as_given(row)), []).append(_Earlier(row.likeness, twin, row.wish))
    return found


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
