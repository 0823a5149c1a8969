"""Returned, corrected, accepted: question by question, each version kept, the original score for ever."""

import io
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from core.database import db, transaction
from homework.assignments.models import Assignment
from homework.assignments.queries import questions_of
from homework.assignments.release import AnswersShown
from homework.corrections import services
from homework.corrections.counts import debts_of
from homework.corrections.errors import (
    CommentMissing,
    DifferentCorrection,
    JudgedMeanwhile,
    NothingToCorrect,
    SameAsBefore,
    WaitsForTeacher,
)
from homework.corrections.lines import lines_of
from homework.corrections.models import Correction
from homework.corrections.stages import Stage, Verdict
from homework.corrections.waiting import waiting_at, waiting_by_question
from homework.marking.models import Mark
from homework.marking.services import mark, return_one
from homework.notices.models import NewsKind, WorkNotice
from homework.submissions.models import Answer
from learning.attempts.models import Attempt, AttemptContext
from library.items.models import ItemKind
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_picture, make_submission
from tests.factories.media import picture_bytes

KEY = "答案的解析在此"


class Scene:
    """Work of a choice, a text and a photo, back with every question wrong."""

    def __init__(self, **columns: object) -> None:
        self.school_class = make_class()
        self.teacher = make_teacher(self.school_class)
        self.pupil = make_student(self.school_class)
        kinds = ItemKind.CHOICE, ItemKind.TEXT_ENTRY, ItemKind.PHOTO
        self.assignment = make_assignment(self.teacher, self.school_class, kinds=kinds, **columns)
        self.questions = {
            one.item_version.kind: one for one in db.session.scalars(questions_of(self.assignment.id))
        }
        for one in self.questions.values():
            one.item_version.explanation = KEY
        self.choice = self.questions[ItemKind.CHOICE]
        self.text = self.questions[ItemKind.TEXT_ENTRY]
        self.photo = self.questions[ItemKind.PHOTO]
        self.submission = self.hand_in(self.pupil)

    def hand_in(self, pupil):  # noqa: ANN001, ANN201 -- a hat, a submission
        wrong = {self.choice.id: {"choices": ["A"]}, self.text.id: {"blanks": ["床前明月光", ""]}}
        submission = make_submission(self.assignment, pupil, wrong)
        photo = select(Answer).where(
            Answer.submission_id == submission.id, Answer.assignment_item_id == self.photo.id
        )
        mark(
            db.session.scalars(photo).one(),
            self.teacher,
            points=1.0,
            comment="步骤不全",
            version=0,
            now=MONDAY,
        )
        return return_one(submission, self.teacher, now=MONDAY)

    def fix(self, response: dict[str, list[str]], key: UUID | None = None, photos: int = 0) -> services.Fix:
        pictures = tuple(make_picture(f"fix {one}") for one in range(photos))
        return services.Fix(client_key=key or uuid4(), response=response, pictures=pictures)

    def stages(self) -> dict[ItemKind, Stage]:
        return {one.question.item_version.kind: one.stage for one in lines_of(self.submission)}


@pytest.fixture
def scene(session: Session) -> Scene:
    del session
    return Scene()


def test_a_key_judges_a_correction_at_once_and_the_original_score_stays(scene: Scene) -> None:
    marks = {one.answer_id: one.points for one in db.session.scalars(select(Mark))}
    again = services.correct(
        scene.submission, scene.choice, scene.pupil, scene.fix({"choices": ["C"]}), now=MONDAY
    )
    assert again.state is Verdict.AGAIN
    right = services.correct(
        scene.submission, scene.choice, scene.pupil, scene.fix({"choices": ["B"]}), now=MONDAY
    )
    assert (right.state, right.number) == (Verdict.ACCEPTED, 2)
    assert {one.answer_id: one.points for one in db.session.scalars(select(Mark))} == marks
    line = next(one for one in lines_of(scene.submission) if one.question.id == scene.choice.id)
    assert [one.correction.attempt.response for one in line.versions] == [
        {"choices": ["C"]},
        {"choices": ["B"]},
    ]
    contexts = set(db.session.scalars(select(Attempt.context)))
    assert contexts == {AttemptContext.HOMEWORK, AttemptContext.CORRECTION}
    with pytest.raises(NothingToCorrect):
        services.correct(
            scene.submission, scene.choice, scene.pupil, scene.fix({"choices": ["A"]}), now=MONDAY
        )


