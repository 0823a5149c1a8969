"""What lies on the desk: the answers to one question, those together that are marked together."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments.models import AssignmentItem
from homework.markers.names import Names
from homework.markers.queries import Parts
from homework.marking import queries as marking
from homework.marking.likeness import clusters_of
from homework.marking.models import Mark, MarkSource
from homework.rubrics.models import Rubric, RubricChoice
from homework.rubrics.queries import choices_of
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Recording, Submission
from library.items.kinds.table import kind_of
from library.items.models import ItemKind
from library.items.variants import Posed, pose


@dataclass(frozen=True, slots=True)
class Said:
    """One pupil's answer to a question, as the teacher marks it."""

    answer: Answer
    name: str
    """The pupil's, or her number where the work is marked blind."""
    submission: Submission
    mark: Mark | None
    choice: RubricChoice | None
    pages: list[Page]
    recordings: list[Recording]
    is_apart: bool
    is_mine: bool
    """Whether it belongs to the part of the marking that is this teacher's."""

    @property
    def version(self) -> int:
        """Of the mark, 0 where there is none: what a change must name."""
        return self.mark.version if self.mark else 0


@dataclass(frozen=True, slots=True)
class Wording:
    """Answers that say the same."""

    said: list[Said]
    asked: Posed
    """What they answer: of a question with variants, one of those."""

    @property
    def response(self) -> dict[str, Any]:
        """What they say, in the words of the first."""
        return dict(self.said[0].answer.attempt.response)

    @property
    def is_on_paper(self) -> bool:
        """Whether the answer itself is not known here."""
        return not kind_of(self.asked).is_answered(self.response)


@dataclass(frozen=True, slots=True)
class Card:
    """Answers that are marked together: equal ones, or several wordings that are alike."""

    wordings: list[Wording]

    @property
    def id(self) -> int:
        """Of the first answer."""
        return self.wordings[0].said[0].answer.id

    @property
    def asked(self) -> Posed:
        """What all of them answer."""
        return self.wordings[0].asked

    @property
    def said(self) -> list[Said]:
        """All answers."""
        return [said for wording in self.wordings for said in wording.said]

    @property
    def are_alike(self) -> bool:
        """Whether they are only alike, not equal."""
        return len(self.wordings) > 1

    @property
    def is_apart(self) -> bool:
        """Whether a teacher took it out of those that are equal or alike."""
        return all(one.is_apart for one in self.said)

    @property
    def is_mine(self) -> bool:
        """Whether any of it is this teacher's to mark."""
        return any(one.is_mine for one in self.said)

    @property
    def is_marked(self) -> bool:
        """Whether each of them has a mark."""
        return all(one.mark for one in self.said)

    @property
    def marked(self) -> int:
        """How many of them have a mark."""
        return sum(one.mark is not None for one in self.said)

    @property
    def is_marked_by_hand(self) -> bool:
        """Whether a teacher gave each of their marks, and may take them back."""
        return all(one.mark and one.mark.source is MarkSource.TEACHER for one in self.said)

    @property
    def mark(self) -> Mark | None:
        """The mark that all of them have; None where they differ or lack one."""
        return same_mark([one.mark for one in self.said])

    @property
    def levels(self) -> dict[str, Any]:
        """The levels of the rubric that all of them have; none where they differ."""
        chosen = [one.choice.levels if one.choice else {} for one in self.said]
        return chosen[0] if all(one == chosen[0] for one in chosen) else {}

    @property
    def is_by_levels(self) -> bool:
        """Whether the points are those that the levels give."""
        mark = self.mark
        return mark is not None and all(one.choice and one.choice.points == mark.points for one in self.said)


def same_mark(marks: list[Mark | None]) -> Mark | None:
    """The first of *marks* where all say what it says; else None."""
    first = marks[0] if marks else None
    if first is None:
        return None
    same = all(one and (one.points, one.comment) == (first.points, first.comment) for one in marks)
    return first if same else None


def cards_of(
    question: AssignmentItem, hat: Hat, *, names: Names, parts: Parts, rubric: Rubric | None
) -> list[Card]:
    """What the teacher's pupils answered to one question, in five to seven queries for any number of pupils.

    What is the teacher's own part and waits for a mark comes first, the answer of most pupils before others.
    """
    wordings = list(_wordings(question, _said(question, hat, names, parts, rubric)))
    cards = [Card(one) for one in _alike(question, wordings)]
    return sorted(cards, key=lambda one: (not one.is_mine, one.is_marked, -len(one.said), one.id))


def _said(
    question: AssignmentItem, hat: Hat, names: Names, parts: Parts, rubric: Rubric | None
) -> list[Said]:
    rows = db.session.execute(
        select(Answer, Submission, Person)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(Person, Person.id == Submission.student_id)
        .where(
            Answer.id.in_(marking.answers_to(question.id, hat).with_only_columns(Answer.id).order_by(None))
        )
        .order_by(Answer.id)
        .options(joinedload(Answer.attempt))
    ).all()
    ids = [answer.id for answer, _submission, _student in rows]
    marks = {one.answer_id: one for one in db.session.scalars(marking.marks_of(ids))}
    pages: dict[int, list[Page]] = defaultdict(list)
    for page in db.session.scalars(submissions.pages_of(ids)):
        pages[page.answer_id].append(page)
    spoken = submissions.recordings_by_answer([question], ids)
    apart = set(db.session.scalars(marking.set_apart(ids)))
    choices = choices_of(ids) if rubric else {}
    is_my_question = parts.is_my_question(question.id)
    return [
        Said(
            answer,
            names.of(student, submission),
            submission,
            marks.get(answer.id),
            choices.get(answer.id),
            pages[answer.id],
            spoken.get(answer.id, []),
            answer.id in apart,
            is_my_question and parts.is_my_pupil(student.id),
        )
        for answer, submission, student in rows
    ]


def _wordings(question: AssignmentItem, said: Iterable[Said]) -> Iterator[Wording]:
    """Equal answers together; what a teacher took out stands alone, and parts of different markers apart."""
    found: dict[Hashable, Wording] = {}
    kind = kind_of(question.item_version)
    variants: dict[int | None, Posed] = {}
    for one in said:
        seed = one.answer.attempt.seed
        asked = variants.get(seed) or variants.setdefault(seed, pose(question.item_version, seed))
        response = one.answer.attempt.response
        is_alone = one.is_apart or not kind.is_answered(response)
        same = None if is_alone else kind.same(asked, response)
        key: Hashable = one.answer.id if same is None else (asked.seed, same, one.is_mine)
        found.setdefault(key, Wording([], asked)).said.append(one)
    yield from found.values()


def _alike(question: AssignmentItem, wordings: list[Wording]) -> Iterator[list[Wording]]:
    """Wordings of free texts that are alike together; those of other kinds each by itself."""
    if question.item_version.kind is not ItemKind.EXTENDED_TEXT:
        yield from ([one] for one in wordings)
        return
    apart = [one for one in wordings if one.said[0].is_apart]
    yield from ([one] for one in apart)
    places: dict[Hashable, list[Wording]] = defaultdict(list)
    for one in wordings:
        if not one.said[0].is_apart:
            places[one.asked.seed, one.said[0].is_mine].append(one)
    for together in places.values():
        for cluster in clusters_of([str(one.response.get("text") or "") for one in together]):
            yield sorted((together[place] for place in cluster), key=lambda one: -len(one.said))
