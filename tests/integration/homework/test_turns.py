"""A key is put right, or work changed, while others answer, mark, correct and give back: nothing is torn.

Of two at the same moment one comes first, and the other meets what she left (decision 0037).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db, transaction
from homework.amendments.services import Amendment, amend
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.queries import questions_of
from homework.assignments.release import Counting
from homework.corrections import services as corrections
from homework.corrections.stages import Verdict
from homework.desk import services as desk
from homework.exceptions.services import Wish, except_pupil
from homework.marking.errors import NotTheLatest, WithSecondReader
from homework.marking.history import held_marks
from homework.marking.models import Mark
from homework.marking.services import mark, return_one
from homework.overview.errors import AlreadyHandedIn
from homework.overview.services import give_again, withdraw
from homework.regrades import services
from homework.regrades.errors import ChangedSincePreview
from homework.regrades.models import Regrade
from homework.regrades.rulings import Policy
from homework.submissions.errors import Closed
from homework.submissions.models import Answer, Submission
from homework.workbook.services import hand_in
from learning.attempts.models import Attempt
from library.items.models import ItemKind, ItemVersion
from tests.conftest import MONDAY
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import DUE, make_assignment, make_submission, make_work
from tests.factories.library import make_item
from tests.integration.homework.test_corrected_keys import Read
from tests.integration.homework.test_regrades import DAY, A, B, apply, loaded, question_of, undo
from tests.turns import at_the_same_moment

HOUR = timedelta(hours=1)


class TwoClasses:
    """One question in the work of two teachers, of whom the first wrote it: its key says B. By id only."""

    def __init__(self, app: Flask) -> None:
        with app.app_context(), transaction():
            item = make_item()
            classes = [make_class(), make_class(name="七年级(9)班")]
            teachers = [make_teacher(one) for one in classes]
            pupils = [make_student(one) for one in classes]
            item.created_by_id = teachers[0].person_id
            works = [
                make_assignment(teacher, school_class, versions=[item.current_version])
                for teacher, school_class in zip(teachers, classes, strict=True)
            ]
            self.questions = [question_of(one).id for one in works]
            self.works = [one.id for one in works]
            self.teachers, self.pupils = [one.id for one in teachers], [one.id for one in pupils]

    def teacher(self, number: int) -> Hat:
        return db.session.get_one(Hat, self.teachers[number])

    def question(self, number: int) -> AssignmentItem:
        return db.session.get_one(AssignmentItem, self.questions[number])

    def look(self, number: int, **wish: Any) -> tuple[services.Wish, str]:  # noqa: ANN401 -- of the wish
        """What the teacher wants to decide, and the preview of it."""
        wanted = services.Wish(**{"policy": Policy.REMARK, "correct": A, "reason": "答案印错了", **wish})
        question = loaded(self.teacher(number), self.question(number))
        return wanted, services.plan(question, self.teacher(number), wanted).digest

    def decide(
        self, number: int, wish: services.Wish, seen: str, key: UUID | None = None
    ) -> tuple[int, bool]:
        """The regrade's id, and whether it is new."""
        hat, now = self.teacher(number), MONDAY + DAY
        question = loaded(hat, self.question(number))
        regrade, is_new = services.begin(question, hat, wish, seen=seen, client_key=key or uuid4(), now=now)
        if is_new:
            services.write(regrade, now=now)
            services.finish(regrade, now=now)
        return regrade.id, is_new

    def everywhere(self) -> int:
        """The first teacher puts the key right in the work of both."""
        wish, seen = self.look(0, is_everywhere=True)
        return self.decide(0, wish, seen)[0]

    def hand_in(self, said: dict[str, Any], *, now: datetime = MONDAY) -> int:
        """The pupil of the second class hands in."""
        work = db.session.get_one(Assignment, self.works[1])
        pupil = db.session.get_one(Hat, self.pupils[1])
        return make_submission(work, pupil, {self.questions[1]: said}, now=now).id


@pytest.fixture
def two(app: Flask) -> TwoClasses:
    return TwoClasses(app)


def judged(app: Flask) -> list[tuple[dict[str, Any], float | None, float, bool]]:
    """What was answered, its score and points, and whether it is what the key of its question says now."""
    with app.app_context():
        rows = (
            select(Attempt.response, Attempt.score, Mark.points, ItemVersion.correct)
            .join(Answer, Answer.attempt_id == Attempt.id)
            .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
            .join(ItemVersion, ItemVersion.id == AssignmentItem.item_version_id)
            .join(Mark, Mark.answer_id == Answer.id)
            .order_by(Answer.id)
        )
        return [
            (said, score, points, said == correct)
            for said, score, points, correct in db.session.execute(rows)
        ]


