"""What the keys of an assignment refused, in all its blanks."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.marking.queries import answers_visible_to
from homework.refusals.blanks import Place, has_blanks, refused_in
from homework.refusals.models import AcceptedText
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from library.items.kinds.table import kind_of


@dataclass(frozen=True, slots=True)
class Written:
    """An answer with blanks, of work that is still here."""

    answer: Answer
    student: Person
    submission: Submission


@dataclass(frozen=True, slots=True)
class Refusal:
    """One text in one blank that the key does not take, and who wrote it."""

    question: AssignmentItem
    blank: int
    text: str
    """As the first of them wrote it."""
    folded: str
    is_accepted: bool
    """Whether a teacher lets it count."""
    written: list[Written] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What was written, a formula as such."""
        version = self.question.item_version
        return kind_of(version).said(version, {"blanks": [*[""] * self.blank, self.text]})[self.blank]


def questions_with_blanks(assignment_id: int) -> list[AssignmentItem]:
    """The questions whose blanks are judged by a key that is the same for everybody."""
    return [
        one
        for one in db.session.scalars(assignments.questions_of(assignment_id))
        if has_blanks(one.item_version) and not one.item_version.parameters
    ]


def refusals_of(questions: Collection[AssignmentItem], hat: Hat) -> list[Refusal]:
    """What the keys refused: what most pupils wrote comes first. Two statements, however many wrote."""
    by_id = {one.id: one for one in questions}
    accepted = accepted_in(by_id)
    found: dict[tuple[int, Place], Refusal] = {}
    visible = answers_visible_to(hat)
    for one in written_in(by_id, visible):
        question = by_id[one.answer.assignment_item_id]
        for place, text in refused_in(question.item_version, one.answer.attempt.response).items():
            refusal = found.setdefault(
                (question.id, place),
                Refusal(question, place[0], text, place[1], place in accepted.get(question.id, ())),
            )
            refusal.written.append(one)
    return sorted(
        found.values(), key=lambda one: (-len(one.written), one.question.position, one.blank, one.folded)
    )


def written_in(question_ids: Collection[int], answers: Select[Answer] | None = None) -> list[Written]:
    """The pupils' *answers* (all, if None) to these questions, in work that counts and is not back."""
    wanted = select(Answer) if answers is None else answers
    rows = db.session.execute(
        wanted.join(Submission, Submission.id == Answer.submission_id)
        .where(
            Answer.assignment_item_id.in_(question_ids),
            Submission.returned_at.is_(None),
            submissions.counts(),
        )
        .join(Person, Person.id == Submission.student_id)
        .with_only_columns(Answer, Person, Submission)
        .order_by(Answer.id)
        .options(joinedload(Answer.attempt))
    )
    return [Written(*row) for row in rows]


def accepted_in(question_ids: Collection[int] | Select[int]) -> dict[int, set[Place]]:
    """The texts that count by a teacher's word, by question."""
    found: dict[int, set[Place]] = {}
    for one in db.session.scalars(texts_in(question_ids)):
        found.setdefault(one.assignment_item_id, set()).add((one.blank, one.text))
    return found


def texts_in(question_ids: Collection[int] | Select[int]) -> Select[AcceptedText]:
    """The same, with who let them count and when."""
    return select(AcceptedText).where(AcceptedText.assignment_item_id.in_(question_ids))


def acceptance_of(question_id: int, place: Place) -> Select[AcceptedText]:
    """That a text counts in a blank, if it does."""
    blank, text = place
    return select(AcceptedText).where(
        AcceptedText.assignment_item_id == question_id,
        AcceptedText.blank == blank,
        AcceptedText.text == text,
    )


def question_taught(hat: Hat, question_id: int) -> Select[AssignmentItem]:
    """A question of work that the teacher may mark."""
    taught = assignments.taught_by(hat).with_only_columns(Assignment.id)
    return (
        select(AssignmentItem)
        .where(AssignmentItem.id == question_id, AssignmentItem.assignment_id.in_(taught))
        .options(joinedload(AssignmentItem.item_version))
    )
