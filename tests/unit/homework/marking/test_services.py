from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.classes.queries import class_ids_of
from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import Assignment
from homework.exceptions.services import Wish, except_pupil
from homework.marking import errors
from homework.marking.events import Returned
from homework.marking.models import Feedback, Mark, MarkSource, PastMark
from homework.marking.progress import Ready, progress, ready_of
from homework.marking.queries import answers_visible_to, to_mark
from homework.marking.services import mark, mark_alike, return_one, return_work, write_feedback
from homework.submissions.models import Answer, Submission
from homework.submissions.queries import answers_of, returned_for
from learning.records.models import DailyActivity
from library.items.models import ItemKind
from tests.factories.accounts import enrol, make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission

KINDS = (ItemKind.NUMERIC, ItemKind.PHOTO)
SECOND = timedelta(seconds=1)


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class()


@pytest.fixture
def student(school_class: SchoolClass) -> Hat:
    return make_student(school_class)


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


@pytest.fixture
def assignment(teacher: Hat, school_class: SchoolClass) -> Assignment:
    return make_assignment(teacher, school_class, kinds=KINDS)


@pytest.fixture
def submission(assignment: Assignment, student: Hat, now: datetime) -> Submission:
    return make_submission(assignment, student, now=now)


@pytest.fixture
def photo_answer(session: Session, submission: Submission) -> Answer:
    return list(session.scalars(answers_of([submission.id])))[1]


def test_a_teacher_marks_with_a_comment(photo_answer: Answer, teacher: Hat, now: datetime) -> None:
    given = mark(photo_answer, teacher, points=1.5, comment="步骤清楚", version=0, now=now)
    assert (given.points, given.comment, given.source) == (1.5, "步骤清楚", MarkSource.TEACHER)
    assert given.version == 1


def test_overriding_keeps_the_mark_that_stood(
    session: Session, submission: Submission, teacher: Hat, now: datetime
) -> None:
    numeric = next(iter(session.scalars(answers_of([submission.id]))))
    mark(numeric, teacher, points=1, comment="单位不对", version=1, now=now + SECOND)
    past = session.scalars(select(PastMark)).one()
    assert (past.points, past.source) == (2.0, MarkSource.MACHINE)
    assert session.scalars(select(Mark).where(Mark.answer_id == numeric.id)).one().version == 2


def test_the_second_of_two_teachers_is_told_what_the_first_gave(
    session: Session, photo_answer: Answer, teacher: Hat, school_class: SchoolClass, now: datetime
) -> None:
    colleague = make_teacher(school_class, name="周老师")
    mark(photo_answer, colleague, points=2, comment="很好", version=0, now=now)
    with pytest.raises(errors.MarkedMeanwhile, match="周老师") as refused:
        mark(photo_answer, teacher, points=1, version=0, now=now)
    assert refused.value.details["points"] == "2"
    assert refused.value.details["comment"] == "很好"
    assert refused.value.details["version"] == 1
    assert session.scalars(select(Mark.points).where(Mark.answer_id == photo_answer.id)).one() == 2
    mark(photo_answer, teacher, points=1, version=1, now=now)
    assert session.scalar(select(func.count(PastMark.id))) == 1


def test_a_double_click_marks_once(
    session: Session, photo_answer: Answer, teacher: Hat, now: datetime
) -> None:
    mark(photo_answer, teacher, points=2, version=0, now=now)
    mark(photo_answer, teacher, points=2, version=0, now=now)
    assert session.scalar(select(func.count(PastMark.id))) == 0


@pytest.mark.parametrize("points", [-0.01, 2.01, float("nan"), float("inf")])
def test_points_stay_within_what_the_question_is_worth(
    photo_answer: Answer, teacher: Hat, now: datetime, points: float
) -> None:
    with pytest.raises(errors.PointsOutOfRange):
        mark(photo_answer, teacher, points=points, version=0, now=now)


def test_equal_answers_are_marked_together_or_not_at_all(
    session: Session, assignment: Assignment, school_class: SchoolClass, teacher: Hat, now: datetime
) -> None:
    answers = []
    for name in ("王小明", "张小红"):
        submission = make_submission(assignment, make_student(school_class, name), now=now)
        answers.append(list(session.scalars(answers_of([submission.id])))[1])
    mark(answers[1], make_teacher(school_class), points=0, version=0, now=now)
    with pytest.raises(errors.MarkedMeanwhile):
        mark_alike({one.id: 0 for one in answers}, teacher, points=2, now=now)
    session.expire_all()
    assert session.scalar(select(func.count(Mark.id)).where(Mark.answer_id == answers[0].id)) == 0
    mark_alike({answers[0].id: 0, answers[1].id: 1}, teacher, points=2, now=now)
    assert set(
        session.scalars(select(Mark.points).where(Mark.answer_id.in_([one.id for one in answers])))
    ) == {2.0}


