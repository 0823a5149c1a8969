"""Which answers a regrade concerns, who may know them by name, and regrades themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import Select, exists, func, null, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Person, Role
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.markers.queries import hides_names
from homework.marking.models import Mark
from homework.regrades.changes import Change, Standing
from homework.regrades.models import Regrade, RegradeChange, RegradeQuestion, RegradeState
from homework.regrades.rulings import Policy
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt, AttemptContext
from library.curriculum.models import Subject
from library.items.marking import Judgement
from library.items.models import Item, ItemVersion


@dataclass(frozen=True, slots=True)
class Named:
    """A change of somebody whom the person may see."""

    change: Change
    student: Person
    seat_number: int | None


@dataclass(slots=True)
class Part:
    """What changes in one class for one piece of work."""

    assignment: Assignment
    school_class: SchoolClass | None
    """None for pupils who have left the classes that had the work."""
    named: list[Named] = field(default_factory=list)
    raised: int = 0
    """Of those whom the person may not see by name: marks that rise."""
    lowered: int = 0
    kept: int = 0
    dropped: int = 0

    @property
    def counted(self) -> int:
        """How many are not named."""
        return self.raised + self.lowered + self.kept + self.dropped


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly whose marks change, by work and class."""

    parts: list[Part]
    raised: int
    lowered: int
    kept: int
    dropped: int
    profiles: int
    """Answers that say something else of the pupil now, whatever their marks."""
    answers: int
    """Looked at."""
    digest: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be another one."""
        return not (self.raised or self.lowered or self.kept or self.dropped or self.profiles)


def question_of(hat: Hat, question_id: int) -> Select[AssignmentItem]:
    """A question of work that the teacher gave and still teaches."""
    return (
        select(AssignmentItem)
        .where(AssignmentItem.id == question_id, AssignmentItem.assignment_id.in_(_given_by(hat)))
        .options(joinedload(AssignmentItem.item_version).joinedload(ItemVersion.item))
    )


def work_asking(hat: Hat, item_id: int) -> Select[AssignmentItem, Assignment, ItemVersion]:
    """What the teacher gave that asks an item, in the wording it was given with; the newest first."""
    return (
        select(AssignmentItem, Assignment, ItemVersion)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .join(ItemVersion, ItemVersion.id == AssignmentItem.item_version_id)
        .where(
            ItemVersion.item_id == item_id,
            Assignment.withdrawn_at.is_(None),
            AssignmentItem.assignment_id.in_(_given_by(hat)),
        )
        .order_by(Assignment.id.desc(), AssignmentItem.position)
    )


def owns(hat: Hat, item: Item) -> bool:
    """Whether the person wrote the item, and so may put it right wherever it was answered."""
    return item.created_by_id == hat.person_id


def versions_like(version: ItemVersion) -> list[ItemVersion]:
    """The wordings of the item that ask the same and have the same key: all of them are wrong together."""
    of_item = select(ItemVersion).where(
        ItemVersion.item_id == version.item_id, ItemVersion.kind == version.kind
    )
    return [
        one
        for one in db.session.scalars(of_item.order_by(ItemVersion.number))
        if (one.interaction, one.correct, one.parameters)
        == (version.interaction, version.correct, version.parameters)
    ]


def questions_asking(version_ids: Collection[int], hat: Hat | None) -> Select[AssignmentItem]:
    """The questions of assignments that ask these wordings: those that *hat* gave, or all."""
    asking = select(AssignmentItem).where(AssignmentItem.item_version_id.in_(version_ids))
    if hat is not None:
        asking = asking.where(AssignmentItem.assignment_id.in_(_given_by(hat)))
    return asking.order_by(AssignmentItem.id)


def standings(question_ids: Collection[int], *, attempt_ids: Collection[int] | None = None) -> list[Standing]:
    """The answers to these questions as they stand, in one statement."""
    rows = (
        select(
            Attempt.id,
            Attempt.person_id,
            Attempt.item_id,
            Attempt.item_version_id,
            Attempt.response,
            Attempt.score,
            Attempt.is_correct,
            Attempt.answered_at,
            Answer.id,
            AssignmentItem.id,
            AssignmentItem.points,
            Submission.id,
            Submission.assignment_id,
            Submission.is_counted,
            Mark.points,
            func.coalesce(Mark.comment, ""),
            Mark.source,
            Mark.marked_by_id,
            Mark.marked_at,
            Mark.version,
        )
        .join(Answer, Answer.attempt_id == Attempt.id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(AssignmentItem.id.in_(question_ids))
        .order_by(Attempt.id)
    )
    if attempt_ids is not None:
        rows = rows.where(Attempt.id.in_(attempt_ids))
    return [Standing(*row) for row in db.session.execute(rows)]


def standings_elsewhere(
    item_id: int, version_ids: Collection[int], *, attempt_ids: Collection[int] | None = None
) -> list[Standing]:
    """The answers to these wordings that were given outside of homework, as they stand."""
    rows = (
        select(
            Attempt.id,
            Attempt.person_id,
            Attempt.item_id,
            Attempt.item_version_id,
            Attempt.response,
            Attempt.score,
            Attempt.is_correct,
            Attempt.answered_at,
        )
        .where(
            Attempt.item_id == item_id,
            Attempt.item_version_id.in_(version_ids),
            Attempt.context != AttemptContext.HOMEWORK,
        )
        .order_by(Attempt.id)
    )
    if attempt_ids is not None:
        rows = rows.where(Attempt.id.in_(attempt_ids))
    return [Standing(*row) for row in db.session.execute(rows)]


def preview_of(changes: Sequence[Change], *, answers: int, hat: Hat, digest: str) -> Preview:
    """*changes* by work and class; only those whom *hat* may see have names. Six statements."""
    shown = [one for one in changes if one.shows]
    assignment_ids = {one.standing.assignment_id for one in shown if one.standing.assignment_id is not None}
    titles = {
        one.id: one
        for one in db.session.scalars(
            select(Assignment)
            .where(Assignment.id.in_(assignment_ids))
            .options(joinedload(Assignment.subject))
        )
    }
    seats = _seats(assignment_ids)
    classes = {
        one.id: one
        for one in db.session.scalars(
            select(SchoolClass).where(SchoolClass.id.in_({class_id for class_id, _seat in seats.values()}))
        )
    }
    visible = _visible_people(hat, assignment_ids)
    parts: dict[tuple[int, int | None], Part] = {}
    for one in shown:
        assignment_id = one.standing.assignment_id or 0
        class_id, seat = seats.get((assignment_id, one.standing.person_id), (None, None))
        part = parts.setdefault(
            (assignment_id, class_id),
            Part(titles[assignment_id], classes[class_id] if class_id is not None else None),
        )
        student = visible.get((assignment_id, one.standing.person_id))
        if student is not None:
            part.named.append(Named(one, student, seat))
        else:
            _count(part, one)
    listed = sorted(
        parts.values(),
        key=lambda one: (
            -one.assignment.id,
            one.school_class.grade if one.school_class else 99,
            one.school_class.name if one.school_class else "",
        ),
    )
    for part in listed:
        part.named.sort(key=lambda one: (one.seat_number or 10_000, one.student.name, one.student.id))
    moved = [one for one in changes if one.marks and one.points is not None]
    return Preview(
        parts=listed,
        raised=sum(one.points > (one.earlier_points or 0.0) for one in moved if one.points is not None),
        lowered=sum(one.points < (one.earlier_points or 0.0) for one in moved if one.points is not None),
        kept=sum(one.is_kept for one in changes),
        dropped=sum(one.is_dropped for one in changes),
        profiles=sum(one.evidence != one.earlier for one in changes),
        answers=answers,
        digest=digest,
    )


def by_client_key(client_key: object) -> Select[Regrade]:
    """The regrade that was made from one preview."""
    return select(Regrade).where(Regrade.client_key == client_key)


def visible_to(hat: Hat) -> Select[Regrade]:
    """What the teacher marked anew, and what others did that changed work which he gave."""
    concerned = select(RegradeQuestion.regrade_id).join(
        AssignmentItem, AssignmentItem.id == RegradeQuestion.assignment_item_id
    )
    return select(Regrade).where(
        or_(
            Regrade.made_by_id == hat.person_id,
            Regrade.id.in_(concerned.where(AssignmentItem.assignment_id.in_(_given_by(hat)))),
        )
    )


def made_by(hat: Hat) -> Select[Regrade]:
    """Those that the teacher made, and so may undo."""
    return visible_to(hat).where(Regrade.made_by_id == hat.person_id)


def of_question(question_id: int) -> Select[Regrade]:
    """What was decided about a question and stands, the first one first."""
    return (
        select(Regrade)
        .join(RegradeQuestion, RegradeQuestion.regrade_id == Regrade.id)
        .where(
            RegradeQuestion.assignment_item_id == question_id,
            Regrade.state.in_((RegradeState.APPLYING, RegradeState.APPLIED)),
        )
        .order_by(Regrade.id)
    )


def standing_for(assignment_id: int) -> Select[Regrade]:
    """What was decided about questions of an assignment and stands, the first one first."""
    return (
        select(Regrade)
        .where(
            Regrade.state.in_((RegradeState.APPLYING, RegradeState.APPLIED)),
            exists()
            .where(RegradeQuestion.regrade_id == Regrade.id)
            .where(
                RegradeQuestion.assignment_item_id == AssignmentItem.id,
                AssignmentItem.assignment_id == assignment_id,
            ),
        )
        .order_by(Regrade.id)
    )


def question_rows_of(regrade_id: int) -> Select[RegradeQuestion]:
    """The questions that a regrade concerns."""
    return (
        select(RegradeQuestion)
        .where(RegradeQuestion.regrade_id == regrade_id)
        .order_by(RegradeQuestion.assignment_item_id)
    )


def changes_of(regrade_id: int) -> Select[RegradeChange]:
    """What a regrade changed."""
    return select(RegradeChange).where(RegradeChange.regrade_id == regrade_id).order_by(RegradeChange.id)


def change_ids_of(regrade_id: int) -> Select[int]:
    """Ids of what a regrade changed."""
    return select(RegradeChange.id).where(RegradeChange.regrade_id == regrade_id).order_by(RegradeChange.id)


def people_of(regrade_id: int) -> Select[int]:
    """Whose answers a regrade judged anew."""
    return (
        select(Attempt.person_id)
        .join(RegradeChange, RegradeChange.attempt_id == Attempt.id)
        .where(RegradeChange.regrade_id == regrade_id)
        .distinct()
        .order_by(Attempt.person_id)
    )


def wording_of(regrade: Regrade) -> ItemVersion:
    """The question as pupils saw it, with the key that was wrong."""
    return db.session.get_one(ItemVersion, regrade.version_ids[-1])


def numbers_of(regrade: Regrade) -> list[int]:
    """The numbers of the wordings whose answers were marked anew."""
    rows = select(ItemVersion.number).where(ItemVersion.id.in_(regrade.version_ids))
    return list(db.session.scalars(rows.order_by(ItemVersion.number)))


def titles_of(regrade_ids: Collection[int], hat: Hat) -> dict[int, list[tuple[int, str, int]]]:
    """Of each regrade (assignment id, its title, the question's place), in work that the teacher gave."""
    rows = (
        select(RegradeQuestion.regrade_id, Assignment.id, Assignment.title, AssignmentItem.position)
        .join(AssignmentItem, AssignmentItem.id == RegradeQuestion.assignment_item_id)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .where(RegradeQuestion.regrade_id.in_(regrade_ids), Assignment.id.in_(_given_by(hat)))
        .order_by(Assignment.id.desc())
    )
    found: dict[int, list[tuple[int, str, int]]] = {one: [] for one in regrade_ids}
    for regrade_id, assignment_id, title, position in db.session.execute(rows):
        found[regrade_id].append((assignment_id, title, position))
    return found


def later_than(regrade: Regrade) -> Select[int]:
    """Ids of regrades that touched the same questions or answers later and stand."""
    stands = Regrade.state.in_((RegradeState.APPLYING, RegradeState.APPLIED, RegradeState.UNDOING))
    mine = select(RegradeQuestion.assignment_item_id).where(RegradeQuestion.regrade_id == regrade.id)
    ours = select(RegradeChange.attempt_id).where(RegradeChange.regrade_id == regrade.id)
    return select(Regrade.id).where(
        Regrade.id > regrade.id,
        stands,
        or_(
            exists().where(
                RegradeQuestion.regrade_id == Regrade.id, RegradeQuestion.assignment_item_id.in_(mine)
            ),
            exists().where(RegradeChange.regrade_id == Regrade.id, RegradeChange.attempt_id.in_(ours)),
        ),
    )


def marked_since(regrade_id: int) -> Select[int | None, int, int]:
    """Rows (answer id, pupil id, assignment id) whose marks are not the regrade's any more."""
    return (
        select(RegradeChange.answer_id, Submission.student_id, Submission.assignment_id)
        .join(Answer, Answer.id == RegradeChange.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .outerjoin(Mark, Mark.answer_id == RegradeChange.answer_id)
        .where(
            RegradeChange.regrade_id == regrade_id,
            RegradeChange.marks,
            or_(Mark.id.is_(None), Mark.version != RegradeChange.version),
        )
        .order_by(RegradeChange.answer_id)
    )


def visible_people(hat: Hat, assignment_ids: Collection[int]) -> dict[tuple[int, int], Person]:
    """(Assignment, pupil) to the pupil, of those whose work the person may read."""
    return _visible_people(hat, assignment_ids)


def concerned(regrade_id: int) -> Select[int, int, int, float | None, float | None]:
    """Rows (pupil, assignment, question's place, points before, points now) of hand-ins that count."""
    return (
        select(
            Submission.student_id,
            Submission.assignment_id,
            AssignmentItem.position,
            RegradeChange.earlier_points,
            RegradeChange.points,
        )
        .join(Answer, Answer.id == RegradeChange.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(
            RegradeChange.regrade_id == regrade_id, submissions.counts(), Submission.returned_at.is_not(None)
        )
        .where(or_(RegradeChange.marks, AssignmentItem.is_dropped))
        .order_by(Submission.student_id)
    )


def concerned_by_drop(regrade_id: int) -> Select[int, int, int, float | None, None]:
    """The same for questions that were dropped: whoever answered them has another total."""
    return (
        select(
            Submission.student_id,
            Submission.assignment_id,
            AssignmentItem.position,
            Mark.points,
            null(),
        )
        .join(Answer, Answer.submission_id == Submission.id)
        .join(Mark, Mark.answer_id == Answer.id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .join(RegradeQuestion, RegradeQuestion.assignment_item_id == AssignmentItem.id)
        .where(
            RegradeQuestion.regrade_id == regrade_id,
            submissions.counts(),
            Submission.returned_at.is_not(None),
        )
        .order_by(Submission.student_id)
    )


def teachers_of(regrade_id: int) -> Select[int, int]:
    """Rows (assignment, teacher) of those who gave the work, and who teach its subject in its classes."""
    touched = (
        select(AssignmentItem.assignment_id)
        .join(RegradeQuestion, RegradeQuestion.assignment_item_id == AssignmentItem.id)
        .where(RegradeQuestion.regrade_id == regrade_id)
    )
    givers = select(Assignment.id, Assignment.teacher_id).where(Assignment.id.in_(touched))
    colleagues = (
        select(AssignmentTarget.assignment_id, Enrolment.person_id)
        .join(Enrolment, Enrolment.class_id == AssignmentTarget.class_id)
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .join(Subject, Subject.id == Assignment.subject_id)
        .where(
            AssignmentTarget.assignment_id.in_(touched),
            Enrolment.role == Role.TEACHER,
            Enrolment.ends_on.is_(None),
            Enrolment.subject_code == Subject.code,
        )
    )
    rows = union(givers, colleagues).subquery()
    return select(rows.c[0], rows.c[1])


def recorded(regrade: Regrade) -> list[Change]:
    """What a regrade changed, as its preview showed it."""
    rows = (
        select(RegradeChange, Attempt, Submission, AssignmentItem)
        .join(Attempt, Attempt.id == RegradeChange.attempt_id)
        .outerjoin(Answer, Answer.id == RegradeChange.answer_id)
        .outerjoin(Submission, Submission.id == Answer.submission_id)
        .outerjoin(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(RegradeChange.regrade_id == regrade.id)
        .order_by(RegradeChange.id)
    )
    return [
        _recorded(
            regrade, change, attempt, cast("Submission | None", work), cast("AssignmentItem | None", asked)
        )
        for change, attempt, work, asked in db.session.execute(rows)
    ]


def _recorded(
    regrade: Regrade,
    change: RegradeChange,
    attempt: Attempt,
    submission: Submission | None,
    question: AssignmentItem | None,
) -> Change:
    standing = Standing(
        attempt_id=attempt.id,
        person_id=attempt.person_id,
        item_id=attempt.item_id,
        version_id=attempt.item_version_id,
        response=attempt.response,
        score=change.score,
        is_correct=change.is_correct,
        answered_at=attempt.answered_at,
        answer_id=change.answer_id,
        question_id=question.id if question else None,
        most_points=question.points if question else 0.0,
        submission_id=submission.id if submission else None,
        assignment_id=submission.assignment_id if submission else None,
        is_counted=submission.is_counted if submission else True,
        points=change.points,
    )
    return Change(
        standing,
        Judgement(change.earlier_score, change.earlier_is_correct),
        change.earlier_points,
        Judgement(change.score, change.is_correct),
        change.points,
        change.points,
        is_dropped=regrade.policy is Policy.DROP and change.answer_id is not None,
    )


def best_counting(assignment_ids: Collection[int], student_ids: Collection[int]) -> Select[Submission]:
    """All hand-ins of pupils who have several for one assignment, none of them returned."""
    other = aliased(Submission)
    is_back = (
        exists()
        .where(other.assignment_id == Submission.assignment_id, other.student_id == Submission.student_id)
        .where(other.returned_at.is_not(None))
    )
    return (
        select(Submission)
        .where(Submission.assignment_id.in_(assignment_ids), Submission.student_id.in_(student_ids), ~is_back)
        .order_by(Submission.assignment_id, Submission.student_id, Submission.number)
    )


def _given_by(hat: Hat) -> Select[int]:
    return (
        assignments.taught_by(hat)
        .where(Assignment.teacher_id == hat.person_id)
        .with_only_columns(Assignment.id)
    )


def _seats(assignment_ids: Collection[int]) -> dict[tuple[int, int], tuple[int, int | None]]:
    rows = select(
        AssignmentTarget.assignment_id, Enrolment.person_id, Enrolment.class_id, Enrolment.seat_number
    ).where(AssignmentTarget.assignment_id.in_(assignment_ids), assignments.reaches())
    return {
        (assignment_id, person_id): (class_id, seat)
        for assignment_id, person_id, class_id, seat in db.session.execute(rows)
    }


def _visible_people(hat: Hat, assignment_ids: Collection[int]) -> dict[tuple[int, int], Person]:
    readable = (
        submissions.visible_to(hat)
        .where(Submission.assignment_id.in_(assignment_ids), ~hides_names())
        .with_only_columns(Submission.assignment_id, Submission.student_id)
        .distinct()
        .subquery()
    )
    rows = select(readable.c.assignment_id, Person).join(Person, Person.id == readable.c.student_id)
    return {(assignment_id, person.id): person for assignment_id, person in db.session.execute(rows)}


def _count(part: Part, one: Change) -> None:
    if one.is_kept:
        part.kept += 1
    elif one.marks and (one.points or 0.0) > (one.earlier_points or 0.0):
        part.raised += 1
    elif one.marks:
        part.lowered += 1
    else:
        part.dropped += 1
