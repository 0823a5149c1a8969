"""Marks, and how far the marking of work is."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import joinedload

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import class_ids_of
from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer, is_required
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.marking.models import Feedback, Mark, OwnMark, PastMark
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Recording, Submission
from library.items.kinds.table import kind_of
from library.items.variants import Posed, pose


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an assignment is, in pupils."""

    pupils: int = 0
    handed_in: int = 0
    late: int = 0
    unmarked: int = 0
    """Handed in, with an answer that nobody has marked."""
    returned: int = 0

    @property
    def to_return(self) -> int:
        """Marked completely, and not given back yet."""
        return self.handed_in - self.unmarked - self.returned

    @property
    def missing(self) -> int:
        """Not handed in."""
        return max(self.pupils - self.handed_in, 0)


@dataclass(frozen=True, slots=True)
class Said:
    """One pupil's answer to a question, as the teacher marks it."""

    answer: Answer
    student: Person
    submission: Submission
    mark: Mark | None
    pages: list[Page]
    recordings: list[Recording]
    is_own_mark: bool = False
    """Whether the mark is not that of the pupil's group: marking the group leaves it alone."""

    @property
    def version(self) -> int:
        """Of the mark, 0 where there is none: what a change must name."""
        return self.mark.version if self.mark else 0


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that say the same, and so are marked together."""

    said: list[Said]
    asked: Posed
    """What they answer: of a question with variants, one of those."""

    @property
    def id(self) -> int:
        """Of the first answer."""
        return self.said[0].answer.id

    @property
    def response(self) -> dict[str, Any]:
        """What they say, in the words of the first."""
        return dict(self.said[0].answer.attempt.response)

    @property
    def with_group(self) -> list[Said]:
        """Those that are marked together: all but who got a mark of her own."""
        return [one for one in self.said if not one.is_own_mark]

    @property
    def shown(self) -> list[Said]:
        """Whose files are shown: all members of a group handed in the same."""
        seen: dict[tuple[str, int], Said] = {}
        for one in self.said:
            shared = one.submission.team_hand_in_id
            seen.setdefault(("team", shared) if shared else ("alone", one.answer.id), one)
        return list(seen.values())

    @property
    def is_of_team(self) -> bool:
        """Whether a group answered, so that one of it may be marked apart."""
        return any(one.submission.team_hand_in_id for one in self.said)

    @property
    def is_marked(self) -> bool:
        """Whether each of them has a mark."""
        return all(one.mark for one in self.said)

    @property
    def mark(self) -> Mark | None:
        """The mark that all of them have; None where they differ or lack one."""
        together = self.with_group or self.said
        first = together[0].mark
        if first is None:
            return None
        same = all(
            one.mark and (one.mark.points, one.mark.comment) == (first.points, first.comment)
            for one in together
        )
        return first if same else None


def groups(question: AssignmentItem, hat: Hat) -> list[Group]:
    """What the teacher's pupils answered to one question, equal answers and those of one group together.

    In four to six queries.

    What waits for a mark comes first, the answer of most pupils before others.
    """
    rows = list(
        db.session.execute(
            select(Answer, Submission, Person)
            .join(Submission, Submission.id == Answer.submission_id)
            .join(Person, Person.id == Submission.student_id)
            .where(Answer.id.in_(answers_to(question.id, hat).with_only_columns(Answer.id).order_by(None)))
            .order_by(Answer.id)
            .options(joinedload(Answer.attempt))
        )
    )
    ids = [answer.id for answer, _submission, _student in rows]
    marks = {one.answer_id: one for one in db.session.scalars(marks_of(ids))}
    pages: dict[int, list[Page]] = {one: [] for one in ids}
    for page in db.session.scalars(submissions.pages_of(ids)):
        pages[page.answer_id].append(page)
    spoken = submissions.recordings_by_answer([question], ids)
    is_group_work = any(submission.team_hand_in_id for _answer, submission, _student in rows)
    own = set(db.session.scalars(own_marks_of(ids))) if is_group_work else set()
    found: dict[Hashable, list[Said]] = {}
    kind = kind_of(question.item_version)
    variants: dict[int | None, Posed] = {}
    for answer, submission, student in rows:
        seed = answer.attempt.seed
        asked = variants.setdefault(seed, variants.get(seed) or pose(question.item_version, seed))
        same = kind.same(asked, answer.attempt.response)
        alone: Hashable = ("team", submission.team_hand_in_id) if submission.team_hand_in_id else answer.id
        key: Hashable = alone if same is None else (asked.seed, same)
        mark, heard, is_own = marks.get(answer.id), spoken.get(answer.id, []), answer.id in own
        said = Said(answer, student, submission, mark, pages[answer.id], heard, is_own)
        found.setdefault(key, []).append(said)
    listed = [Group(said, variants[said[0].answer.attempt.seed]) for said in found.values()]
    return sorted(listed, key=lambda one: (one.is_marked, -len(one.said), one.id))


def has_unmarked() -> ColumnElement[bool]:
    """Whether a submission has an answer without a mark."""
    return exists(
        select(Answer.id)
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(Answer.submission_id == Submission.id, Mark.id.is_(None))
        .correlate(Submission)
    )


def to_mark(hat: Hat) -> Select[Assignment]:
    """The teacher's assignments with work that waits to be marked or returned, the earliest due first."""
    return (
        assignments.taught_by(hat)
        .where(
            exists()
            .where(Submission.assignment_id == Assignment.id, Submission.returned_at.is_(None))
            .where(submissions.counts())
        )
        .order_by(Assignment.due_at, Assignment.id)
    )