def test_who_hands_in_while_a_key_is_put_right_in_all_work_is_judged_by_the_right_one(
    app: Flask, two: TwoClasses
) -> None:
    at_the_same_moment(app, two.everywhere, lambda: two.hand_in(A))
    assert judged(app) == [(A, 1.0, 2.0, True)]


def test_what_comes_in_anywhere_while_a_key_is_put_right_is_looked_at_first(
    app: Flask, two: TwoClasses
) -> None:
    with app.app_context():
        wish, seen = two.look(0, is_everywhere=True)
    with pytest.raises(ChangedSincePreview):
        at_the_same_moment(app, lambda: two.hand_in(A), lambda: two.decide(0, wish, seen))
    assert judged(app) == [(A, 0.0, 0.0, False)]


def test_who_hands_in_while_a_key_is_put_back_is_judged_by_the_one_that_stands_then(
    app: Flask, two: TwoClasses
) -> None:
    with app.app_context(), transaction():
        regrade_id = two.everywhere()

    def put_back() -> None:
        undo(two.teacher(0), db.session.get_one(Regrade, regrade_id))

    at_the_same_moment(app, put_back, lambda: two.hand_in(B))
    assert judged(app) == [(B, 1.0, 2.0, True)]


def test_what_comes_in_while_a_key_is_put_back_is_put_back_as_well(app: Flask, two: TwoClasses) -> None:
    with app.app_context(), transaction():
        regrade_id = two.everywhere()
    at_the_same_moment(
        app,
        lambda: two.hand_in(B),
        lambda: undo(two.teacher(0), db.session.get_one(Regrade, regrade_id)),
    )
    assert judged(app) == [(B, 1.0, 2.0, True)]


def test_of_two_who_put_one_key_right_the_second_looks_at_what_the_first_has_done(
    app: Flask, two: TwoClasses
) -> None:
    with app.app_context(), transaction():
        two.hand_in(B)
    with app.app_context():
        for_one, for_all = two.look(1, correct={"choices": ["C"]}), two.look(0, is_everywhere=True)
    with pytest.raises(ChangedSincePreview):
        at_the_same_moment(app, lambda: two.decide(1, *for_one), lambda: two.decide(0, *for_all))
    with app.app_context():
        assert [one.correct for one in db.session.scalars(select(ItemVersion).order_by(ItemVersion.id))] == [
            B,
            {"choices": ["C"]},
        ]


def test_a_double_click_decides_once(app: Flask, two: TwoClasses) -> None:
    key = uuid4()
    with app.app_context():
        wish, seen = two.look(0)
    assert at_the_same_moment(
        app, lambda: two.decide(0, wish, seen, key), lambda: two.decide(0, wish, seen, key)
    ) == (1, False)


def test_who_corrects_while_the_key_is_put_right_is_judged_by_the_right_one(
    app: Flask, two: TwoClasses
) -> None:
    with app.app_context(), transaction():
        back = two.hand_in({"choices": ["D"]})
        return_one(db.session.get_one(Submission, back), two.teacher(1), now=MONDAY)

    def correct() -> Verdict:
        fix = corrections.Fix(client_key=uuid4(), response=A)
        pupil = db.session.get_one(Hat, two.pupils[1])
        asked = loaded(two.teacher(1), two.question(1))
        work = db.session.get_one(Submission, back)
        return corrections.correct(work, asked, pupil, fix, now=MONDAY + DAY).state

    assert at_the_same_moment(app, two.everywhere, correct) is Verdict.ACCEPTED


def test_work_of_which_a_key_replaces_a_mark_that_was_read_twice_does_not_go_back_meanwhile(
    app: Flask,
) -> None:
    with app.app_context(), transaction():
        read = Read()
        mark(read.chosen, read.teacher, points=1.5, version=1, now=MONDAY)
        read.read()
        teacher, work, chosen, choice = read.teacher.id, read.work.id, read.chosen.id, read.choice.id

    def put_right() -> None:
        hat, question = db.session.get_one(Hat, teacher), db.session.get_one(AssignmentItem, choice)
        apply(hat, question, overwritten=frozenset({chosen}))

    def give_back() -> None:
        return_one(db.session.get_one(Submission, work), db.session.get_one(Hat, teacher), now=MONDAY + DAY)

    with pytest.raises(WithSecondReader):
        at_the_same_moment(app, put_right, give_back)


