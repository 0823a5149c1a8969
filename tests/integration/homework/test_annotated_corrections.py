"""Drawing and speaking on photographs of corrections: each version keeps its own, seen with the verdict."""

import io
import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db, transaction
from homework.assignments.queries import questions_of
from homework.corrections import services
from homework.corrections.models import Correction, CorrectionPage
from homework.marking.services import mark, return_one
from homework.submissions.models import Answer, Page, Submission
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment, make_picture, make_submission
from tests.factories.media import sound_bytes

JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Scene:
    """A photographed answer that is back, annotated; and who is concerned."""

    assignment_id: int
    submission_id: int
    answer_page_id: int
    teacher: Hat
    student: Hat
    guardian: Hat
    classmate: Hat

    @property
    def shown(self) -> str:
        return f"/submissions/{self.submission_id}/corrections"

    @property
    def judging(self) -> str:
        return f"/assignments/{self.assignment_id}/corrections"


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        guardian, classmate = make_guardian(student), make_student(school_class)
        assignment = make_assignment(teacher, school_class, kinds=(ItemKind.PHOTO,))
        submission = make_submission(assignment, student, photos=1, now=MONDAY)
        mark(db.session.scalars(select(Answer)).one(), teacher, points=1.0, version=0, now=MONDAY)
        return_one(submission, teacher, now=MONDAY)
        page_id = db.session.scalars(select(Page.id)).one()
        hats = teacher, student, guardian, classmate
        for one in hats:
            db.session.refresh(one)
        db.session.expunge_all()
    return Scene(assignment.id, submission.id, page_id, *hats)


def correct(app: Flask, scene: Scene) -> int:
    """The pupil sends the next version, of one photograph; returns the photograph's id."""
    with app.app_context(), transaction():
        question = db.session.scalars(questions_of(scene.assignment_id)).one()
        fix = services.Fix(client_key=uuid4(), response={}, pictures=(make_picture(str(uuid4())),))
        student = db.session.merge(scene.student)
        submission = db.session.get_one(Submission, scene.submission_id)
        made = services.correct(submission, question, student, fix, now=MONDAY)
        pages = select(CorrectionPage.id).where(CorrectionPage.correction_id == made.id)
        return db.session.scalars(pages).one()


def judge(app: Flask, browser: Browser, scene: Scene, *, accept: bool) -> None:
    with app.app_context():
        last = db.session.scalars(select(Correction).order_by(Correction.id.desc())).first()
        assert last is not None
        said = {"correction": f"{last.id}:{last.version}", "comment": "看我画的地方"}
    verdict = "accept" if accept else "again"
    assert browser.post(scene.judging, data={**said, "verdict": verdict}).status_code == 303


def a_stamp() -> dict[str, Any]:
    shape = {"x": 5_000, "y": 5_000, "name": "right", "size": 900}
    return {"key": str(uuid4()), "kind": "stamp", "shape": shape}


def drawing_of(page_id: int) -> str:
    return f"/corrections/pages/{page_id}/annotations.svg"


def annotating(page_id: int) -> str:
    return f"/corrections/pages/{page_id}/annotate"


def main_of(browser: Browser, address: str) -> str:
    return browser.get(address).text.split("<main")[1].split("</main")[0]


def test_pupil_and_guardian_see_what_is_drawn_with_the_verdict_and_nobody_else_does(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, student, guardian = map(sign_in_as, (scene.teacher, scene.student, scene.guardian))
    page_id = correct(app, scene)
    assert annotating(page_id) in main_of(teacher, scene.judging)
    note = a_stamp()
    for _again in range(2):
        answer = teacher.post(annotating(page_id), json={"added": [note]}, headers=JSON)
        assert [one["key"] for one in answer.json["notes"]] == [note["key"]]
    assert drawing_of(page_id) in main_of(teacher, scene.judging)
    for browser in (student, guardian):
        assert browser.get(drawing_of(page_id)).status_code == 404
        assert drawing_of(page_id) not in main_of(browser, scene.shown)
    judge(app, teacher, scene, accept=False)
    for browser in (student, guardian):
        assert 'href="#stamp-right"' in browser.get(drawing_of(page_id)).text
        assert drawing_of(page_id) in main_of(browser, scene.shown)
        assert annotating(page_id) not in main_of(browser, scene.shown)
    assert sign_in_as(scene.classmate).get(drawing_of(page_id)).status_code == 404


def test_each_version_keeps_what_was_drawn_on_it_beside_the_first_answer(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher, student = sign_in_as(scene.teacher), sign_in_as(scene.student)
    answered = f"/pages/{scene.answer_page_id}"
    teacher.post(f"{answered}/annotate", json={"added": [a_stamp()]}, headers=JSON)
    first = correct(app, scene)
    teacher.post(annotating(first), json={"added": [a_stamp(), a_stamp()]}, headers=JSON)
    judge(app, teacher, scene, accept=False)
    second = correct(app, scene)
    teacher.post(annotating(second), json={"added": [a_stamp()]}, headers=JSON)
    judge(app, teacher, scene, accept=True)
    drawn = re.findall(r'data-drawing="([^"]+)"', main_of(student, scene.shown))
    assert drawn == [f"{answered}/annotations.svg", drawing_of(first), drawing_of(second)]
    assert [student.get(one).text.count("<use") for one in drawn] == [1, 2, 1]


def test_a_note_is_taken_away_and_put_back(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    teacher = sign_in_as(scene.teacher)
    page_id, note = correct(app, scene), a_stamp()
    teacher.post(annotating(page_id), json={"added": [note]}, headers=JSON)
    gone = teacher.post(annotating(page_id), json={"removed": [note["key"]]}, headers=JSON)
    assert gone.json["notes"] == []
    back = teacher.post(annotating(page_id), json={"restored": [note["key"]]}, headers=JSON)
    assert [one["key"] for one in back.json["notes"]] == [note["key"]]
    # A photograph of a hand-in with the same number is another page.
    assert teacher.get(f"/pages/{scene.answer_page_id}/annotations.svg").text.count("<use") == 0


def test_a_spoken_comment_is_heard_with_the_verdict(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    teacher, student = sign_in_as(scene.teacher), sign_in_as(scene.student)
    page_id = correct(app, scene)
    sent = {"key": str(uuid4()), "x": "100", "y": "200", "sound": (io.BytesIO(sound_bytes()), "comment")}
    (note,) = teacher.post(f"/corrections/pages/{page_id}/voice", data=sent, headers=JSON).json["notes"]
    assert student.get(note["url"]).status_code == 404
    judge(app, teacher, scene, accept=True)
    heard = student.get(note["url"])
    assert (heard.status_code, heard.mimetype) == (200, "audio/mp4")
    heard.close()
    assert note["url"] in main_of(student, scene.shown)


def test_the_desk_leads_through_what_waits_and_back_to_where_it_is_judged(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(scene.teacher)
    page_id = correct(app, scene)
    assert f"{scene.judging}?question=" in main_of(teacher, annotating(page_id))
    judge(app, teacher, scene, accept=True)
    assert f"{scene.shown}#question-" in main_of(teacher, annotating(page_id))
