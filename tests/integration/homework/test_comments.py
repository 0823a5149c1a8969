"""The bank of comments: used while marking, changed wherever they were used, and back again."""

import re
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db
from homework.comments.models import BankComment, CommentRevision
from homework.marking.models import Mark, PastMark
from homework.notices.models import NewsKind, WorkNotice
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.integration.homework.test_marking import JSON, NAMES, Scene, answer_ids, scene

__all__ = ["scene"]
BEFORE, AFTER = "要写单位", "要写单位，并检查小数点"


@pytest.fixture
def teacher(scene: Scene, sign_in_as: SignInAs) -> Browser:
    """Who keeps the comment and uses it."""
    return sign_in_as(scene.teacher)


@pytest.fixture
def comment_id(teacher: Browser, scene: Scene) -> int:
    """A comment that is kept for the photo question."""
    made = teacher.post("/comments", data={"text": BEFORE, "question": scene.photo}, headers=JSON)
    assert made.json is not None
    return int(made.json["id"])


def use(teacher: Browser, scene: Scene, answer: int, comment_id: int, text: str = BEFORE) -> None:
    form = {"answer": f"{answer}:0", "points": "1", "comment": text, "bank": comment_id}
    assert teacher.post(scene.desk, data=form, headers=JSON).status_code == HTTPStatus.OK


def seen(teacher: Browser, comment_id: int) -> str:
    found = re.search(r'name="seen" value="(\w+)"', teacher.get(f"/comments/{comment_id}").text)
    assert found is not None
    return found[1]


def revise(teacher: Browser, comment_id: int, text: str, reaches: str = "here") -> int:
    form = {"text": text, "reaches": reaches, "seen": seen(teacher, comment_id)}
    return teacher.post(f"/comments/{comment_id}", data=form).status_code


def comments(app: Flask, answers: list[int]) -> list[str]:
    with app.app_context():
        found = {one.answer_id: one.comment for one in db.session.scalars(select(Mark))}
    return [found.get(one, "") for one in answers]


def test_changing_a_comment_changes_its_uses_but_not_what_was_edited_by_hand(
    app: Flask, scene: Scene, teacher: Browser, comment_id: int
) -> None:
    first, second, third, *_rest = answer_ids(app, scene, scene.photo)
    use(teacher, scene, first, comment_id)
    use(teacher, scene, second, comment_id)
    use(teacher, scene, third, comment_id, "要写单位哦")
    by_hand = {"answer": f"{second}:1", "points": "1", "comment": "下次要写单位"}
    teacher.post(scene.desk, data=by_hand, headers=JSON)
    assert "1 处批改用了这条评语" in teacher.get(f"/comments/{comment_id}").text
    assert revise(teacher, comment_id, AFTER) == HTTPStatus.SEE_OTHER
    assert comments(app, [first, second, third]) == [AFTER, "下次要写单位", "要写单位哦"]
    with app.app_context():
        revision = db.session.scalars(select(CommentRevision)).one()
        past = db.session.scalars(select(PastMark.comment).where(PastMark.answer_id == first)).all()
    assert past == [BEFORE]
    teacher.post(f"/comments/revisions/{revision.id}/undo")
    assert comments(app, [first, second]) == [BEFORE, "下次要写单位"]
    assert seen(teacher, comment_id)


def test_work_that_is_returned_changes_only_if_asked_and_then_the_pupil_is_told(
    app: Flask, scene: Scene, sign_in_as: SignInAs, teacher: Browser, comment_id: int
) -> None:
    back, here, *_rest = answer_ids(app, scene, scene.photo)
    use(teacher, scene, back, comment_id)
    use(teacher, scene, here, comment_id)
    text = answer_ids(app, scene, scene.text)[0]
    teacher.post(scene.desk, data={"answer": f"{text}:0", "points": "2"}, headers=JSON)
    teacher.post(f"/submissions/{scene.submission_ids[0]}/return")
    assert revise(teacher, comment_id, AFTER) == HTTPStatus.SEE_OTHER
    assert comments(app, [back, here]) == [BEFORE, AFTER]
    with app.app_context():
        assert db.session.scalars(select(WorkNotice)).all() == []
    with app.app_context():
        undo = db.session.scalars(select(CommentRevision.id)).one()
    teacher.post(f"/comments/revisions/{undo}/undo")
    page = teacher.get(f"/comments/{comment_id}").text
    assert "连同已发还的 1 处一起改，并通知学生" in page
    assert revise(teacher, comment_id, AFTER, "all") == HTTPStatus.SEE_OTHER
    assert comments(app, [back, here]) == [AFTER, AFTER]
    with app.app_context():
        told = db.session.scalars(select(WorkNotice)).one()
        assert (told.kind, told.person_id) == (NewsKind.COMMENT_CHANGED, scene.student.person_id)
        assert told.details == {"reason": AFTER, "questions": [2], "work": scene.submission_ids[0]}
    seen_by_pupil = sign_in_as(scene.student).get(f"/submissions/{scene.submission_ids[0]}").text
    assert AFTER in seen_by_pupil
    assert seen_by_pupil.count("发还后有改动") == 1


def test_a_comment_that_changed_or_was_used_since_the_preview_is_looked_at_once_more(
    app: Flask, scene: Scene, teacher: Browser, comment_id: int
) -> None:
    first, second, *_rest = answer_ids(app, scene, scene.photo)
    use(teacher, scene, first, comment_id)
    looked = seen(teacher, comment_id)
    use(teacher, scene, second, comment_id)
    late = teacher.post(f"/comments/{comment_id}", data={"text": AFTER, "seen": looked})
    assert late.status_code == HTTPStatus.CONFLICT
    assert "请重新查看" in late.text
    assert AFTER in late.text
    assert comments(app, [first, second]) == [BEFORE, BEFORE]


@pytest.mark.parametrize(("text", "says"), [("  ", "请先写评语"), (BEFORE, "已经是这样写的")])
def test_a_change_that_changes_nothing_is_refused_in_a_sentence(
    teacher: Browser, comment_id: int, text: str, says: str
) -> None:
    reply = teacher.post(f"/comments/{comment_id}", data={"text": text, "seen": seen(teacher, comment_id)})
    assert reply.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in reply.text


def test_a_comment_is_its_owners_and_what_was_taken_out_can_be_put_back(
    app: Flask, scene: Scene, sign_in_as: SignInAs, teacher: Browser, comment_id: int
) -> None:
    colleague = sign_in_as(scene.colleague)
    assert colleague.get(f"/comments/{comment_id}").status_code == HTTPStatus.NOT_FOUND
    assert BEFORE not in colleague.get(f"{scene.desk}?question={scene.photo}").text
    answer = answer_ids(app, scene, scene.photo)[0]
    use(teacher, scene, answer, comment_id)
    teacher.post(f"/comments/{comment_id}/removal", data={"removed": "1"})
    assert BEFORE not in teacher.get("/comments").text
    assert comments(app, [answer]) == [BEFORE]
    teacher.post(f"/comments/{comment_id}/removal", data={"removed": "0"})
    assert BEFORE in teacher.get("/comments").text
    with app.app_context():
        assert db.session.scalars(select(BankComment.code)).one() == "yxdw"
    assert NAMES[0] not in teacher.get("/comments").text
