"""What was returned too early is marked as before; what somebody built upon stays returned."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.people.models import Hat
from core.audit.models import AuditEntry
from core.database import db
from homework.assignments.queries import questions_of
from homework.corrections import services as corrections
from homework.corrections.errors import NotReturned
from homework.marking.models import Mark
from homework.marking.progress import states_of
from homework.marking.services import mark, return_one, return_work, write_feedback
from homework.marking.states import MarkingState
from homework.notices.models import NewsKind, WorkNotice
from homework.notices.services import tell_of_work
from homework.refusals.blanks import place_of
from homework.refusals.services import accept
from homework.regrades.rulings import Policy
from homework.returns.errors import NotReturnedNow
from homework.returns.offers import Offer, offer_of_one, offers_of, own_offer
from homework.returns.queries import Which
from homework.returns.services import take_back, take_one_back
from homework.submissions import queries as submissions
from homework.submissions.models import Answer
from learning.records.models import DailyActivity, Statement
from library.items.models import ItemKind
from tests.factories.accounts import enrol, make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.integration.homework.test_corrected_keys import Read
from tests.integration.homework.test_regrades import apply, undo

MINUTE = timedelta(minutes=1)
NAMES = ("王小明", "张小红", "李小华")


class Scene:
    """Two classes that got the same work, a choice; the first of the three pupils is in the second class."""

    def __init__(self, now: datetime) -> None:
        self.now, self.later = now, now + MINUTE
        self.first = make_class()
        self.second = make_class(self.first.school, name="七年级(9)班")
        self.teacher, self.colleague = make_teacher(self.first), make_teacher(self.first, name="周老师")
        for one in (self.teacher, self.colleague):
            enrol(one, self.second, "mathematics")
        self.assignment = make_assignment(self.teacher, self.first, self.second)
        self.question = db.session.scalars(questions_of(self.assignment.id)).one()
        self.pupils = [
            make_student(one, name)
            for one, name in zip((self.second, self.first, self.first), NAMES, strict=True)
        ]
        wrong = {self.question.id: {"choices": ["A"]}}
        self.works = [make_submission(self.assignment, one, wrong, now=now) for one in self.pupils]

    def return_all(self, hat: Hat | None = None, *, now: datetime | None = None) -> Which:
        """Return what is marked, which is all; how it is named afterwards."""
        at, by = now or self.now, hat or self.teacher
        return_work(self.assignment, by, now=at)
        return Which(at, by_id=by.person_id)

    def take_back(self, which: Which, hat: Hat | None = None):  # noqa: ANN201 -- what became of it
        return take_back(self.assignment.id, hat or self.teacher, which, now=self.later)

    def correct(self, number: int) -> None:
        fix = corrections.Fix(client_key=uuid4(), response={"choices": ["B"]})
        corrections.correct(self.works[number], self.question, self.pupils[number], fix, now=self.later)

    def returned(self) -> list[bool]:
        return [one.returned_at is not None for one in self.works]


@pytest.fixture
def scene(session: Session, now: datetime) -> Scene:
    del session
    return Scene(now)


def told() -> list[NewsKind]:
    return list(db.session.scalars(select(WorkNotice.kind).order_by(WorkNotice.id)))


def marked_by(hat: Hat, now: datetime) -> int:
    of_the_day = db.session.get_one(DailyActivity, (hat.person_id, now.date()), populate_existing=True)
    return of_the_day.marked


def test_all_of_one_return_is_marked_as_before_and_keeps_what_it_has(scene: Scene) -> None:
    answer = db.session.scalars(select(Answer).where(Answer.submission_id == scene.works[0].id)).one()
    mark(answer, scene.teacher, points=1.5, comment="想一想", version=1, now=scene.now)
    write_feedback(scene.works[0], scene.teacher, "有进步", now=scene.now)
    before = [(one.id, one.points, one.version) for one in db.session.scalars(select(Mark))]
    statements = db.session.scalars(select(Statement.id)).all()
    which = scene.return_all()
    assert marked_by(scene.teacher, scene.now) == 3
    done = scene.take_back(which)
    assert (done.taken, done.corrected_by, done.marked_anew) == (scene.works, [], [])
    assert [(one.returned_at, one.returned_by_id) for one in scene.works] == [(None, None)] * 3
    assert [(one.id, one.points, one.version) for one in db.session.scalars(select(Mark))] == before
    assert set(states_of(scene.assignment.id, scene.teacher).values()) == {MarkingState.READY}
    assert db.session.scalars(select(Statement.id)).all() == statements
    assert marked_by(scene.teacher, scene.now) == 0
    with pytest.raises(NotReturned):
        scene.correct(0)
    scene.return_all(now=scene.later)
    assert scene.returned() == [True] * 3
    assert marked_by(scene.teacher, scene.later) == 3


def test_the_log_keeps_who_had_returned_what_and_when(scene: Scene) -> None:
    which = scene.return_all()
    scene.take_back(which, scene.colleague)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "take_return_back")).one()
    assert (entry.actor_id, entry.object_id) == (scene.colleague.person_id, str(scene.assignment.id))
    assert entry.details == {
        "submissions": [one.id for one in scene.works],
        "returns": [{"by": scene.teacher.person_id, "at": scene.now.isoformat()}],
    }


def test_who_has_begun_to_correct_keeps_her_work_and_is_named(scene: Scene) -> None:
    which = scene.return_all()
    scene.correct(1)
    done = scene.take_back(which)
    assert [one.name for one in done.corrected_by] == ["张小红"]
    assert scene.returned() == [False, True, False]
    again = scene.take_back(which)
    assert (again.taken, [one.name for one in again.corrected_by]) == ([], ["张小红"])
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "take_return_back")).all()) == 1


@pytest.mark.parametrize("is_undone", [False, True])
def test_whose_key_was_put_right_since_keeps_her_work(scene: Scene, *, is_undone: bool) -> None:
    at = scene.return_all(now=scene.now - 2 * MINUTE)
    regrade = apply(scene.teacher, scene.question)
    if is_undone:
        undo(scene.teacher, regrade)
    done = scene.take_back(at)
    assert (done.taken, len(done.marked_anew)) == ([], 3)
    assert scene.returned() == [True] * 3


def test_a_question_that_counts_no_more_since_keeps_the_work_too(scene: Scene) -> None:
    which = scene.return_all()
    apply(scene.teacher, scene.question, Policy.DROP, None)
    assert len(scene.take_back(which).marked_anew) == 3


def test_a_key_that_was_put_right_before_the_return_is_no_reason(scene: Scene) -> None:
    apply(scene.teacher, scene.question)
    which = scene.return_all(now=scene.now + timedelta(days=3))
    assert scene.take_back(which).taken == scene.works


def test_pupils_are_told_no_more_what_had_changed_in_their_returned_work(scene: Scene) -> None:
    which = scene.return_all()
    noise = make_assignment(scene.teacher, scene.first)
    for pupil, work, kind in (
        (scene.pupils[0], scene.assignment, NewsKind.COMMENT_CHANGED),
        (scene.pupils[0], scene.assignment, NewsKind.MARKED_ANEW),
        (scene.pupils[1], scene.assignment, NewsKind.COMMENT_CHANGED),
        (scene.pupils[0], scene.assignment, NewsKind.AMENDED),
        (scene.pupils[0], noise, NewsKind.COMMENT_CHANGED),
    ):
        tell_of_work(pupil.person_id, work.id, kind, f"{kind.value}:1", details={}, now=scene.now)
    scene.correct(1)
    scene.take_back(which)
    assert told() == [NewsKind.COMMENT_CHANGED, NewsKind.AMENDED, NewsKind.COMMENT_CHANGED]
    left = select(WorkNotice.person_id).where(WorkNotice.assignment_id == scene.assignment.id)
    assert list(db.session.scalars(left.order_by(WorkNotice.id))) == [
        scene.pupils[1].person_id,
        scene.pupils[0].person_id,
    ]


def test_one_class_is_taken_back_and_the_other_keeps_its_work(scene: Scene) -> None:
    which = scene.return_all()
    scene.take_back(Which(which.at, which.by_id, class_id=scene.second.id))
    assert scene.returned() == [False, True, True]
    return_one(scene.works[0], scene.colleague, now=scene.later)
    scene.take_back(Which(scene.later, class_id=scene.first.id))
    assert scene.returned() == [True, False, False]


def test_each_return_is_counted_for_who_did_it(scene: Scene) -> None:
    return_one(scene.works[1], scene.colleague, now=scene.now)
    scene.return_all()
    scene.take_back(Which(scene.now, class_id=scene.first.id))
    assert (marked_by(scene.teacher, scene.now), marked_by(scene.colleague, scene.now)) == (1, 0)


def test_what_was_returned_anew_since_the_page_was_made_is_not_taken_back(scene: Scene) -> None:
    seen = scene.return_all()
    scene.take_back(seen, scene.colleague)
    with pytest.raises(NotReturnedNow):
        scene.take_back(seen)
    scene.return_all(scene.colleague, now=scene.later)
    for stale in (seen, Which(seen.at, class_id=scene.first.id)):
        with pytest.raises(NotReturnedNow):
            scene.take_back(stale)
    assert scene.returned() == [True] * 3


def test_one_pupils_work_is_taken_back_alone(scene: Scene) -> None:
    scene.return_all()
    work = scene.works[1]
    with pytest.raises(NotReturnedNow):
        take_one_back(work, scene.teacher, at=scene.later, now=scene.later)
    take_one_back(work, scene.teacher, at=scene.now, now=scene.later)
    assert scene.returned() == [True, False, True]


def test_who_teaches_only_one_of_the_classes_takes_back_its_work_alone(scene: Scene) -> None:
    which = scene.return_all()
    of_second = make_teacher(scene.second)
    assert scene.take_back(which, of_second).taken == scene.works[:1]
    with pytest.raises(NotReturnedNow):
        scene.take_back(which, make_teacher(make_class(name="七年级(3)班")))


def test_offered_are_the_last_returns_and_what_each_class_has_back(scene: Scene) -> None:
    assert offers_of(scene.assignment.id, scene.teacher) == []
    first = return_one(scene.works[1], scene.colleague, now=scene.now)
    which = scene.return_all(now=scene.later)
    scene.correct(2)
    colleague, teacher = scene.colleague.person, scene.teacher.person
    assert offers_of(scene.assignment.id, scene.teacher) == [
        Offer(which, 1, 1, by=teacher),
        Offer(Which(scene.now, scene.colleague.person_id), 1, 0, by=colleague),
        Offer(Which(scene.later, class_id=scene.first.id), 1, 1, school_class=scene.first),
        Offer(Which(scene.later, class_id=scene.second.id), 1, 0, school_class=scene.second),
    ]
    assert own_offer(scene.assignment.id, scene.teacher, scene.later) == Offer(which, 1, 1, by=teacher)
    assert own_offer(scene.assignment.id, scene.teacher, scene.now) is None
    assert offer_of_one(first, scene.teacher) == Offer(
        Which(scene.now, scene.colleague.person_id), 1, 0, by=colleague
    )
    assert offer_of_one(scene.works[2], scene.teacher) is None


def test_a_class_that_says_the_same_as_the_one_return_is_not_offered_beside_it(
    session: Session, now: datetime
) -> None:
    del session
    school_class = make_class()
    teacher = make_teacher(school_class)
    assignment = make_assignment(teacher, school_class)
    make_submission(assignment, make_student(school_class), now=now)
    return_work(assignment, teacher, now=now)
    assert [one.school_class for one in offers_of(assignment.id, teacher)] == [None]


@pytest.mark.parametrize(("points", "is_open"), [(0.5, True), (1.5, False)])
def test_points_that_changed_since_two_readers_agreed_are_read_anew(
    session: Session, now: datetime, *, points: float, is_open: bool
) -> None:
    del session
    read = Read()
    mark(read.chosen, read.teacher, points=1.5, version=1, now=now)
    read.read()
    at = now + timedelta(days=2)
    return_one(read.work, read.teacher, now=at)
    mark(read.chosen, read.teacher, points=points, comment="再看", version=2, now=at + MINUTE)
    take_one_back(read.work, read.teacher, at=at, now=at + 2 * MINUTE)
    assert (read.reading.settled_at is None) is is_open
    assert (NewsKind.SECOND_READING_ANEW in told()) is is_open


def test_a_text_that_was_let_count_meanwhile_counts_in_work_that_is_here_again(scene: Scene) -> None:
    """A class that got its work back too early is judged as the other one, but for marks by hand."""
    work = make_assignment(scene.teacher, scene.first, scene.second, kinds=(ItemKind.TEXT_ENTRY,))
    question = db.session.scalars(questions_of(work.id)).one()
    said = {question.id: {"blanks": ["床前明月光", "疑似地上霜"]}}
    other, first, by_hand = [make_submission(work, one, said, now=scene.now) for one in scene.pupils]
    answers = {
        one.submission_id: one
        for one in db.session.scalars(submissions.answers_of([other.id, first.id, by_hand.id]))
    }
    mark(answers[by_hand.id], scene.teacher, points=0.5, version=1, now=scene.now)
    return_work(work, scene.teacher, class_id=scene.first.id, now=scene.now)
    accept(question, place_of(question.item_version, 1, "疑似地上霜"), scene.teacher, now=scene.later)
    which = Which(scene.now, class_id=scene.first.id)
    take_back(work.id, scene.teacher, which, now=scene.later + MINUTE)
    points = dict(db.session.execute(select(Mark.answer_id, Mark.points)).all())
    assert [points[answers[one.id].id] for one in (other, first, by_hand)] == [2.0, 2.0, 0.5]