def test_the_same_answer_is_no_correction_and_the_same_key_sends_once(scene: Scene) -> None:
    with pytest.raises(SameAsBefore):
        services.correct(
            scene.submission, scene.choice, scene.pupil, scene.fix({"choices": ["A"]}), now=MONDAY
        )
    key = uuid4()
    first = services.correct(
        scene.submission, scene.choice, scene.pupil, scene.fix({"choices": ["B"]}, key), now=MONDAY
    )
    second = services.correct(
        scene.submission, scene.choice, scene.pupil, scene.fix({"choices": ["B"]}, key), now=MONDAY
    )
    assert first is second
    with pytest.raises(DifferentCorrection):
        services.correct(
            scene.submission, scene.choice, scene.pupil, scene.fix({"choices": ["C"]}, key), now=MONDAY
        )


def test_what_no_key_can_judge_goes_to_the_teacher_and_back_until_it_is_accepted(scene: Scene) -> None:
    first = services.correct(scene.submission, scene.photo, scene.pupil, scene.fix({}, photos=2), now=MONDAY)
    assert scene.stages()[ItemKind.PHOTO] is Stage.WAITING
    with pytest.raises(WaitsForTeacher):
        services.correct(scene.submission, scene.photo, scene.pupil, scene.fix({}, photos=1), now=MONDAY)
    with pytest.raises(CommentMissing):
        services.judge({first.id: 1}, scene.teacher, accept=False, comment=" ", now=MONDAY)
    services.judge({first.id: 1}, scene.teacher, accept=False, comment="写出单位", now=MONDAY)
    told = db.session.scalars(select(WorkNotice)).one()
    assert (told.person_id, told.kind) == (scene.pupil.person_id, NewsKind.CORRECTION_AGAIN)
    assert told.details["reason"] == "写出单位"
    second = services.correct(scene.submission, scene.photo, scene.pupil, scene.fix({}, photos=1), now=MONDAY)
    services.judge({second.id: 1}, scene.teacher, accept=True, comment="", now=MONDAY)
    line = next(one for one in lines_of(scene.submission) if one.question.id == scene.photo.id)
    assert [len(one.pages) for one in line.versions] == [2, 1]
    assert line.stage is Stage.ACCEPTED
    assert line.mark is not None
    assert line.mark.points == 1.0


def test_many_equal_corrections_are_judged_with_one_word_and_a_second_teacher_is_told(scene: Scene) -> None:
    colleague = make_teacher(scene.school_class)
    pupils = [make_student(scene.school_class) for _number in range(3)]
    made = {}
    for pupil in pupils:
        submission = scene.hand_in(pupil)
        one = services.correct(submission, scene.photo, pupil, scene.fix({}, photos=1), now=MONDAY)
        made[one.id] = one.version
    assert waiting_by_question(scene.assignment.id, scene.teacher) == {scene.photo.id: 3}
    debts = debts_of(scene.assignment.id, scene.teacher)
    assert [one.count.open for one in debts] == [3, 2, 2, 2]
    services.judge(made, scene.teacher, accept=True, comment="", now=MONDAY)
    services.judge(made, scene.teacher, accept=True, comment="", now=MONDAY)
    assert waiting_by_question(scene.assignment.id, scene.teacher) == {}
    with pytest.raises(JudgedMeanwhile) as refusal:
        services.judge(made, colleague, accept=False, comment="再看", now=MONDAY)
    assert scene.teacher.person.name in str(refusal.value)


def test_when_all_is_accepted_the_pupil_hears_it_once(scene: Scene) -> None:
    for question, response in (
        (scene.choice, {"choices": ["B"]}),
        (scene.text, {"blanks": ["床前明月光", "疑是地上霜"]}),
    ):
        services.correct(scene.submission, question, scene.pupil, scene.fix(response), now=MONDAY)
    photo = services.correct(scene.submission, scene.photo, scene.pupil, scene.fix({}, photos=1), now=MONDAY)
    services.judge({photo.id: 1}, scene.teacher, accept=True, comment="", now=MONDAY)
    assert [one.kind for one in db.session.scalars(select(WorkNotice))] == [NewsKind.CORRECTIONS_ACCEPTED]
    assert set(scene.stages().values()) == {Stage.ACCEPTED}


