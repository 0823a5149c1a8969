"""Hand in through the API and the plain form, on every engine."""

import io
import json
import threading
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from accounts.people.models import Hat
from core import clock
from core.clock import SCHOOL_ZONE
from core.database import db, transaction
from homework.assignments import queries
from homework.assignments.models import Assignment
from homework.marking.models import Mark
from homework.submissions.errors import TooManyBytes
from homework.submissions.models import Page, Submission
from homework.workbook.forms import check_size
from library.items.models import ItemKind
from tests.browsers import Browser
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.hand_ins import is_whole

SignInAs = Callable[[Hat], Browser]


@dataclass(frozen=True)
class Scene:
    """One assignment with a choice, a number and a photo question, and who is concerned."""

    assignment_id: int
    choice: int
    number: int
    photo: int
    student: Hat
    classmate: Hat
    guardian: Hat
    teacher: Hat

    @property
    def address(self) -> str:
        return f"/api/v1/assignments/{self.assignment_id}/submissions"


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        student = make_student(school_class)
        assignment = make_assignment(
            teacher,
            school_class,
            kinds=(ItemKind.CHOICE, ItemKind.NUMERIC, ItemKind.PHOTO),
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        choice, number, photo = (one.id for one in db.session.scalars(queries.questions_of(assignment.id)))
        made = Scene(
            assignment.id,
            choice,
            number,
            photo,
            student,
            make_student(school_class, "王小明"),
            make_guardian(student),
            teacher,
        )
        db.session.flush()
        for hat in (made.student, made.classmate, made.guardian, made.teacher):
            db.session.refresh(hat)
        db.session.expunge_all()
    return made


def picture(colour: str = "white", size: tuple[int, int] = (600, 800), kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def send(
    browser: Browser, scene: Scene, *, key: str, value: str = "3.5", photos: tuple[bytes, ...] = ()
) -> TestResponse:
    answers = {str(scene.choice): {"choices": ["B"]}, str(scene.number): {"value": value}}
    data: dict[str, object] = {"answers": json.dumps(answers)}
    if photos:
        data[f"photos-{scene.photo}"] = [(io.BytesIO(one), f"{n}.jpg") for n, one in enumerate(photos)]
    return post(browser, scene, data, key)


def post(browser: Browser, scene: Scene, data: dict[str, object], key: str) -> TestResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return browser.post(scene.address, data=data, headers=headers, content_type="multipart/form-data")


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("told", ["gestern", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"])
def test_a_clock_without_sense_is_no_reason_to_refuse_the_work(
    app: Flask, scene: Scene, sign_in_as: SignInAs, told: str
) -> None:
    data: dict[str, object] = {
        "answers": json.dumps({str(scene.number): {"value": "3"}}),
        "device_time": told,
    }
    assert post(sign_in_as(scene.student), scene, data, str(uuid4())).status_code == 201
    with app.app_context():
        assert db.session.scalars(select(Submission)).one().device_time is None


def test_a_hand_in_with_photos_gets_a_receipt_and_is_on_the_disk(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    answer = send(sign_in_as(scene.student), scene, key=str(uuid4()), photos=(picture(), picture("grey")))
    assert answer.status_code == 201
    receipt = answer.get_json()
    assert set(receipt) == {"id", "sha256", "received_at"}
    with app.app_context():
        submission = db.session.get_one(Submission, receipt["id"])
        assert submission.content_sha256 == receipt["sha256"]
        assert submission.received_at.isoformat() == receipt["received_at"].replace("Z", "+00:00")
        assert all(is_whole(page) for page in db.session.scalars(select(Page)))
    assert count(app, Page) == 2
    assert count(app, Mark) == 2


def test_the_receipts_page_shows_what_the_answer_said_and_the_teacher_has_the_work_at_once(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    answer = send(browser, scene, key=str(uuid4()), photos=(picture(),)).get_json()
    page = browser.get(f"/submissions/{answer['id']}/receipt").text
    received_at = datetime.fromisoformat(answer["received_at"]).astimezone(SCHOOL_ZONE)
    assert f"<dd>{answer['id']}</dd>" in page
    assert answer["sha256"] in page
    assert f"{received_at:%H:%M:%S}" in page
    marking = sign_in_as(scene.teacher).get(f"/assignments/{scene.assignment_id}/marking").text
    assert 'name="answer"' in marking


def test_sent_again_it_gives_the_same_receipt_and_with_other_content_a_conflict(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser, key = sign_in_as(scene.student), str(uuid4())
    first = send(browser, scene, key=key, photos=(picture(),))
    again = send(browser, scene, key=key, photos=(picture(),))
    other = send(browser, scene, key=key, value="4", photos=(picture(),))
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert again.get_json() == first.get_json()
    assert other.get_json()["error"]["code"] == "different_work"
    assert count(app, Submission) == 1


def test_twelve_identical_hand_ins_at_once_make_one_row(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    key = str(uuid4())
    browsers = [sign_in_as(scene.student) for _ in range(12)]
    start = threading.Barrier(len(browsers))
    answers: list[TestResponse] = []

    def hand_in(browser: Browser) -> None:
        start.wait()
        answers.append(send(browser, scene, key=key, photos=(picture(),)))

    threads = [threading.Thread(target=hand_in, args=(one,)) for one in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status_code for one in answers) == [200] * 11 + [201]
    assert len({one.get_json()["id"] for one in answers}) == 1
    assert count(app, Submission) == 1
    assert count(app, Page) == 1


def test_hand_ins_with_keys_of_their_own_are_numbered(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    browsers = [sign_in_as(scene.student) for _ in range(4)]
    threads = [
        threading.Thread(target=send, args=(one, scene), kwargs={"key": str(uuid4())}) for one in browsers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert sorted(db.session.scalars(select(Submission.number))) == [1, 2, 3, 4]


def test_without_a_key_nothing_is_taken(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    answer = post(sign_in_as(scene.student), scene, {"answers": "{}"}, key="")
    assert answer.status_code == 422
    assert count(app, Submission) == 0


@pytest.mark.parametrize(
    "answers", ["[1]", "{", '{"1": 2}', "[" * 100_000, '{"999999": {"value": "1"}}'], ids=range(5)
)
def test_answers_that_cannot_be_read_are_refused(scene: Scene, sign_in_as: SignInAs, answers: str) -> None:
    answer = post(sign_in_as(scene.student), scene, {"answers": answers}, key=str(uuid4()))
    assert answer.status_code == 422


def test_an_answer_that_does_not_fit_names_its_question(scene: Scene, sign_in_as: SignInAs) -> None:
    answer = send(sign_in_as(scene.student), scene, key=str(uuid4()), value="drei")
    assert answer.status_code == 422
    assert answer.get_json()["error"]["details"]["question"] == 2


def test_a_zip_renamed_to_jpg_is_refused_with_its_place(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.jpg", b"x")
    answer = send(sign_in_as(scene.student), scene, key=str(uuid4()), photos=(picture(), out.getvalue()))
    assert answer.status_code == 422
    error = answer.get_json()["error"]
    assert (error["details"]["number"], error["details"]["cause"]) == (2, "not_a_picture")
    assert count(app, Submission) == 0


def test_a_picture_of_sixty_megapixels_is_refused_with_a_sentence(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(out, "PNG")
    answer = send(sign_in_as(scene.student), scene, key=str(uuid4()), photos=(out.getvalue(),))
    assert answer.status_code == 422
    assert answer.get_json()["error"]["details"]["cause"] == "picture_too_large"
    assert "60" in answer.get_json()["error"]["message"]
    assert count(app, Submission) == 0


def test_more_than_thirty_photos_are_refused(scene: Scene, sign_in_as: SignInAs) -> None:
    tiny = picture(size=(8, 8))
    answer = send(sign_in_as(scene.student), scene, key=str(uuid4()), photos=(tiny,) * 31)
    assert answer.status_code == 413
    assert answer.get_json()["error"]["code"] == "too_many_files"


def test_a_request_of_more_than_fifty_megabytes_is_refused() -> None:
    check_size(50 << 20)
    with pytest.raises(TooManyBytes):
        check_size((50 << 20) + 1)


def test_only_pupils_who_were_given_the_work_hand_it_in(
    app: Flask, scene: Scene, sign_in_as: SignInAs, client: Browser
) -> None:
    with app.app_context(), transaction():
        stranger = make_student(make_class())
        db.session.refresh(stranger)
        db.session.expunge_all()
    key = str(uuid4())
    assert send(sign_in_as(stranger), scene, key=key).status_code == 404
    assert send(sign_in_as(scene.guardian), scene, key=key).status_code == 403
    assert send(sign_in_as(scene.teacher), scene, key=key).status_code == 403
    assert send(client, scene, key=key).status_code == 401
    assert count(app, Submission) == 0


def test_key_and_explanation_reach_nobody_before_the_due_time_though_the_work_is_returned(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.student)
    listed = browser.get("/api/v1/assignments").get_json()["items"]
    assert [one["state"] for one in listed] == ["to_do"]
    assert "移项" not in json.dumps(listed, ensure_ascii=False)
    assert "correct" not in json.dumps(listed)
    receipt = send(browser, scene, key=str(uuid4()), photos=(picture(),)).get_json()
    shown = browser.get(f"/api/v1/submissions/{receipt['id']}").get_json()
    assert shown["points"] is None
    assert {one["explanation"] for one in shown["answers"]} == {None}
    page = browser.get(f"/submissions/{receipt['id']}").text
    assert "移项" not in page
    teacher = sign_in_as(scene.teacher)
    photo = next(one for one in shown["answers"] if one["kind"] == "photo")
    assert photo["pages"]
    marking = teacher.get(f"/assignments/{scene.assignment_id}/marking?question={scene.photo}").text
    answer_id = marking.split('name="answer" value="')[1].split(":")[0]
    saved = teacher.post(
        f"/assignments/{scene.assignment_id}/marking",
        data={"answer": f"{answer_id}:0", "points": "1.5", "comment": "书写工整"},
        headers={"Accept": "application/json"},
    )
    answer = saved.get_json()
    assert (answer["versions"], answer["unmarked"], answer["to_return"]) == ({answer_id: 1}, 0, 1)
    assert teacher.post(f"/assignments/{scene.assignment_id}/return").status_code == 302
    shown = browser.get(f"/api/v1/submissions/{receipt['id']}").get_json()
    assert (shown["points"], shown["most_points"]) == (5.5, 6.0)
    for reader in (browser, sign_in_as(scene.guardian)):
        page = reader.get(f"/submissions/{receipt['id']}").text
        assert "书写工整" in page
        assert "移项" not in page
    assert {one["explanation"] for one in shown["answers"]} == {None}
    again = send(browser, scene, key=str(uuid4()))
    assert (again.status_code, again.get_json()["error"]["code"]) == (409, "already_marked")
    with app.app_context(), transaction():
        assignment = db.session.get_one(Assignment, scene.assignment_id)
        assignment.opens_at, assignment.due_at = (clock.now() - timedelta(hours=one) for one in (3, 2))
    for reader in (browser, sign_in_as(scene.guardian)):
        assert "移项" in reader.get(f"/submissions/{receipt['id']}").text


def test_photos_are_for_those_who_may_read_the_work(
    scene: Scene, sign_in_as: SignInAs, client: Browser
) -> None:
    browser = sign_in_as(scene.student)
    receipt = send(browser, scene, key=str(uuid4()), photos=(picture(),)).get_json()
    shown = browser.get(f"/api/v1/submissions/{receipt['id']}").get_json()
    (page,) = [page for one in shown["answers"] for page in one["pages"]]
    for address in (page["picture"], page["thumbnail"]):
        for reader in (scene.student, scene.guardian, scene.teacher):
            with sign_in_as(reader).get(address) as answer:
                assert answer.status_code == 200
                assert answer.content_type == "image/jpeg"
                assert answer.headers["Cache-Control"] == "private, no-store"
        assert sign_in_as(scene.classmate).get(address).status_code == 404
        assert client.get(address).status_code == 302


def test_the_plain_form_hands_in_and_shows_the_receipt(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.student)
    page = browser.get(f"/assignments/{scene.assignment_id}/work").text
    key = page.split('name="client_key" value="')[1].split('"')[0]
    fields = {
        "client_key": key,
        f"q{scene.choice}-choices": "B",
        f"q{scene.number}-value": "3.5",
    }
    for _twice in range(2):
        photos = {f"photos-{scene.photo}": (io.BytesIO(picture()), "a.jpg")}
        answer = browser.post(f"/assignments/{scene.assignment_id}/work", data=fields | photos)
        assert answer.status_code == 302
    receipt = browser.get(answer.location)
    assert receipt.status_code == 200
    done = f'data-draft-done="assignment-{scene.assignment_id}"'
    assert done in receipt.text
    # Who looks at it another time may have typed something new since.
    assert done not in browser.get(answer.location.partition("?")[0]).text


def test_the_plain_form_gives_back_what_was_typed_with_what_is_wrong(
    scene: Scene, sign_in_as: SignInAs
) -> None:
    answer = sign_in_as(scene.student).post(
        f"/assignments/{scene.assignment_id}/work",
        data={
            "client_key": str(uuid4()),
            f"q{scene.choice}-choices": "B",
            f"q{scene.number}-value": "三块半",
        },
    )
    assert answer.status_code == 422
    assert "三块半" in answer.text
    assert 'value="B" checked' in answer.text


def test_a_draft_comes_back_on_another_device(scene: Scene, sign_in_as: SignInAs) -> None:
    address = f"/assignments/{scene.assignment_id}/draft"
    fields = {"draft_version": "0", f"q{scene.number}-value": "3 又"}
    saved = sign_in_as(scene.student).post(address, data=fields, headers={"Accept": "application/json"})
    assert saved.get_json()["version"] == 1
    assert "3 又" in sign_in_as(scene.student).get(f"/assignments/{scene.assignment_id}/work").text
    stale = sign_in_as(scene.student).post(
        address, data=fields | {f"q{scene.number}-value": "4"}, headers={"Accept": "application/json"}
    )
    assert stale.status_code == 409
    assert stale.get_json()["error"]["code"] == "draft_is_newer"
