"""One piece of work with everything a page shows of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer, is_required
from homework.assignments.models import Assignment, AssignmentException
from homework.assignments.release import are_answers_shown
from homework.assignments.schedule import Times
from homework.marking import queries as marking
from homework.marking.models import Mark
from homework.rubrics import queries as rubrics
from homework.rubrics.rubric import Choice, Criteria
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Recording, Submission
from homework.submissions.questions import Question
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.marking import Judgement, misconception_of


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a piece of work: what was asked, answered and given for it."""

    question: Question
    answer: Answer | None = None
    mark: Mark | None = None
    pages: list[Page] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    rubric: Criteria | None = None
    """By what the answer is judged, where that is said."""
    choice: Choice = field(default_factory=dict)
    """The levels that were chosen; none, where the marks were not given by them."""
    is_required: bool = True
    """Whether the pupil had to answer it: what she may do beyond counts only if she does it."""

    @property
    def response(self) -> dict[str, Any]:
        """What was answered; empty where nothing was."""
        return dict(self.answer.attempt.response) if self.answer else {}

    @property
    def judgement(self) -> Judgement:
        """What the given points say of the answer: no answer is a wrong one."""
        if self.answer is None:
            return Judgement(0.0, is_correct=False)
        if self.mark is None:
            return Judgement(None, None)
        share = self.mark.points / self.question.points
        return Judgement(share, is_correct=share == 1)

    @property
    def hint(self) -> str:
        """What the typical error in the answer is, if it shows one."""
        return misconception_of(self.question.asked, self.response) if self.answer else ""

    @property
    def is_on_paper(self) -> bool:
        """Whether it was answered, but only what the answer is worth was entered."""
        return self.answer is not None and not kind_of(self.question.asked).is_answered(self.response)

    @property
    def is_spoken(self) -> bool:
        """Whether speech is asked for."""
        return kind_of(self.question.asked).files is Files.RECORDINGS

    @property
    def is_photo(self) -> bool:
        """Whether photographs are asked for."""
        return kind_of(self.question.asked).files is Files.PHOTOS


@dataclass(frozen=True, slots=True)
class Work:
    """A hand-in with its lines and, once it is back, its points and feedback."""

    submission: Submission
    assignment: Assignment
    student: Person
    lines: list[Line]
    times: Times
    """When it was due for this pupil."""
    feedback: str = ""
    exception: AssignmentException | None = None

    @property
    def points(self) -> float:
        """Given so far."""
        return sum(one.mark.points for one in self.lines if one.mark and not one.question.is_dropped)

    @property
    def most_points(self) -> float:
        """What the questions are worth that had to be answered, and those that were; dropped ones are not."""
        return sum(
            one.question.points
            for one in self.lines
            if (one.is_required or one.answer) and not one.question.is_dropped
        )

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(one.answer is not None for one in self.lines)

    @property
    def photos(self) -> int:
        """How many pages arrived."""
        return sum(len(one.pages) for one in self.lines)

    @property
    def is_returned(self) -> bool:
        """Whether marks and solutions may be seen by the pupil."""
        return self.submission.returned_at is not None

    def are_answers_shown_at(self, now: datetime) -> bool:
        """Whether the pupil and her guardians may see key and explanations at *now*."""
        return are_answers_shown(
            self.assignment.answers_shown,
            due_at=self.times.due_at,
            shown_at=self.assignment.answers_shown_at,
            now=now,
        )

    @property
    def is_marked(self) -> bool:
        """Whether every answer has its mark."""
        return all(one.mark for one in self.lines if one.answer)


def readable(hat: Hat, submission_id: int) -> Any:  # noqa: ANN401 -- Select's parameter is not the entity in 2.1
    """The submission, if the hat may read it, with its assignment and pupil."""
    return (
        submissions.visible_to(hat)
        .where(Submission.id == submission_id)
        .options(
            joinedload(Submission.assignment).joinedload(Assignment.subject),
            joinedload(Submission.student),
            joinedload(Submission.entered_by),
        )
    )


def work_of(submission: Submission) -> Work:
    """Everything that stands in *submission*, whatever the number of questions in ten to twelve queries."""
    answers = {
        one.assignment_item_id: one for one in db.session.scalars(submissions.answers_of([submission.id]))
    }
    marks = _marks([one.id for one in answers.values()])
    pages = _pages([one.id for one in answers.values()])
    questions = list(db.session.scalars(assignments.questions_of(submission.assignment_id)))
    spoken = submissions.recordings_by_answer(questions, [one.id for one in answers.values()])
    judged_by = {one: found.judged_by for one, found in rubrics.rubrics_of([q.id for q in questions]).items()}
    choices = rubrics.choices_of([one.id for one in answers.values()]) if judged_by else {}
    lines = []
    depths = assignments.depths_of(submission.student_id, [submission.assignment_id])
    depth = depths.get(submission.assignment_id, Layer.REQUIRED)
    for question in questions:
        answer = answers.get(question.id)
        must = is_required(question.layer, depth)
        rubric = judged_by.get(question.id)
        if answer is None:
            asked = Question.of(question, submission.student_id)
            lines.append(Line(asked, rubric=rubric, is_required=must))
            continue
        chosen = choices.get(answer.id)
        lines.append(
            Line(
                Question.answered(question, answer.attempt),
                answer,
                marks.get(answer.id),
                pages[answer.id],
                spoken.get(answer.id, []),
                rubric=rubric,
                choice=chosen.levels if chosen else {},
                is_required=must,
            )
        )
    said = db.session.scalar(marking.feedback_of([submission.id]))
    exception = db.session.scalar(assignments.exception_of(submission.assignment_id, submission.student_id))
    return Work(
        submission,
        submission.assignment,
        submission.student,
        lines,
        assignments.times_of(submission.assignment, exception),
        said.text if said else "",
        exception,
    )


def _marks(answer_ids: Iterable[int]) -> dict[int, Mark]:
    return {one.answer_id: one for one in db.session.scalars(marking.marks_of(list(answer_ids)))}


def _pages(answer_ids: Iterable[int]) -> dict[int, list[Page]]:
    found: dict[int, list[Page]] = defaultdict(list)
    for page in db.session.scalars(submissions.pages_of(list(answer_ids))):
        found[page.answer_id].append(page)
    return found
