"""Work on paper: a grid by seat, saved as it is typed, handed in and marked like any other."""

from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from core.audit.models import AuditEntry
from core.database import db, transaction
from core.jobs.models import Job
from homework.assignments.queries import questions_of
from homework.marking.models import Mark, MarkSource
from homework.marking.services import return_work
from homework.paper.models import PaperRow
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.statements import statements_of

KINDS = (ItemKind.CHOICE, ItemKind.TEXT_ENTRY, ItemKind.EXTENDED_TEXT)
RIGHT_ONES = ("B", "√", "2")


class Scene:
    """A class with work of three questions: a choice, a text with blanks, an essay."""

    def __init__(self, pupils: int = 3) -> None:
        self.school_class = make_class()
        self.teacher = make_teacher(self.school_class)
        self.assignment = make_assignment(self.teacher, self.school_class, kinds=KINDS)
        self.questions = list(db.session.scalars(questions_of(self.assignment.id)))
        self.pupils = [make_student(self.school_class, f"学生{number}") for number in range(pupils)]
        self.guardian = make_guardian(self.pupils[0])
        self.work, self.class_id = self.assignment.id, self.school_class.id
        self.ids = [one.person_id for one in self.pupils]
        self.asked = [one.id for one in self.questions]

    def cells(self, number: int, *typed: str, version: int = 0, **more: str) -> dict[str, str]:
        """A pupil's line as the page sends it."""
        student = self.ids[number]
        fields = {f"c-{student}-{one}": text for one, text in zip(self.asked, typed, strict=True)}
        return {
            f"v-{student}": str(version),
            **fields,
            **{f"{name}-{student}": one for name, one in more.items()},
        }


def made(app: Flask, pupils: int = 3) -> Scene:
    with app.app_context():
        with transaction():
            scene = Scene(pupils)
        for one in (scene.teacher, *scene.pupils, scene.guardian):
            db.session.refresh(one)
    return scene


def hand_in(browser: Browser, scene: Scene, *lines: dict[str, str], **more: str) -> Any:  # noqa: ANN401 -- werkzeug's answer
    fields = {"client_key": str(uuid4()), **more}
    for line in lines:
        fields |= line
    return browser.post(f"/assignments/{scene.work}/paper", data=fields)


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def submissions_of(app: Flask, student_id: int) -> list[Submission]:
    with app.app_context():
        rows = select(Submission).where(Submission.student_id == student_id).order_by(Submission.number)
        return list(db.session.scalars(rows))


def test_a_line_becomes_a_hand_in_that_the_key_and_the_teacher_mark(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    assert (
        hand_in(browser, scene, scene.cells(0, "B", "1.5", "2"), scene.cells(1, "", "", "")).status_code
        == 303
    )
    [submission] = submissions_of(app, scene.ids[0])
    assert (submission.entered_by_id, submission.is_late) == (scene.teacher.person_id, False)
    assert submissions_of(app, scene.ids[1]) == []  # absent: still owed
    with app.app_context():
        rows = db.session.execute(
            select(Attempt.response, Attempt.score, Mark.points, Mark.source)
            .join(Answer, Answer.attempt_id == Attempt.id)
            .join(Mark, Mark.answer_id == Answer.id)
            .order_by(Attempt.id)
        ).all()
        assert [tuple(one) for one in rows] == [
            ({"choices": ["B"]}, 1.0, 2.0, MarkSource.MACHINE),
            ({}, 0.75, 1.5, MarkSource.TEACHER),
            ({}, None, 2.0, MarkSource.TEACHER),
        ]
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "enter_paper"))
        assert entry.actor_id == scene.teacher.person_id
    page = browser.get(f"/assignments/{scene.work}").get_data(as_text=True)
    assert "学生0" in page