def progress(hat: Hat, assignment_ids: Sequence[int]) -> dict[int, Progress]:
    """How far each assignment is among the pupils that concern *hat*, in two queries."""
    pupils = {row[0]: row[1] for row in db.session.execute(_pupils(hat, assignment_ids))}
    handed_in = {row[0]: row for row in db.session.execute(_handed_in(hat, assignment_ids))}
    found = {}
    for assignment_id in assignment_ids:
        _, handed, late, unmarked, returned = handed_in.get(assignment_id, (assignment_id, 0, 0, 0, 0))
        found[assignment_id] = Progress(pupils.get(assignment_id, 0), handed, late, unmarked, returned)
    return found


def marks_of(answer_ids: Iterable[int]) -> Select[Mark]:
    """The present marks of the answers."""
    return select(Mark).where(Mark.answer_id.in_(answer_ids))


def own_marks_of(answer_ids: Iterable[int]) -> Select[int]:
    """Of the answers those that got a mark other than their group's, on purpose."""
    return select(OwnMark.answer_id).where(OwnMark.answer_id.in_(answer_ids))


def history_of(answer_id: int) -> Select[PastMark]:
    """The marks that the answer had before, the latest first."""
    return select(PastMark).where(PastMark.answer_id == answer_id).order_by(PastMark.id.desc())


def feedback_of(submission_ids: Iterable[int]) -> Select[Feedback]:
    """What the teacher said about the submissions."""
    return select(Feedback).where(Feedback.submission_id.in_(submission_ids))