def test_a_class_gets_its_marked_work_back_in_one_action(
    session: Session, submission: Submission, photo_answer: Answer, teacher: Hat, now: datetime
) -> None:
    assignment = session.get_one(Assignment, submission.assignment_id)
    (class_id,) = session.scalars(class_ids_of(teacher))
    waiting = make_submission(
        assignment, make_student(session.get_one(SchoolClass, class_id), "王小明"), now=now
    )
    mark(photo_answer, teacher, points=2, version=0, now=now)
    assert return_work(assignment, teacher, now=now + SECOND) == [submission]
    assert (submission.returned_at, submission.returned_by_id) == (now + SECOND, teacher.person_id)
    assert waiting.returned_at is None
    assert session.get_one(DailyActivity, (teacher.person_id, now.date())).marked == 1
    student_id = submission.student_id
    assert Returned(submission.id, student_id, assignment.id) in db.session().info["weike_events"]
    assert list(session.scalars(returned_for(student_id, now))) == [submission]
    assert list(session.scalars(returned_for(student_id, now + 2 * SECOND))) == []
    with pytest.raises(errors.NothingToReturn):
        return_work(assignment, teacher, now=now)


def test_one_pupils_work_is_returned_when_it_is_marked_completely(
    submission: Submission, photo_answer: Answer, teacher: Hat, now: datetime
) -> None:
    with pytest.raises(errors.NotCompletelyMarked):
        return_one(submission, teacher, now=now)
    mark(photo_answer, teacher, points=2, version=0, now=now)
    return_one(submission, teacher, now=now)
    return_one(submission, teacher, now=now + SECOND)
    assert submission.returned_at == now


def test_only_the_latest_hand_in_is_marked_and_returned(
    session: Session,
    assignment: Assignment,
    submission: Submission,
    student: Hat,
    teacher: Hat,
    now: datetime,
) -> None:
    make_submission(assignment, student, photos=1, now=now + SECOND)
    readable = set(session.scalars(answers_visible_to(teacher)))
    assert not readable & set(session.scalars(answers_of([submission.id])))
    with pytest.raises(errors.NotTheLatest):
        return_one(submission, teacher, now=now)


def test_feedback_is_written_changed_and_taken_away(
    session: Session, submission: Submission, teacher: Hat, now: datetime
) -> None:
    write_feedback(submission, teacher, " 有进步 ", now=now)
    assert session.get(Feedback, submission.id).text == "有进步"
    write_feedback(submission, teacher, "很有进步", now=now)
    write_feedback(submission, teacher, " ", now=now)
    assert session.get(Feedback, submission.id) is None


def test_progress_counts_each_pupil_once(
    session: Session,
    assignment: Assignment,
    student: Hat,
    school_class: SchoolClass,
    teacher: Hat,
    now: datetime,
) -> None:
    noise = make_class(school_class.school, name="七年级(2)班")
    make_submission(make_assignment(make_teacher(noise), noise), make_student(noise), now=now)
    make_student(school_class, "张小红")
    make_submission(assignment, student, now=now)
    make_submission(assignment, student, now=now + SECOND)
    found = progress(teacher, [assignment.id])[assignment.id]
    assert (found.pupils, found.handed_in, found.unmarked, found.to_return, found.returned) == (2, 1, 1, 0, 0)
    assert found.missing == 1
    for answer in session.scalars(answers_visible_to(teacher)):
        if answer.id in [a.id for a in session.scalars(answers_of([answer.submission_id]))][1:]:
            mark(answer, teacher, points=1, version=0, now=now)
    assert progress(teacher, [assignment.id])[assignment.id].to_return == 1
    return_work(assignment, teacher, now=now)
    assert progress(teacher, [assignment.id])[assignment.id].returned == 1
    assert list(session.scalars(to_mark(teacher))) == []


def test_what_is_ready_to_return_is_what_goes_back(
    assignment: Assignment, student: Hat, photo_answer: Answer, teacher: Hat, now: datetime
) -> None:
    excused = Wish(student_id=student.person_id, is_excused=True, reason="生病")
    except_pupil(assignment, teacher, excused, now=now)
    assert ready_of(assignment.id, teacher) == Ready(0, [])
    mark(photo_answer, teacher, points=1, version=0, now=now)
    ready = ready_of(assignment.id, teacher)
    assert (ready.number, [number for _class, number in ready.by_class]) == (1, [1])
    assert len(return_work(assignment, teacher, now=now)) == ready.number


def test_work_waits_for_the_teacher_of_its_subject_only(
    session: Session,
    assignment: Assignment,
    student: Hat,
    school_class: SchoolClass,
    teacher: Hat,
    now: datetime,
) -> None:
    make_submission(assignment, student, now=now)
    english = make_teacher(school_class, "english")
    colleague = make_teacher(school_class, "mathematics")
    former = make_teacher(school_class, "mathematics")
    enrol(former, make_class(school_class.school), "mathematics")
    assert list(session.scalars(to_mark(teacher))) == [assignment]
    assert list(session.scalars(to_mark(colleague))) == [assignment]
    assert list(session.scalars(to_mark(english))) == []