def test_pupil_and_guardian_see_it_as_any_other_work(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    hand_in(sign_in_as(scene.teacher), scene, scene.cells(0, "B", "0", "2"))
    [submission] = submissions_of(app, scene.ids[0])
    with app.app_context(), transaction():
        return_work(db.session.merge(scene.assignment), db.session.merge(scene.teacher), now=MONDAY)
    for hat in (scene.pupils[0], scene.guardian):
        browser = sign_in_as(hat)
        page = browser.get(f"/submissions/{submission.id}").get_data(as_text=True)
        assert "由李老师录入" in page
        assert "答案写在纸上" in page
        told = browser.get(f"/api/v1/submissions/{submission.id}").get_json()
        assert (told["is_on_paper"], told["points"]) == (True, 4.0)
        assert browser.get(f"/submissions/{submission.id}/receipt").status_code == 200


def test_what_was_wrong_on_paper_is_owed_corrected_and_moves_the_profile(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    teacher = sign_in_as(scene.teacher)
    hand_in(teacher, scene, scene.cells(0, "A", "1", "2"), scene.cells(1, "B", "√", ""))
    [submission] = submissions_of(app, scene.ids[0])
    with app.app_context():
        waiting = set(db.session.scalars(select(Job.key).where(Job.key.is_not(None))))
        assert waiting == {"recommender.refresh_after_homework"}
    with app.app_context(), transaction():
        return_work(db.session.merge(scene.assignment), db.session.merge(scene.teacher), now=MONDAY)
    told = sign_in_as(scene.pupils[0]).get(f"/api/v1/submissions/{submission.id}/corrections").get_json()
    assert [one["question"] for one in told["questions"]] == scene.asked[:2]
    # In the report and on the marking page an answer that is not known is nobody's typical error.
    report = teacher.get(f"/api/v1/assignments/{scene.work}/report").get_json()["questions"]
    assert [len(one["wrong_answers"]) for one in report] == [1, 0, 0]
    marking = teacher.get(f"/assignments/{scene.work}/marking?question={scene.asked[1]}")
    assert marking.get_data(as_text=True).count("data-card ") == 2


def test_the_same_grid_again_changes_nothing(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    line = scene.cells(0, *RIGHT_ONES)
    key = str(uuid4())
    for _ in range(2):
        assert hand_in(browser, scene, line, client_key=key).status_code == 303
    assert hand_in(browser, scene, scene.cells(0, *RIGHT_ONES, version=1)).status_code == 303
    assert count(app, Submission) == 1


def test_a_line_that_is_put_right_is_a_next_hand_in_that_counts(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    hand_in(browser, scene, scene.cells(0, *RIGHT_ONES))
    hand_in(browser, scene, scene.cells(0, "A", "√", "2", version=1))
    first, second = submissions_of(app, scene.ids[0])
    assert (first.is_counted, second.is_counted) == (False, True)


def test_what_a_pupil_handed_in_herself_is_replaced_only_if_the_teacher_says_so(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    with app.app_context(), transaction():
        make_submission(
            db.session.merge(scene.assignment),
            db.session.merge(scene.pupils[0]),
            {scene.asked[0]: {"choices": ["A"]}},
        )
    browser = sign_in_as(scene.teacher)
    refused = hand_in(browser, scene, scene.cells(0, *RIGHT_ONES), scene.cells(1, *RIGHT_ONES))
    assert refused.status_code == 422
    assert "学生0" in refused.get_data(as_text=True)
    assert len(submissions_of(app, scene.ids[0])) == 1
    assert len(submissions_of(app, scene.ids[1])) == 1  # the others are taken all the same
    assert hand_in(browser, scene, scene.cells(0, *RIGHT_ONES, version=1, paper="1")).status_code == 303
    own, paper = submissions_of(app, scene.ids[0])
    assert (own.is_counted, paper.is_counted) == (False, True)


def test_work_that_is_back_with_the_pupil_stays_as_it_is(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    hand_in(browser, scene, scene.cells(0, *RIGHT_ONES))
    with app.app_context(), transaction():
        return_work(db.session.merge(scene.assignment), db.session.merge(scene.teacher), now=MONDAY)
    answer = hand_in(browser, scene, scene.cells(0, "A", "×", "0", version=1))
    assert answer.status_code == 422
    assert len(submissions_of(app, scene.ids[0])) == 1


def test_cells_that_cannot_be_read_are_kept_and_told_cell_by_cell(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    answer = hand_in(browser, scene, scene.cells(0, "E", "√", "9"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert page.count('aria-invalid="true"') == 2
    assert "请输入字母ABC中的一个" in page
    assert submissions_of(app, scene.ids[0]) == []
    assert count(app, PaperRow) == 1


def test_a_line_is_saved_as_it_is_typed_and_a_second_page_is_told(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    place = f"/assignments/{scene.work}/paper/{scene.ids[0]}"
    told = browser.post(place, data=scene.cells(0, "B", "1", "lots")).get_json()
    assert (told["version"], told["points"], list(told["wrong"])) == (1, "3", [str(scene.asked[2])])
    assert browser.post(place, data=scene.cells(0, "B", "1", "2", version=1)).get_json()["version"] == 2
    late = browser.post(
        place, data=scene.cells(0, "A", "1", "2", version=1), headers={"Accept": "application/json"}
    )
    assert late.status_code == 409
    assert late.get_json()["error"]["details"]["cells"][str(scene.asked[0])] == "B"
    assert count(app, Submission) == 0


def test_a_pupil_of_another_class_has_no_line(app: Flask, sign_in_as: SignInAs) -> None:
    scene, other = made(app), made(app)
    browser = sign_in_as(scene.teacher)
    answer = browser.post(f"/assignments/{scene.work}/paper/{other.ids[0]}", data={})
    assert answer.status_code == 404
    assert browser.get(f"/assignments/{scene.work}/paper?class_id={other.class_id}").status_code == 404


def test_the_grid_asks_the_database_no_more_for_more_pupils(app: Flask, sign_in_as: SignInAs) -> None:
    def asked(pupils: int) -> int:
        scene = made(app, pupils)
        browser = sign_in_as(scene.teacher)
        place = f"/assignments/{scene.work}/paper"
        browser.get(place)
        with statements_of(app) as statements:
            assert browser.get(place).status_code == 200
        return len(statements)

    assert asked(3) == asked(20)


def test_each_pupil_may_be_late_by_herself_and_marks_stay_when_that_is_put_right(
    app: Flask, sign_in_as: SignInAs
) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    late = {f"late-{scene.ids[0]}": "1"}
    hand_in(browser, scene, scene.cells(0, *RIGHT_ONES), scene.cells(1, *RIGHT_ONES), late)
    assert [submissions_of(app, one)[0].is_late for one in scene.ids[:2]] == [True, False]
    marks = count(app, Mark)
    page = browser.get(f"/assignments/{scene.work}/paper").get_data(as_text=True)
    assert f'name="late-{scene.ids[0]}" value="1" checked' in page
    assert f'name="late-{scene.ids[1]}" value="1" checked' not in page
    # A batch that comes in later is late as a whole: what came before stays as it was said of each.
    again = (scene.cells(0, *RIGHT_ONES, version=1), scene.cells(1, *RIGHT_ONES, version=1))
    hand_in(browser, scene, *again, scene.cells(2, *RIGHT_ONES), late="1")
    assert [[one.is_late for one in submissions_of(app, student)] for student in scene.ids] == [
        [False],
        [False],
        [True],
    ]
    assert count(app, Mark) == marks + len(KINDS)
    with app.app_context():
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "correct_lateness"))
        assert entry.details == {"is_late": False}


def test_lines_of_work_that_is_back_are_not_sent_again(app: Flask, sign_in_as: SignInAs) -> None:
    scene = made(app)
    browser = sign_in_as(scene.teacher)
    hand_in(browser, scene, scene.cells(0, *RIGHT_ONES))
    with app.app_context(), transaction():
        return_work(db.session.merge(scene.assignment), db.session.merge(scene.teacher), now=MONDAY)
    page = browser.get(f"/assignments/{scene.work}/paper").get_data(as_text=True)
    assert f'name="v-{scene.ids[0]}" value="1" data-version disabled' in page
    assert f'name="v-{scene.ids[1]}" value="0" data-version>' in page