def points_of(submission_ids: Iterable[int]) -> Select[int, float]:
    """Rows (submission id, points given so far), without those of questions that were dropped."""
    return (
        select(Answer.submission_id, func.sum(Mark.points))
        .join(Mark, Mark.answer_id == Answer.id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(Answer.submission_id.in_(submission_ids), AssignmentItem.is_dropped.is_(False))
        .group_by(Answer.submission_id)
    )


@dataclass(frozen=True, slots=True)
class Worth:
    """What an assignment asks of one pupil."""

    questions: int = 0
    points: float = 0.0
    """Of the questions that the pupil must answer, and of those beyond that she did answer."""
    depth: Layer = Layer.REQUIRED
    """What of layered work she must do."""


def worth_for(student_id: int, assignment_ids: Sequence[int]) -> dict[int, Worth]:
    """What each assignment asks of the pupil, in four queries."""
    depths = assignments.depths_of(student_id, assignment_ids)
    answered = set(
        db.session.scalars(
            select(Answer.assignment_item_id)
            .join(Submission, Submission.id == Answer.submission_id)
            .where(
                Submission.assignment_id.in_(assignment_ids),
                Submission.student_id == student_id,
                submissions.counts(),
            )
        )
    )
    found: dict[int, Worth] = {}
    rows = select(
        AssignmentItem.assignment_id,
        AssignmentItem.id,
        AssignmentItem.layer,
        AssignmentItem.points,
        AssignmentItem.is_dropped,
    ).where(AssignmentItem.assignment_id.in_(assignment_ids))
    for assignment_id, question_id, layer, points, is_dropped in db.session.execute(rows):
        depth = depths.get(assignment_id, Layer.REQUIRED)
        so_far = found.get(assignment_id, Worth())
        is_asked = question_id in answered or is_required(layer, depth)
        counted = points if is_asked and not is_dropped else 0.0
        found[assignment_id] = Worth(so_far.questions + 1, so_far.points + counted, depth)
    return found


def answers_visible_to(hat: Hat) -> Select[Answer]:
    """The answers that the teacher may mark: those of the work that counts, of his pupils."""
    readable = submissions.visible_to(hat).where(submissions.counts()).with_only_columns(Submission.id)
    return select(Answer).where(Answer.submission_id.in_(readable))


def answers_to(assignment_item_id: int, hat: Hat) -> Select[Answer]:
    """What the teacher's pupils answered to one question, in the work that counts."""
    return answers_visible_to(hat).where(Answer.assignment_item_id == assignment_item_id).order_by(Answer.id)


def unmarked_by_question(hat: Hat, assignment_id: int) -> Select[int, int, int]:
    """Rows (question id, answers, answers without a mark) of the work that counts and is not returned."""
    readable = (
        submissions.visible_to(hat)
        .where(Submission.assignment_id == assignment_id, submissions.counts())
        .with_only_columns(Submission.id)
    )
    return (
        select(
            Answer.assignment_item_id,
            func.count(Answer.id),
            func.sum(case((Mark.id.is_(None), 1), else_=0)),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(Answer.submission_id.in_(readable))
        .group_by(Answer.assignment_item_id)
    )


def ready_to_return(assignment_id: int, hat: Hat) -> Select[Submission]:
    """Work that counts, is marked completely and is still here."""
    return (
        submissions.visible_to(hat)
        .where(
            Submission.assignment_id == assignment_id,
            Submission.returned_at.is_(None),
            submissions.counts(),
            ~has_unmarked(),
        )
        .order_by(Submission.id)
    )


def held(answer_ids: Sequence[int]) -> Select[int]:
    """The answers' rows, held until the transaction ends: two teachers mark one after the other."""
    return (
        select(Answer.id).where(Answer.id.in_(answer_ids)).order_by(Answer.id).with_for_update(key_share=True)
    )


def pupils_of(assignment_id: int, hat: Hat) -> Select[Person, int | None, int]:
    """Rows (pupil, seat number, class id) of those who owe the assignment and concern *hat*."""
    return (
        select(Person, Enrolment.seat_number, Enrolment.class_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(AssignmentTarget, AssignmentTarget.class_id == Enrolment.class_id)
        .where(
            AssignmentTarget.assignment_id == assignment_id,
            AssignmentTarget.class_id.in_(_concerned_classes(hat)),
            assignments.reaches(),
        )
        .order_by(Enrolment.class_id, Enrolment.seat_number, Person.name, Person.id)
    )


def _concerned_classes(hat: Hat) -> Select[int]:
    if hat.is_administrator:
        return select(SchoolClass.id).where(SchoolClass.school_id == hat.organisation_id)
    return class_ids_of(hat)


def _pupils(hat: Hat, assignment_ids: Sequence[int]) -> Select[int, int]:
    return (
        select(AssignmentTarget.assignment_id, func.count(Enrolment.person_id.distinct()))
        .join(Enrolment, Enrolment.class_id == AssignmentTarget.class_id)
        .where(
            AssignmentTarget.assignment_id.in_(assignment_ids),
            AssignmentTarget.class_id.in_(_concerned_classes(hat)),
            assignments.reaches(),
            ~assignments.is_excused(),
        )
        .group_by(AssignmentTarget.assignment_id)
    )


def _handed_in(hat: Hat, assignment_ids: Sequence[int]) -> Select[int, int, int, int, int]:
    concerned = (
        exists()
        .where(AssignmentTarget.assignment_id == Submission.assignment_id)
        .where(AssignmentTarget.class_id.in_(_concerned_classes(hat)))
        .where(Enrolment.person_id == Submission.student_id, assignments.reaches(), ~assignments.is_excused())
    )
    still_here = Submission.returned_at.is_(None)
    return (
        select(
            Submission.assignment_id,
            func.count(Submission.id),
            func.sum(case((Submission.is_late, 1), else_=0)),
            func.sum(case((still_here & has_unmarked(), 1), else_=0)),
            func.sum(case((still_here, 0), else_=1)),
        )
        .where(Submission.assignment_id.in_(assignment_ids), submissions.counts(), concerned)
        .group_by(Submission.assignment_id)
    )