def test_the_pages_of_a_class_take_as_many_statements_as_those_of_one_pupil(scene: Scene) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        db.session.expire_all()
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            groups = waiting_at(scene.photo, scene.teacher)
            debts_of(scene.assignment.id, scene.teacher)
            lines_of(scene.submission)
            assert all(one.first.student.name for one in groups)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    services.correct(scene.submission, scene.photo, scene.pupil, scene.fix({}, photos=1), now=MONDAY)
    few = statements()
    for _number in range(10):
        pupil = make_student(scene.school_class)
        services.correct(scene.hand_in(pupil), scene.photo, pupil, scene.fix({}, photos=1), now=MONDAY)
    assert statements() <= few + 12  # the test's own rows are read again, one each


@pytest.mark.parametrize("shown", [AnswersShown.BY_HAND, AnswersShown.AT_ONCE])
def test_pupil_guardian_and_teacher_on_the_pages(
    app: Flask, sign_in_as: SignInAs, shown: AnswersShown
) -> None:
    with app.app_context():
        with transaction():
            scene = Scene(answers_shown=shown)
            guardian, classmate = make_guardian(scene.pupil), make_student(scene.school_class)
            scene.hand_in(classmate)
        work, assignment_id = scene.submission.id, scene.assignment.id
        choice, photo = scene.choice.id, scene.photo.id
        hats = scene.pupil, guardian, classmate, scene.teacher
        for one in hats:
            db.session.refresh(one)
        name = classmate.person.name = "同桌"
    pupil, parent, other, teacher = map(sign_in_as, hats)
    place = f"/submissions/{work}/corrections"

    assert "步骤不全" in pupil.get(place).get_data(as_text=True)
    assert KEY not in pupil.get(place).get_data(as_text=True)
    empty = pupil.post(f"{place}/{choice}", data={"client_key": str(uuid4())})
    assert empty.status_code == 422
    answer = {"client_key": str(uuid4()), f"q{choice}-choices": "B"}
    assert pupil.post(f"{place}/{choice}", data=answer).status_code == 303
    picture = {"client_key": str(uuid4()), f"photos-{photo}": (io.BytesIO(picture_bytes()), "a.jpg")}
    assert pupil.post(f"{place}/{photo}", data=picture).status_code == 303
    text = {"client_key": str(uuid4()), f"photos-{photo}": (io.BytesIO(b"no picture"), "a.jpg")}
    assert pupil.post(f"{place}/{photo}", data=text).status_code == 422
    told = parent.get(f"/api/v1{place}").get_json()["questions"]
    assert {one["question"]: one["stage"] for one in told}[choice] == "accepted"
    assert {one["question"]: len(one["versions"][-1:]) for one in told}[photo] == 1
    assert KEY not in parent.get(f"/api/v1{place}").get_data(as_text=True)
    seen = parent.get(place).get_data(as_text=True)
    assert "步骤不全" in seen
    assert "<form" not in seen.split("<main")[1].split("</main")[0]
    assert name not in seen
    assert other.get(place).status_code == 404
    assert parent.post(f"{place}/{choice}", data=answer).status_code == 403
    with app.app_context():
        waiting = db.session.scalars(select(Correction).where(Correction.state == Verdict.WAITING)).one()
        said = {"correction": f"{waiting.id}:{waiting.version}", "question": str(photo)}
    judging = f"/assignments/{assignment_id}/corrections"
    assert f'value="{said["correction"]}"' in teacher.get(judging).get_data(as_text=True)
    assert teacher.post(judging, data={**said, "verdict": "again"}).status_code == 422
    assert teacher.post(judging, data={**said, "verdict": "accept"}).status_code == 303
    assert pupil.get(judging).status_code == 403
    assert "2" in pupil.get("/corrections").get_data(as_text=True)
    assert parent.get(f"{place}/state").status_code == 200
    with app.app_context():
        assert db.session.get_one(Assignment, assignment_id).title in pupil.get("/corrections").get_data(
            as_text=True
        )
