"""A wrong key: look, apply for everyone, follow later hand-ins, tell, undo to the letter."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from accounts.classes.models import Enrolment
from accounts.people.models import Hat
from core import clock
from core.database import Model, db, transaction
from core.jobs.services import run_waiting
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.queries import questions_of
from homework.assignments.release import Counting
from homework.assignments.schedule import wakes_at
from homework.comments.models import CommentUse
from homework.corrections.models import Correction
from homework.marking.models import Mark, MarkSource, OwnMark, PastMark, SecondReading
from homework.marking.services import mark, return_one
from homework.notices.models import NewsKind, WorkNotice
from homework.notices.queries import news_for
from homework.readings.models import ReadingMark, SettledMark
from homework.refusals.models import AcceptedText
from homework.regrades import portions, queries, services, undoing
from homework.regrades.errors import ChangedSincePreview, LaterRegrade, MarkedSince, SameKey
from homework.regrades.models import Regrade, RegradeState
from homework.regrades.previews import preview_of
from homework.regrades.rulings import Policy
from homework.rubrics.models import PastChoice, RubricChoice
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from learning.records.models import DailyActivity, Statement
from library.items.models import Item, ItemKind, ItemVersion
from recommender.profiles.models import LearnerAbility, Mastery
from recommender.profiles.services import make_anew
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import enrol, make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.learning import make_attempt
from tests.factories.library import make_item, make_point

TOUCHED: tuple[type[Model], ...] = (
    Attempt, Answer, Submission, Mark, PastMark, OwnMark, RubricChoice, PastChoice, CommentUse, AcceptedText,
    SecondReading, ReadingMark, SettledMark, Correction, Assignment, AssignmentItem, Item, ItemVersion,
    DailyActivity, Mastery, LearnerAbility,
)  # fmt: skip
"""All that says what work is worth. What was said (statements, notices, the audit) is only added to."""
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
NAMES = "赵一", "钱二", "孙三", "李四"
A, B = {"choices": ["A"]}, {"choices": ["B"]}


def hash_of_rows() -> str:
    found = hashlib.sha256()
    for model in TOUCHED:
        key = model.__table__.primary_key.columns
        for row in db.session.execute(select(*model.__table__.columns).order_by(*key)):
            found.update(repr(tuple(row)).encode())
    return found.hexdigest()


def question_of(assignment: Assignment) -> AssignmentItem:
    return db.session.scalars(questions_of(assignment.id)).first()


def loaded(hat: Hat, question: AssignmentItem) -> AssignmentItem:
    found = db.session.scalars(
        queries.question_of(hat, question.id).execution_options(populate_existing=True)
    ).one()
    assert isinstance(found, AssignmentItem)
    return found


def apply(
    hat: Hat,
    question: AssignmentItem,
    policy: Policy = Policy.REMARK,
    correct: dict[str, Any] | None = A,
    **wish: Any,  # noqa: ANN401 -- parts of the wish
) -> Regrade:
    found = services.Wish(policy=policy, correct=correct, reason="答案印错了", **wish)
    asked = loaded(hat, question)
    seen = services.plan(asked, hat, services.replace(found, overwritten=frozenset())).digest
    regrade, is_new = services.begin(asked, hat, found, seen=seen, client_key=uuid4(), now=MONDAY + DAY)
    assert is_new
    services.write(regrade, now=MONDAY + DAY)
    services.finish(regrade, now=MONDAY + DAY)
    return regrade


def undo(hat: Hat, regrade: Regrade) -> None:
    assert undoing.begin_undo(regrade, hat, now=MONDAY + DAY)
    undoing.write_back(regrade, now=MONDAY + DAY)
    undoing.finish_undo(regrade, now=MONDAY + DAY)


def points(assignment_id: int) -> list[float | None]:
    db.session.expire_all()
    rows = (
        select(Mark.points)
        .select_from(Submission)
        .join(Answer, Answer.submission_id == Submission.id)
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(Submission.assignment_id == assignment_id)
        .order_by(Submission.id)
    )
    return list(db.session.scalars(rows))


class Scene:
    """A class of four: A, B, B and C to a question whose key says B."""

    def __init__(self, *, returned: bool = True, **columns: Any) -> None:  # noqa: ANN401 -- of the assignment
        self.school_class = make_class()
        self.teacher = make_teacher(self.school_class)
        self.pupils = [make_student(self.school_class) for _number in range(4)]
        self.point = make_point()
        self.item = make_item(points=[self.point])
        self.assignment = make_assignment(
            self.teacher, self.school_class, versions=[self.item.current_version], **columns
        )
        self.question = question_of(self.assignment)
        self.work = [
            make_submission(self.assignment, pupil, {self.question.id: {"choices": [said]}})
            for pupil, said in zip(self.pupils, "ABBC", strict=True)
        ]
        if returned:
            for one in self.work:
                return_one(one, self.teacher, now=MONDAY)
        db.session.flush()


@pytest.fixture
def scene(session: Session) -> Scene:
    del session
    return Scene()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (Policy.REMARK, [2.0, 0.0, 0.0, 0.0]),
        (Policy.ACCEPT_BOTH, [2.0, 2.0, 2.0, 0.0]),
        (Policy.FULL, [2.0, 2.0, 2.0, 2.0]),
        (Policy.DROP, [0.0, 2.0, 2.0, 0.0]),
    ],
)
@pytest.mark.parametrize("by", ["teacher", "owner"])
def test_each_policy_gives_its_points_and_an_undo_gives_every_row_back(
    context: Flask, policy: Policy, expected: list[float], by: str
) -> None:
    del context
    with transaction():
        scene = Scene()
        if by == "owner":
            scene.item.created_by_id = scene.teacher.person_id
            make_attempt(scene.pupils[3].person, scene.item.current_version, A, now=MONDAY)
        people = [one.person_id for one in scene.pupils]
        teacher_id, assignment_id, question_id = scene.teacher.id, scene.assignment.id, scene.question.id
        point_id, subject_id = scene.point.id, scene.item.subject_id
    run_waiting()
    # A profile that grew answer by answer differs from one that is made anew: the night makes them one.
    make_anew(people, [point_id], subject_id, MONDAY + DAY)
    before = hash_of_rows()
    with transaction():
        question = db.session.get_one(AssignmentItem, question_id)
        regrade = apply(db.session.get_one(Hat, teacher_id), question, policy, is_everywhere=by == "owner")
        regrade_id = regrade.id
    run_waiting()
    assert points(assignment_id) == expected
    assert hash_of_rows() != before
    assert db.session.get_one(AssignmentItem, question_id).is_dropped == (policy is Policy.DROP)
    with transaction():
        undo(db.session.get_one(Hat, teacher_id), db.session.get_one(Regrade, regrade_id))
    run_waiting()
    assert points(assignment_id) == [0.0, 2.0, 2.0, 0.0]
    assert hash_of_rows() == before
    assert db.session.get_one(Regrade, regrade_id).state is RegradeState.UNDONE


def test_a_question_that_two_dropped_counts_again_when_both_have_taken_it_back(scene: Scene) -> None:
    before = hash_of_rows()
    first = apply(scene.teacher, scene.question, Policy.DROP)
    between = hash_of_rows()
    second = apply(scene.teacher, scene.question, Policy.DROP)
    undo(scene.teacher, second)
    assert hash_of_rows() == between
    assert db.session.get_one(AssignmentItem, scene.question.id).is_dropped
    undo(scene.teacher, first)
    assert hash_of_rows() == before


def test_answers_stay_pinned_to_the_wording_that_pupils_saw(scene: Scene) -> None:
    seen = scene.question.item_version_id
    regrade = apply(scene.teacher, scene.question)
    attempts = list(db.session.scalars(select(Attempt).order_by(Attempt.id)))
    assert {one.item_version_id for one in attempts} == {seen}
    assert [one.is_correct for one in attempts] == [True, False, False, False]
    assert regrade.version_ids == [seen]
    question = db.session.get_one(AssignmentItem, scene.question.id)
    assert question.item_version_id == regrade.new_version_id
    # The item is somebody else's: in the library its key stays.
    assert db.session.get_one(Item, scene.item.id).current_version_id == seen
    assert len(db.session.scalars(select(Statement).where(Statement.verb.contains("scored"))).all()) == 3
    days = list(db.session.scalars(select(DailyActivity.correct_answers).where(DailyActivity.answers > 0)))
    assert sorted(days) == [0, 0, 0, 1]


def test_who_owns_the_item_puts_it_right_for_all_and_sees_only_their_own_pupils_named(scene: Scene) -> None:
    scene.item.created_by_id = scene.teacher.person_id
    other_class = make_class(name="七年级(9)班")
    other = make_teacher(other_class)
    elsewhere = make_assignment(other, other_class, versions=[scene.item.current_version])
    stranger = make_student(other_class)
    make_submission(elsewhere, stranger, {question_of(elsewhere).id: A})
    wish = services.Wish(policy=Policy.REMARK, correct=A, reason="错", is_everywhere=True)
    plan = services.plan(loaded(scene.teacher, scene.question), scene.teacher, wish)
    found = preview_of(plan.changes, answers=plan.answers, hat=scene.teacher, digest="")
    assert (found.raised, found.lowered) == (2, 2)
    parts = {part.assignment.id: part for part in found.parts}
    assert len(parts[scene.assignment.id].named) == 3
    assert not parts[elsewhere.id].named
    assert parts[elsewhere.id].raised == parts[elsewhere.id].counted == 1
    apply(scene.teacher, scene.question, is_everywhere=True)
    assert points(elsewhere.id) == [2.0]
    version = db.session.get_one(ItemVersion, db.session.get_one(Item, scene.item.id).current_version_id)
    assert (version.number, version.correct) == (2, A)
    # A teacher who does not own it reaches her own work only.
    theirs = services.Wish(policy=Policy.FULL, is_everywhere=True, reason="错")
    plan = services.plan(loaded(other, question_of(elsewhere)), other, theirs)
    assert {one.standing.person_id for one in plan.changes} == {stranger.person_id}


def test_a_mark_by_hand_is_kept_unless_it_is_ticked(scene: Scene) -> None:
    answer = db.session.scalars(select(Answer).where(Answer.submission_id == scene.work[0].id)).one()
    mark(answer, scene.teacher, points=1.5, comment="思路对", version=1, now=MONDAY)
    kept = apply(scene.teacher, scene.question)
    assert points(scene.assignment.id) == [1.5, 0.0, 0.0, 0.0]
    undo(scene.teacher, kept)
    apply(scene.teacher, scene.question, overwritten=frozenset({answer.id}))
    assert points(scene.assignment.id) == [2.0, 0.0, 0.0, 0.0]
    found = db.session.scalars(select(Mark).where(Mark.answer_id == answer.id)).one()
    assert (found.source, found.comment) == (MarkSource.REGRADE, "思路对")


def test_what_came_in_between_must_be_looked_at_first(scene: Scene) -> None:
    wish = services.Wish(policy=Policy.REMARK, correct=A, reason="错")
    question = loaded(scene.teacher, scene.question)
    seen = services.plan(question, scene.teacher, wish).digest
    answer = db.session.scalars(select(Answer).where(Answer.submission_id == scene.work[1].id)).one()
    mark(answer, scene.teacher, points=1, version=1, now=MONDAY)
    with pytest.raises(ChangedSincePreview):
        services.begin(question, scene.teacher, wish, seen=seen, client_key=uuid4(), now=MONDAY)


def test_the_key_that_stands_is_no_correction(scene: Scene) -> None:
    with pytest.raises(SameKey):
        services.plan(
            loaded(scene.teacher, scene.question),
            scene.teacher,
            services.Wish(policy=Policy.REMARK, correct=B, reason="错"),
        )


def test_an_undo_is_refused_when_somebody_marked_since_and_says_whose(scene: Scene) -> None:
    regrade = apply(scene.teacher, scene.question)
    answer = db.session.scalars(select(Answer).where(Answer.submission_id == scene.work[1].id)).one()
    standing = db.session.scalars(select(Mark).where(Mark.answer_id == answer.id)).one()
    mark(answer, scene.teacher, points=1, version=standing.version, now=MONDAY + DAY)
    before = hash_of_rows()
    with pytest.raises(MarkedSince) as refusal:
        undoing.begin_undo(regrade, scene.teacher, now=MONDAY + DAY)
    assert scene.pupils[1].person.name in str(refusal.value)
    assert refusal.value.details["answers"] == [answer.id]
    assert hash_of_rows() == before


def test_the_later_of_two_is_undone_first_and_then_every_row_is_back(scene: Scene) -> None:
    before = hash_of_rows()
    first = apply(scene.teacher, scene.question, Policy.REMARK, A)
    second = apply(scene.teacher, scene.question, Policy.ACCEPT_BOTH, {"choices": ["C"]})
    assert points(scene.assignment.id) == [2.0, 0.0, 0.0, 2.0]
    with pytest.raises(LaterRegrade):
        undoing.begin_undo(first, scene.teacher, now=MONDAY + DAY)
    undo(scene.teacher, second)
    undo(scene.teacher, first)
    assert hash_of_rows() == before


@pytest.mark.parametrize(
    ("policy", "now_points", "later_points"),
    [(Policy.REMARK, 0.0, 2.0), (Policy.ACCEPT_BOTH, 2.0, 2.0), (Policy.FULL, 2.0, 2.0)],
)
def test_who_hands_in_later_is_judged_alike_and_goes_back_with_the_others(
    scene: Scene, policy: Policy, now_points: float, later_points: float
) -> None:
    late, later = make_student(scene.school_class), make_student(scene.school_class)
    regrade = apply(scene.teacher, scene.question, policy)
    make_submission(scene.assignment, late, {scene.question.id: B}, now=MONDAY + DAY)
    make_submission(scene.assignment, later, {scene.question.id: A}, now=MONDAY + DAY)
    assert points(scene.assignment.id)[4:] == [now_points, later_points]
    undo(scene.teacher, regrade)
    assert points(scene.assignment.id)[4:] == [2.0, 0.0]


def test_the_best_hand_in_counts_after_marking_anew_as_well(session: Session) -> None:
    del session
    scene = Scene(returned=False, counting=Counting.BEST)
    first = scene.work[0]
    second = make_submission(scene.assignment, scene.pupils[0], {scene.question.id: B}, now=MONDAY + SECOND)
    assert not first.is_counted
    assert second.is_counted
    db.session.flush()
    before = hash_of_rows()
    regrade = apply(scene.teacher, scene.question)
    db.session.expire_all()
    assert first.is_counted
    assert not second.is_counted
    undo(scene.teacher, regrade)
    assert hash_of_rows() == before


def test_who_hands_in_after_a_key_was_put_right_has_one_hand_in_that_counts_when_it_is_undone(
    session: Session,
) -> None:
    del session
    scene = Scene(returned=False, counting=Counting.BEST)
    said = {"choices": ["C"]}
    hand_ins = [scene.work[0]] + [
        make_submission(scene.assignment, scene.pupils[0], {scene.question.id: one}, now=MONDAY + SECOND)
        for one in (B, said)
    ]
    regrade = apply(scene.teacher, scene.question)
    hand_ins.append(
        make_submission(scene.assignment, scene.pupils[0], {scene.question.id: A}, now=MONDAY + DAY + SECOND)
    )
    undo(scene.teacher, regrade)
    assert [one.is_counted for one in hand_ins] == [False, True, False, False], "the one that says B"


def test_a_mark_by_hand_that_comes_after_the_decision_stays_while_a_job_is_at_work(scene: Scene) -> None:
    answer = db.session.scalars(select(Answer).where(Answer.submission_id == scene.work[0].id)).one()
    mark(answer, scene.teacher, points=1.5, version=1, now=MONDAY)
    wish = services.Wish(
        policy=Policy.REMARK, correct=A, reason="答案印错了", overwritten=frozenset({answer.id})
    )
    asked = loaded(scene.teacher, scene.question)
    seen = services.plan(asked, scene.teacher, services.replace(wish, overwritten=frozenset())).digest
    regrade, _is_new = services.begin(
        asked, scene.teacher, wish, seen=seen, client_key=uuid4(), now=MONDAY + DAY
    )
    mark(answer, scene.teacher, points=1.0, version=2, now=MONDAY + DAY + SECOND)
    services.write(regrade, now=MONDAY + DAY + 2 * SECOND)
    services.finish(regrade, now=MONDAY + DAY + 2 * SECOND)
    assert points(scene.assignment.id)[0] == 1.0
    undo(scene.teacher, regrade)
    assert points(scene.assignment.id)[0] == 1.0


def test_pupils_and_guardians_are_told_what_changed_and_of_nobody_else(scene: Scene) -> None:
    guardian = make_guardian(scene.pupils[0])
    colleague = make_teacher(scene.school_class)
    regrade = apply(scene.teacher, scene.question)
    told = list(db.session.scalars(select(WorkNotice).order_by(WorkNotice.person_id)))
    assert {one.person_id for one in told} >= {one.person_id for one in scene.pupils[:3]}
    assert scene.pupils[3].person_id not in {one.person_id for one in told}
    assert scene.teacher.person_id not in {one.person_id for one in told}
    del colleague
    later = MONDAY + DAY + SECOND
    mine = list(db.session.scalars(news_for(scene.pupils[0], later)))
    assert [one.details["changes"] for one in mine] == [[{"question": 1, "before": 0.0, "after": 2.0}]]
    childs = list(db.session.scalars(news_for(guardian, later)))
    assert [one.id for one in childs] == [one.id for one in mine]
    undo(scene.teacher, regrade)
    news = list(db.session.scalars(news_for(scene.pupils[0], later)))
    assert [one.kind for one in news] == [NewsKind.MARKED_AS_BEFORE]


def test_nothing_is_told_after_nine_in_the_evening(scene: Scene) -> None:
    apply(scene.teacher, scene.question)
    told = db.session.scalars(select(WorkNotice)).first()
    evening = MONDAY.replace(hour=14)  # ten in Beijing
    assert wakes_at(evening).hour == 6
    assert wakes_at(evening) - evening == timedelta(hours=8)
    assert wakes_at(MONDAY) == MONDAY
    assert told is not None
    assert told.shown_from == MONDAY + DAY


def test_who_was_told_in_the_evening_reads_it_in_the_morning(scene: Scene) -> None:
    evening = MONDAY.replace(hour=14)
    wish = services.Wish(policy=Policy.FULL, reason="题目有错")
    asked = loaded(scene.teacher, scene.question)
    seen = services.plan(asked, scene.teacher, wish).digest
    regrade, _is_new = services.begin(asked, scene.teacher, wish, seen=seen, client_key=uuid4(), now=evening)
    services.write(regrade, now=evening)
    services.finish(regrade, now=evening)
    assert not list(db.session.scalars(news_for(scene.pupils[0], evening + timedelta(hours=7))))
    assert list(db.session.scalars(news_for(scene.pupils[0], evening + timedelta(hours=8))))


def test_a_preview_of_many_takes_as_many_statements_as_one_of_few(scene: Scene) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            wish = services.Wish(policy=Policy.FULL, reason="错")
            plan = services.plan(loaded(scene.teacher, scene.question), scene.teacher, wish)
            preview_of(plan.changes, answers=plan.answers, hat=scene.teacher, digest="")
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    few = statements()
    for said in "ABC" * 4:
        make_submission(
            scene.assignment, make_student(scene.school_class), {scene.question.id: {"choices": [said]}}
        )
    assert statements() == few


def leave(teacher: Hat) -> None:
    """She teaches none of her classes any more."""
    db.session.execute(
        update(Enrolment).where(Enrolment.person_id == teacher.person_id).values(ends_on=MONDAY.date())
    )
    db.session.flush()


def test_what_a_teacher_who_has_left_marked_anew_is_undone_by_who_is_in_charge_now(scene: Scene) -> None:
    before = hash_of_rows()
    regrade = apply(scene.teacher, scene.question)
    colleague = make_teacher(scene.school_class, name="周老师")
    other_subject = make_teacher(scene.school_class, "physics", name="吴老师")
    elsewhere = make_teacher(name="郑老师")
    assert not queries.may_undo(colleague, regrade), "who did it is still there"
    leave(scene.teacher)
    may = [queries.may_undo(one, regrade) for one in (colleague, other_subject, elsewhere)]
    assert may == [True, False, False]
    undo(colleague, regrade)
    assert hash_of_rows() == before
    undone = select(WorkNotice.person_id).where(WorkNotice.about == f"regrade:{regrade.id}:undone")
    told = set(db.session.scalars(undone))
    assert told.isdisjoint({scene.teacher.person_id, colleague.person_id, elsewhere.person_id})


def test_what_concerns_work_of_two_classes_is_undone_by_nobody_who_is_in_charge_of_one(scene: Scene) -> None:
    second = make_class(scene.school_class.school, name="七年级(2)班")
    enrol(scene.teacher, second, "mathematics")
    make_assignment(scene.teacher, second, versions=[scene.item.current_version])
    regrade = apply(scene.teacher, scene.question)
    here, there = make_teacher(scene.school_class, name="周老师"), make_teacher(second, name="吴老师")
    both = make_teacher(second, name="郑老师")
    enrol(both, scene.school_class, "mathematics")
    leave(scene.teacher)
    assert [queries.may_undo(one, regrade) for one in (here, there, both)] == [False, False, True]


def test_what_the_author_put_right_for_everybody_is_undone_by_the_author_alone(scene: Scene) -> None:
    scene.item.created_by_id = scene.teacher.person_id
    regrade = apply(scene.teacher, scene.question, is_everywhere=True)
    colleague = make_teacher(scene.school_class, name="周老师")
    leave(scene.teacher)
    assert [queries.may_undo(one, regrade) for one in (scene.teacher, colleague)] == [True, False]


def test_who_has_left_is_not_told_of_a_key_put_right_and_who_is_in_charge_now_is(scene: Scene) -> None:
    one, other = (make_teacher(scene.school_class, name=name) for name in ("周老师", "吴老师"))
    leave(scene.teacher)
    apply(one, scene.question)
    told = set(db.session.scalars(select(WorkNotice.person_id)))
    assert other.person_id in told
    assert scene.teacher.person_id not in told


def test_who_is_in_charge_now_finds_the_button_on_the_page(
    app: Flask, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 2 * DAY)
    with app.app_context():
        with transaction():
            scene = Scene()
            colleague = make_teacher(scene.school_class, name="周老师")
            regrade_id, assignment_id = apply(scene.teacher, scene.question).id, scene.assignment.id
        db.session.refresh(colleague)
        teacher_id = scene.teacher.person_id
    browser, page = sign_in_as(colleague), f"/regrades/{regrade_id}"
    assert browser.get(page).status_code == 404
    assert browser.post(f"{page}/undo").status_code == 404
    with app.app_context(), transaction():
        gone = update(Enrolment).where(Enrolment.person_id == teacher_id)
        db.session.execute(gone.values(ends_on=MONDAY.date()))
    assert f"{page}/undo" in browser.get(page).text
    assert browser.post(f"{page}/undo").status_code == 303
    assert f"{page}/undo" not in browser.get(page).text
    with app.app_context():
        assert points(assignment_id) == [0.0, 2.0, 2.0, 0.0]


def test_a_teacher_corrects_a_key_on_the_pages(
    app: Flask, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 2 * DAY)  # at night nobody is told before the morning
    with app.app_context():
        with transaction():
            scene = Scene()
            for one, name in zip(scene.pupils, NAMES, strict=True):
                one.person.name = name
        number, assignment_id = scene.question.id, scene.assignment.id
        hats: Sequence[Hat] = scene.teacher, scene.pupils[0]
        for one in hats:
            db.session.refresh(one)
    browser, pupil = map(sign_in_as, hats)
    form = {"policy": "remark", "key-choices": "A", "reason": "第 1 题答案应为 A"}

    assert "B" in browser.get(f"/questions/{number}/regrade").get_data(as_text=True)
    missing = browser.post(f"/questions/{number}/regrade", data={"policy": "remark"})
    assert missing.status_code == 422
    page = browser.post(f"/questions/{number}/regrade", data=form).get_data(as_text=True)
    assert NAMES[0] in page
    assert NAMES[3] not in page
    seen = page.split('name="seen" value="')[1][:64]
    key = str(uuid4())
    sent = {**form, "seen": seen, "client_key": key}
    without_reason = browser.post(f"/questions/{number}/regrade/apply", data={**sent, "reason": ""})
    assert without_reason.status_code == 422
    done = browser.post(f"/questions/{number}/regrade/apply", data=sent)
    assert done.status_code == 303
    assert browser.post(f"/questions/{number}/regrade/apply", data=sent).location == done.location
    with app.app_context():
        run_waiting()
        assert len(db.session.scalars(select(Regrade)).all()) == 1
    with app.app_context(), transaction():  # what is told at night is shown in the morning
        db.session.execute(update(WorkNotice).values(shown_from=WorkNotice.made_at))
    assert NAMES[0] in browser.get(done.location).get_data(as_text=True)
    assert "第 1 题答案应为 A" in browser.get("/regrades").get_data(as_text=True)
    assert "第 1 题答案应为 A" in pupil.get("/homework/notices").get_data(as_text=True)
    assert pupil.get(done.location).status_code == 403
    with app.app_context():
        notice = db.session.scalars(select(WorkNotice.id).order_by(WorkNotice.id)).first()
    assert pupil.post(f"/homework/news/{notice}/seen").status_code == 200
    undone = browser.post(f"{done.location}/undo")
    assert undone.status_code == 303
    with app.app_context():
        assert points(assignment_id) == [0.0, 2.0, 2.0, 0.0]


def test_very_many_answers_are_marked_anew_by_a_job_in_portions(
    app: Flask, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 1)
    monkeypatch.setattr(portions, "PORTION", 2)
    with app.app_context():
        with transaction():
            scene = Scene()
        number, assignment_id, teacher = scene.question.id, scene.assignment.id, scene.teacher
        db.session.refresh(teacher)
    browser = sign_in_as(teacher)
    form = {"policy": "full", "reason": "题目有错"}
    page = browser.post(f"/questions/{number}/regrade", data=form).get_data(as_text=True)
    sent = {**form, "seen": page.split('name="seen" value="')[1][:64], "client_key": str(uuid4())}
    place = browser.post(f"/questions/{number}/regrade/apply", data=sent).location
    assert "hx-trigger" in browser.get(place).get_data(as_text=True)
    assert browser.post(f"{place}/undo").status_code == 409
    with app.app_context():
        run_waiting()
        assert points(assignment_id) == [2.0] * 4
    browser.post(f"{place}/undo")
    with app.app_context():
        run_waiting()
        assert points(assignment_id) == [0.0, 2.0, 2.0, 0.0]
        assert db.session.scalars(select(Regrade.state)).one() is RegradeState.UNDONE


CORRECTED: dict[ItemKind, dict[str, object]] = {
    ItemKind.TEXT_ENTRY: {"key-blanks": ["床前明月光\n窗前明月光", "疑是地上霜"]},
    ItemKind.NUMERIC: {"key-value": "1/3", "key-tolerance": ""},
    ItemKind.MULTIPLE_CHOICE: {"key-choices": ["A", "B"]},
    ItemKind.TRUE_FALSE: {"key-choices": "false"},
    ItemKind.INLINE_CHOICE: {"key-chosen": ["B", "A"]},
    ItemKind.MATCH: {"key-matches": ["A", "C", "B"]},
    ItemKind.ORDER: {"key-order": ["D", "C", "B", "A"]},
    ItemKind.HOTSPOT: {"key-shape": ["rect", "circle"], "key-coords": ["10 10 60 60", "300, 200, 25"]},
}
"""Another key for the example of each kind."""
RESPONSES: dict[ItemKind, dict[str, object]] = {
    ItemKind.TEXT_ENTRY: {"blanks": ["窗前明月光", "疑是地上霜"]},
    ItemKind.NUMERIC: {"value": "1/3"},
    ItemKind.MULTIPLE_CHOICE: {"choices": ["A", "B"]},
    ItemKind.TRUE_FALSE: {"choices": ["false"]},
    ItemKind.INLINE_CHOICE: {"chosen": ["B", "A"]},
    ItemKind.MATCH: {"matches": ["A", "C", "B"]},
    ItemKind.ORDER: {"order": ["D", "C", "B", "A"]},
    ItemKind.HOTSPOT: {"points": [[20, 20], [305, 205]]},
}
"""What it makes right."""


@pytest.mark.parametrize("kind", CORRECTED)
def test_every_kind_with_a_key_can_be_corrected(app: Flask, sign_in_as: SignInAs, kind: ItemKind) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher, pupil = make_teacher(school_class), make_student(school_class)
            assignment = make_assignment(teacher, school_class, kinds=(kind,))
            number, assignment_id = question_of(assignment).id, assignment.id
            make_submission(assignment, pupil, {number: RESPONSES[kind]})
        db.session.refresh(teacher)
    browser = sign_in_as(teacher)
    form = {"policy": "remark", "reason": "漏了一个答案", **CORRECTED[kind]}
    page = browser.post(f"/questions/{number}/regrade", data=form).get_data(as_text=True)
    sent = {**form, "seen": page.split('name="seen" value="')[1][:64], "client_key": str(uuid4())}
    assert browser.post(f"/questions/{number}/regrade/apply", data=sent).status_code == 303
    with app.app_context():
        assert points(assignment_id) == [2.0]


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (ItemKind.MATCH, {"key-matches": ["A", "", "B"]}, "先给出正确答案"),
        (ItemKind.ORDER, {"key-order": ["D", "C", "", ""]}, "请给每一项都排好位置"),
        (
            ItemKind.HOTSPOT,
            {"key-shape": ["rect", "rect"], "key-coords": ["1 2 3 4", "左上角"]},
            "第 2 个区域的数字读不出来",
        ),
        (ItemKind.HOTSPOT, {"key-shape": ["rect"], "key-coords": ["700 10 900 60"]}, "先给出正确答案"),
        (ItemKind.NUMERIC, {"key-value": "大约三"}, "“大约三”不是一个数"),
    ],
)
def test_a_key_that_does_not_fit_is_refused_with_a_sentence_and_stays_typed(
    app: Flask, sign_in_as: SignInAs, kind: ItemKind, typed: dict[str, object], sentence: str
) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher = make_teacher(school_class)
            number = question_of(make_assignment(teacher, school_class, kinds=(kind,))).id
        db.session.refresh(teacher)
    answer = sign_in_as(teacher).post(
        f"/questions/{number}/regrade", data={"policy": "remark", "reason": "答案错了", **typed}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    if kind is ItemKind.HOTSPOT:
        assert str(typed["key-coords"][-1]) in answer.text  # type: ignore[index] # a list, here