def hand_in_again(two: TwoClasses) -> None:
    work = db.session.get_one(Assignment, two.works[1])
    again = make_work(work, {two.questions[1]: A})
    hand_in(work, db.session.get_one(Hat, two.pupils[1]), again, now=MONDAY)


@pytest.mark.parametrize("way", ["mark", "return"])
def test_work_that_is_handed_in_again_meanwhile_is_not_marked_or_given_back(
    app: Flask, two: TwoClasses, way: str
) -> None:
    with app.app_context(), transaction():
        first = two.hand_in(B)
        answer = db.session.scalars(select(Answer.id)).one()

    def mark_or_return() -> None:
        hat = two.teacher(1)
        if way == "return":
            return_one(db.session.get_one(Submission, first), hat, now=MONDAY)
            return
        given: dict[str, Any] = {"points": 1.0, "comment": "", "levels": {}, "bank_comment_id": None}
        desk.mark(two.question(1), {answer: 1}, hat, **given, now=MONDAY)

    with pytest.raises(NotTheLatest):
        at_the_same_moment(app, lambda: hand_in_again(two), mark_or_return)
    with app.app_context():
        assert db.session.scalar(select(Submission.returned_at).where(Submission.id == first)) is None
        assert list(db.session.scalars(select(Mark.points).where(Mark.answer_id == answer))) == [2.0]


def more_time_for_all(two: TwoClasses) -> None:
    work, later = db.session.get_one(Assignment, two.works[1]), DUE + DAY
    wanted = Amendment(title=work.title, instructions="", due_at=later, cut_off_at=later + 3 * DAY)
    amend(work, two.teacher(1), wanted, version=work.version, now=MONDAY)


def more_time_for_one(two: TwoClasses) -> None:
    pupil = db.session.get_one(Hat, two.pupils[1])
    wish = Wish(student_id=pupil.person_id, reason="生病", due_at=DUE + DAY)
    except_pupil(db.session.get_one(Assignment, two.works[1]), two.teacher(1), wish, now=MONDAY)


@pytest.mark.parametrize("give_more_time", [more_time_for_all, more_time_for_one])
def test_what_comes_late_while_there_is_given_more_time_is_late_no_more(
    app: Flask, two: TwoClasses, give_more_time: Callable[[TwoClasses], None]
) -> None:
    at_the_same_moment(app, lambda: give_more_time(two), lambda: two.hand_in(A, now=DUE + HOUR))
    with app.app_context():
        assert db.session.scalars(select(Submission.is_late)).one() is False


def test_work_is_withdrawn_or_handed_in_and_not_both(app: Flask, two: TwoClasses) -> None:
    def take_back(number: int) -> None:
        withdraw(db.session.get_one(Assignment, two.works[number]), two.teacher(number), now=MONDAY)

    with pytest.raises(Closed):
        at_the_same_moment(app, lambda: take_back(1), lambda: two.hand_in(A))
    with app.app_context(), transaction():
        give_again(db.session.get_one(Assignment, two.works[1]), two.teacher(1), now=MONDAY)
    with pytest.raises(AlreadyHandedIn):
        at_the_same_moment(app, lambda: two.hand_in(A), lambda: take_back(1))


def test_who_gives_work_back_does_not_wait_for_who_waits_for_her(app: Flask) -> None:
    """Giving back holds the answers one after the other, and so does putting right the key of the second."""
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        kinds = ItemKind.CHOICE, ItemKind.CHOICE
        work = make_assignment(teacher, school_class, kinds=kinds, counting=Counting.BEST)
        make_submission(work, make_student(school_class))
        earlier, later = db.session.scalars(select(Answer.id).order_by(Answer.id))
        teacher_id, work_id = teacher.id, work.id

    def put_right() -> None:
        hat = db.session.get_one(Hat, teacher_id)
        apply(hat, db.session.scalars(questions_of(work_id)).all()[1])

    at_the_same_moment(app, lambda: held_marks([earlier]), put_right, then=lambda: held_marks([later]))
    with app.app_context():
        assert list(db.session.scalars(select(Mark.points).order_by(Mark.answer_id))) == [2.0, 0.0]
