"""Photographs and recordings that are sent ahead of their work, one by one, on every engine."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.files import files
from homework.assignments import queries
from homework.sending import services
from homework.sending.models import SentFile
from homework.submissions.models import Answer, Draft, Page, Submission
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment

SignInAs = Callable[[Hat], Browser]


@dataclass(frozen=True)
class Scene:
    """Work with a number and a photo question."""

    assignment_id: int
    number: int
    photo: int
    student: Hat
    classmate: Hat
    teacher: Hat

    @property
    def address(self) -> str:
        return f"/api/v1/assignments/{self.assignment_id}"


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        classmate = make_student(school_class, "王小明")
        assignment = make_assignment(
            teacher,
            school_class,
            kinds=(ItemKind.NUMERIC, ItemKind.PHOTO),
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        number, photo = (one.id for one in db.session.scalars(queries.questions_of(assignment.id)))
        db.session.flush()
        for hat in (student, classmate, teacher):
            db.session.refresh(hat)
        db.session.expunge_all()
    return Scene(assignment.id, number, photo, student, classmate, teacher)


def picture(shade: int, size: tuple[int, int] = (300, 400)) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, shade).save(out, "JPEG")
    return out.getvalue()


def send(browser: Browser, scene: Scene, content: bytes, question: int | None = None) -> TestResponse:
    data = {"question": str(question or scene.photo), "file": (io.BytesIO(content), "photo.jpg")}
    return browser.post(f"{scene.address}/files", data=data, content_type="multipart/form-data")


def hand_in(browser: Browser, scene: Scene, sent: list[str], **parts: str) -> TestResponse:
    data = {"answers": json.dumps({scene.number: {"value": "3.5"}}), "sent": json.dumps({scene.photo: sent})}
    return browser.post(
        f"{scene.address}/submissions",
        data=data | parts,
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )


def pages(app: Flask, submission_id: int) -> list[str]:
    with app.app_context():
        own = select(Page.upload_sha256).join(Answer).where(Answer.submission_id == submission_id)
        return list(db.session.scalars(own.order_by(Page.position)))


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_pages_go_ahead_one_by_one_and_stand_in_the_work_in_the_order_it_names(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    contents = [picture(shade) for shade in (40, 120, 200)]
    answers = [send(browser, scene, one) for one in contents]
    assert [one.status_code for one in answers] == [201] * 3
    names = [one.get_json()["sha256"] for one in answers]
    assert names == [sha256(one).hexdigest() for one in contents]
    with browser.get(answers[0].get_json()["thumbnail"]) as small:
        assert small.content_type == "image/jpeg"
    turned = [names[2], names[0], names[1]]
    receipt = hand_in(browser, scene, turned)
    assert receipt.status_code == 201
    assert pages(app, receipt.get_json()["id"]) == turned
    assert count(app, SentFile) == 0


def test_the_same_page_sent_twice_is_there_once(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.student)
    first, again = (send(browser, scene, picture(90)) for _twice in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert count(app, SentFile) == 1


def test_a_hand_in_sent_again_after_its_answer_was_lost_gives_the_same_receipt(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser, key = sign_in_as(scene.student), str(uuid4())
    name = send(browser, scene, picture(90)).get_json()["sha256"]
    answers = [
        browser.post(
            f"{scene.address}/submissions",
            data={"sent": json.dumps({scene.photo: [name]}), "known": "0"},
            headers={"Idempotency-Key": key},
            content_type="multipart/form-data",
        )
        for _twice in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 200]
    assert answers[0].get_json() == answers[1].get_json()
    assert count(app, Submission) == 1


def test_pages_of_the_last_hand_in_are_kept_without_being_sent_again(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    names = [send(browser, scene, picture(shade)).get_json()["sha256"] for shade in (40, 120)]
    hand_in(browser, scene, names)
    page = browser.get(f"/assignments/{scene.assignment_id}/work").text
    assert all(f'value="{one}"' in page for one in names)
    third = send(browser, scene, picture(200)).get_json()["sha256"]
    again = hand_in(browser, scene, [names[1], third], known="1")
    assert pages(app, again.get_json()["id"]) == [names[1], third]


def test_a_page_that_is_not_there_is_named_so_that_the_device_sends_it_again(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    foreign = send(sign_in_as(scene.classmate), scene, picture(90)).get_json()["sha256"]
    refused = hand_in(browser, scene, [foreign])
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (409, "file_not_there")
    assert refused.get_json()["error"]["details"]["missing"] == [foreign]
    assert count(app, Submission) == 0


@pytest.mark.parametrize("sent", ["[", '["x"]', '{"999999": []}', '{"PHOTO": ["x"]}', '{"PHOTO": [1]}'])
def test_names_of_files_that_cannot_be_read_are_refused(
    scene: Scene, sign_in_as: SignInAs, sent: str
) -> None:
    answer = sign_in_as(scene.student).post(
        f"{scene.address}/submissions",
        data={"sent": sent.replace("PHOTO", str(scene.photo))},
        headers={"Idempotency-Key": str(uuid4())},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422


def test_a_file_that_is_no_picture_too_large_or_for_no_question_of_files_is_refused(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    huge = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(huge, "PNG")
    refusals = [
        send(browser, scene, b"PK\x03\x04 no picture"),
        send(browser, scene, huge.getvalue()),
        send(browser, scene, picture(90), question=scene.number),
    ]
    codes = [one.get_json()["error"]["code"] for one in refusals]
    assert codes == ["not_a_picture", "picture_too_large", "takes_no_files"]
    nothing = browser.post(
        f"{scene.address}/files",
        data={"question": str(scene.photo)},
        content_type="multipart/form-data",
    )
    assert nothing.get_json()["error"]["code"] == "no_file"
    assert count(app, SentFile) == 0


def test_more_pages_than_one_work_takes_are_refused_however_they_come(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    name = send(browser, scene, picture(90)).get_json()["sha256"]
    refused = hand_in(browser, scene, [name] * 31)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (413, "too_many_files")


def test_the_draft_on_the_server_keeps_pages_and_their_order_for_another_device(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    names = [send(browser, scene, picture(shade)).get_json()["sha256"] for shade in (40, 120)]
    saved = browser.post(
        f"/assignments/{scene.assignment_id}/draft",
        data={"draft_version": "0", "known": "0", f"sent-{scene.photo}": [names[1], names[0], "nonsense"]},
    )
    assert saved.get_json()["version"] == 1
    with app.app_context():
        content = db.session.scalars(select(Draft.content)).one()
    assert content[str(scene.photo)] == {"sent": [names[1], names[0]]}
    page = sign_in_as(scene.student).get(f"/assignments/{scene.assignment_id}/work").text
    assert 0 < page.index(f'value="{names[1]}"') < page.index(f'value="{names[0]}"')


def test_the_plain_form_keeps_pages_by_their_boxes(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.student)
    name = send(browser, scene, picture(40)).get_json()["sha256"]
    answer = browser.post(
        f"/assignments/{scene.assignment_id}/work",
        data={
            "client_key": str(uuid4()),
            f"sent-{scene.photo}": name,
            f"photos-{scene.photo}": (io.BytesIO(picture(120)), "second.jpg"),
        },
    )
    assert answer.status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Page.upload_sha256).order_by(Page.position)).first() == name
    assert count(app, Page) == 2


def test_who_hands_in_from_a_page_that_did_not_know_is_told_and_asked_again(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    assert hand_in(browser, scene, [], known="0").status_code == 201
    refused = hand_in(browser, scene, [], known="0")
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (409, "handed_in_elsewhere")
    form = {"client_key": str(uuid4()), "known": "0", f"q{scene.number}-value": "4"}
    page = browser.post(f"/assignments/{scene.assignment_id}/work", data=form)
    assert page.status_code == 409
    assert 'name="known" value="1"' in page.text
    assert 'value="4"' in page.text
    again = browser.post(f"/assignments/{scene.assignment_id}/work", data=form | {"known": "1"})
    assert again.status_code == 302
    assert count(app, Submission) == 2


def test_what_nobody_hands_in_is_forgotten_after_thirty_days(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    kept = send(browser, scene, picture(40)).get_json()["sha256"]
    hand_in(browser, scene, [kept])
    send(browser, scene, picture(40))
    send(browser, scene, picture(120))
    with app.app_context(), transaction():
        left = {one.upload_sha256: one.kept_sha256 for one in db.session.scalars(select(SentFile))}
        assert services.forget(now=clock.now() + timedelta(days=29)) == 0
        assert services.forget(now=clock.now() + timedelta(days=31)) == 2
    with app.app_context():
        assert db.session.scalar(select(func.count(SentFile.id))) == 0
        gone = next(name for upload, name in left.items() if upload != kept)
        assert files().path(left[kept]).is_file()
        with pytest.raises(FileNotFoundError):
            files().path(gone)
