"""An outside client watches: asks for the lesson, reports what it played, and is told what counts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from core import clock
from core.database import db, transaction
from learning.lessons import services as lessons
from learning.lessons.models import MicroLesson
from learning.lessons.moments import ChapterLine
from learning.playback.models import PlayedInterval, Registration
from learning.records.models import DailyActivity, Statement
from library.items.models import Item, ItemKind, ItemVersion
from library.media.services import asset_folder
from tests.conftest import SignInAs
from tests.factories.accounts import added, make_class, make_guardian, make_student, make_teacher
from tests.factories.learning import make_lesson
from tests.factories.library import make_resource, make_version
from tests.factories.media import make_video_asset


class City:
    """One class with a pupil, her guardian and her teacher, and one lesson."""

    def __init__(self) -> None:
        with transaction():
            school_class = make_class()
            self.pupil = make_student(school_class)
            self.other = make_student(school_class, "王小明")
            self.teacher = make_teacher(school_class)
            self.guardian = make_guardian(self.pupil)
            lesson = make_lesson(created_by=self.teacher.person)
            version = make_version(explanation="移项得 $x=2$。")
            lessons.add_checkpoint(lesson, 50, version.item_id, author=None)
            lessons.set_chapters(lesson, [ChapterLine(0, "引入", "Beginning")])
            lessons.attach_tracks(
                lesson, [lessons.Track("zh-CN", "WEBVTT\n\n00:00.000 --> 00:02.000\n同学们好")]
            )
            draft = make_lesson("草稿", created_by=self.teacher.person, published=False)
            self.lesson_id, self.draft_id, self.item_id = lesson.id, draft.id, version.item_id
        for hat in (self.pupil, self.other, self.teacher, self.guardian):
            db.session.refresh(hat)


@pytest.fixture
def city(app: Flask) -> City:
    with app.app_context():
        return City()


def interval(start: float, end: float, **changes: object) -> dict[str, object]:
    now = clock.now()
    return {
        "id": str(uuid4()),
        "start": start,
        "end": end,
        "rate": 1.0,
        "wall_start": (now - timedelta(seconds=end - start)).isoformat(),
        "wall_end": now.isoformat(),
    } | changes


def test_a_lesson_tells_all_that_a_player_needs(city: City, sign_in_as: SignInAs) -> None:
    answer = sign_in_as(city.pupil).get(f"/api/v1/lessons/{city.lesson_id}")
    told = answer.get_json()
    assert answer.status_code == 200
    assert told["registration"]
    assert told["duration"] == 100
    assert [one["start"] for one in told["chapters"]] == [0]
    assert told["captions"][0]["language"] == "zh-CN"
    assert told["checkpoints"][0]["at"] == 50
    assert told["media"]["master"].endswith("/master.m3u8")


def test_a_search_and_a_resource_lead_to_the_lesson(city: City, sign_in_as: SignInAs, app: Flask) -> None:
    with app.app_context(), transaction():
        reading_id = make_resource("方程是什么").id
    browser = sign_in_as(city.pupil)
    [found] = browser.get("/api/v1/library/resources?type=micro_lesson").get_json()["items"]
    whole = browser.get(found["links"]["resource"]).get_json()
    assert whole["links"] == found["links"]
    lesson = browser.get(whole["links"]["lesson"])
    assert lesson.status_code == 200
    told, by_id = lesson.get_json(), browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()
    assert (told["id"], told["registration"]) == (city.lesson_id, by_id["registration"])
    reading = browser.get(f"/api/v1/library/resources/{reading_id}").get_json()
    assert reading["links"]["lesson"] is None
    assert browser.get(f"/api/v1/lessons/of-resource/{reading_id}").status_code == 404


def test_no_key_is_in_it(city: City, sign_in_as: SignInAs) -> None:
    text = sign_in_as(city.pupil).get(f"/api/v1/lessons/{city.lesson_id}").get_data(as_text=True)
    assert "移项得" not in text
    assert "correct" not in text


def test_reading_a_lesson_writes_nothing(city: City, sign_in_as: SignInAs, app: Flask) -> None:
    browser = sign_in_as(city.pupil)
    one = browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"]
    assert browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"] == one
    with app.app_context():
        assert db.session.scalars(select(Registration)).all() == []


def test_what_was_played_is_counted_and_resumed(city: City, sign_in_as: SignInAs, app: Flask) -> None:
    browser = sign_in_as(city.pupil)
    registration = browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"]
    sent = [interval(0, 20), interval(10, 95, wall_start=(clock.now() - timedelta(seconds=1)).isoformat())]
    body = {"registration": registration, "lesson_id": city.lesson_id, "intervals": sent}
    answer = browser.post("/api/v1/playback", json=body)
    assert answer.status_code == 200
    told = answer.get_json()
    assert [(one["verdict"], one["reason"]) for one in told["results"]] == [
        ("accepted", None),
        ("refused", "too_fast"),
    ]
    assert told["seen"] == [[0, 20]]
    again = browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()
    assert (again["registration"], again["position"], again["seen_seconds"]) == (registration, 20, 20)
    # The lesson need not be named again, and what is sent again changes nothing.
    repeated = browser.post("/api/v1/playback", json={"registration": registration, "intervals": sent[:1]})
    assert repeated.get_json()["results"][0]["verdict"] == "duplicate"
    with app.app_context():
        assert len(db.session.scalars(select(PlayedInterval)).all()) == 1
        assert len(db.session.scalars(select(Statement)).all()) == 1
        assert db.session.scalars(select(DailyActivity.watched_seconds)).one() == 20


def test_wall_times_may_be_unix_seconds(city: City, sign_in_as: SignInAs) -> None:
    browser, now = sign_in_as(city.pupil), clock.now().timestamp()
    body = {
        "registration": str(uuid4()),
        "lesson_id": city.lesson_id,
        "intervals": [interval(0, 10, wall_start=now - 10, wall_end=now)],
    }
    assert browser.post("/api/v1/playback", json=body).get_json()["seen"] == [[0, 10]]


def test_the_registration_that_a_lesson_gave_is_enough_for_the_first_report(
    city: City, sign_in_as: SignInAs, app: Flask
) -> None:
    browser = sign_in_as(city.pupil)
    registration = browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"]
    body = {"registration": registration, "intervals": [interval(0, 20)]}
    answer = browser.post("/api/v1/playback", json=body)
    assert answer.status_code == 200
    assert (answer.get_json()["registration"], answer.get_json()["seen"]) == (registration, [[0, 20]])
    with app.app_context():
        assert db.session.scalars(select(Registration.lesson_id)).one() == city.lesson_id
    assert browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"] == registration


def test_nobody_begins_or_takes_the_registration_that_another_was_given(
    city: City, sign_in_as: SignInAs, app: Flask
) -> None:
    pupil, other = sign_in_as(city.pupil), sign_in_as(city.other)
    registration = pupil.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"]
    body = {"registration": registration, "intervals": [interval(0, 20)]}
    for sent in (body, body | {"lesson_id": city.lesson_id}):
        answer = other.post("/api/v1/playback", json=sent)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "unknown_registration")
    with app.app_context():
        assert db.session.scalars(select(Registration)).all() == []
    assert pupil.post("/api/v1/playback", json=body).status_code == 200


def test_a_registration_leads_to_its_own_lesson_only(city: City, sign_in_as: SignInAs, app: Flask) -> None:
    with app.app_context(), transaction():
        other_id = make_lesson("另一课").id
    browser = sign_in_as(city.pupil)
    registration = browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"]
    body = {"registration": registration, "lesson_id": other_id, "intervals": [interval(0, 20)]}
    answer = browser.post("/api/v1/playback", json=body)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "other_lesson")


def test_a_lesson_withdrawn_after_it_was_opened_takes_no_report(
    city: City, sign_in_as: SignInAs, app: Flask
) -> None:
    browser = sign_in_as(city.pupil)
    registration = browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"]
    with app.app_context(), transaction():
        lessons.withdraw(db.session.get_one(MicroLesson, city.lesson_id), now=clock.now())
    body = {"registration": registration, "intervals": [interval(0, 20)]}
    assert browser.post("/api/v1/playback", json=body).status_code == 404


def test_an_unknown_registration_needs_a_lesson(city: City, sign_in_as: SignInAs) -> None:
    body = {"registration": str(uuid4()), "intervals": [interval(0, 10)]}
    answer = sign_in_as(city.pupil).post("/api/v1/playback", json=body)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "unknown_registration")


def test_nobody_reports_under_anothers_registration(city: City, sign_in_as: SignInAs) -> None:
    mine = str(uuid4())
    body = {"registration": mine, "lesson_id": city.lesson_id, "intervals": [interval(0, 10)]}
    sign_in_as(city.pupil).post("/api/v1/playback", json=body)
    assert sign_in_as(city.other).post("/api/v1/playback", json=body).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": -1},
        {"rate": 0},
        {"wall_start": "yesterday"},
        {"wall_start": "2026-09-07T10:00:00"},
        {"id": "1"},
        {"extra": 1},
        {"wall_end": 1e30},
    ],
)
def test_a_damaged_batch_is_refused_whole(city: City, sign_in_as: SignInAs, wrong: dict[str, object]) -> None:
    body = {
        "registration": str(uuid4()),
        "lesson_id": city.lesson_id,
        "intervals": [interval(0, 10), interval(10, 20) | wrong],
    }
    answer = sign_in_as(city.pupil).post("/api/v1/playback", json=body)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "invalid")


def test_a_draft_is_not_there_for_pupils(city: City, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(city.pupil)
    assert browser.get(f"/api/v1/lessons/{city.draft_id}").status_code == 404
    body = {"registration": str(uuid4()), "lesson_id": city.draft_id, "intervals": []}
    assert browser.post("/api/v1/playback", json=body).status_code == 404
    assert sign_in_as(city.teacher).get(f"/api/v1/lessons/{city.draft_id}").status_code == 200


def test_a_guardian_looks_on_without_a_trace(city: City, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(city.guardian)
    assert browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["registration"] is None
    body = {"registration": str(uuid4()), "lesson_id": city.lesson_id, "intervals": []}
    assert browser.post("/api/v1/playback", json=body).status_code == 403


def correct_key(app: Flask, item_id: int, **changes: object) -> int:
    """Let the question take A from now on; returns the wording that it had."""
    with app.app_context(), transaction():
        item = db.session.get_one(Item, item_id)
        old = db.session.get_one(ItemVersion, item.current_version_id)
        kept = {one.key: getattr(old, one.key) for one in ItemVersion.__table__.columns if one.key != "id"}
        wording = kept | {"number": 2, "correct": {"choices": ["A"]}, "explanation": "应选 A。"} | changes
        new = added(ItemVersion(**wording))
        item.current_version_id = new.id
        return old.id


class TestAnswers:
    """The API's attempts."""

    def body(self, city: City, **changes: object) -> dict[str, object]:
        return {
            "id": str(uuid4()),
            "item_id": city.item_id,
            "response": {"choices": ["B"]},
            "context": "lesson",
            "context_id": city.lesson_id,
        } | changes

    def test_an_answer_is_marked_and_then_explained(self, city: City, sign_in_as: SignInAs) -> None:
        answer = sign_in_as(city.pupil).post("/api/v1/attempts", json=self.body(city))
        told = answer.get_json()
        assert answer.status_code == 201
        assert (told["score"], told["is_correct"]) == (1, True)
        assert "移项得" in told["explanation"]

    def test_the_same_answer_again_is_the_same_attempt(self, city: City, sign_in_as: SignInAs) -> None:
        browser, body = sign_in_as(city.pupil), self.body(city)
        assert browser.post("/api/v1/attempts", json=body).get_json() == (
            browser.post("/api/v1/attempts", json=body).get_json()
        )
        other = body | {"response": {"choices": ["A"]}}
        answer = browser.post("/api/v1/attempts", json=other)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "different_answer")

    def test_an_empty_answer_opens_no_explanation(self, city: City, sign_in_as: SignInAs) -> None:
        answer = sign_in_as(city.pupil).post(
            "/api/v1/attempts", json=self.body(city, response={"choices": []})
        )
        assert answer.status_code == 422
        assert "移项得" not in answer.get_data(as_text=True)

    def test_an_item_is_answered_where_it_is_asked(
        self, city: City, sign_in_as: SignInAs, app: Flask
    ) -> None:
        with app.app_context(), transaction():
            elsewhere = make_version(ItemKind.NUMERIC).item_id
        body = self.body(city, item_id=elsewhere, response={"value": "3.5"})
        answer = sign_in_as(city.pupil).post("/api/v1/attempts", json=body)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "not_asked")

    def test_an_answer_to_an_open_page_is_judged_by_the_key_that_was_put_right_meanwhile(
        self, city: City, sign_in_as: SignInAs, app: Flask
    ) -> None:
        browser = sign_in_as(city.pupil)
        old = correct_key(app, city.item_id)
        by_version = self.body(city, item_version_id=old, response={"choices": ["A"]})
        del by_version["item_id"]
        told = browser.post("/api/v1/attempts", json=by_version).get_json()
        assert told["is_correct"] is True
        assert told["explanation"] == "应选 A。"
        assert told["item_version_id"] != old, "as one who opens the page now is judged"

    def test_an_answer_to_another_question_than_the_present_one_is_judged_as_it_was_asked(
        self, city: City, sign_in_as: SignInAs, app: Flask
    ) -> None:
        browser = sign_in_as(city.pupil)
        old = correct_key(app, city.item_id, prompt="哪一个不是方程的解？")
        by_version = self.body(city, item_version_id=old)
        del by_version["item_id"]
        told = browser.post("/api/v1/attempts", json=by_version).get_json()
        assert (told["is_correct"], told["item_version_id"]) == (True, old)

    def test_an_answer_that_is_sent_again_after_a_correction_is_the_same_attempt(
        self, city: City, sign_in_as: SignInAs, app: Flask
    ) -> None:
        browser, body = sign_in_as(city.pupil), self.body(city)
        first = browser.post("/api/v1/attempts", json=body)
        correct_key(app, city.item_id)
        again = browser.post("/api/v1/attempts", json=body)
        assert (again.status_code, again.get_json()) == (201, first.get_json())

    def test_hints_open_after_an_own_answer(self, city: City, sign_in_as: SignInAs) -> None:
        browser = sign_in_as(city.pupil)
        closed = browser.get(f"/api/v1/items/{city.item_id}/hints")
        assert (closed.status_code, closed.get_json()["error"]["code"]) == (403, "answer_first")
        browser.post("/api/v1/attempts", json=self.body(city, response={"choices": ["A"]}))
        assert browser.get(f"/api/v1/items/{city.item_id}/hints").get_json() == {
            "hints": ["先移项。"],
            "left": 0,
        }
        assert sign_in_as(city.other).get(f"/api/v1/items/{city.item_id}/hints").status_code == 403


def test_a_question_of_the_video_is_asked_answered_and_completes_the_lesson(
    city: City, sign_in_as: SignInAs, app: Flask
) -> None:
    browser = sign_in_as(city.pupil)
    told = browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()
    sent = {
        "registration": told["registration"],
        "lesson_id": city.lesson_id,
        "intervals": [interval(0, 90)],
    }
    assert browser.post("/api/v1/playback", json=sent).get_json()["completed_at"] is None
    url = f"/lessons/{city.lesson_id}/questions/{told['checkpoints'][0]['id']}"
    asked = browser.get(url).get_data(as_text=True)
    assert "answer-choices" in asked
    assert "移项得" not in asked
    wrong = {"client_key": str(uuid4()), "answer-choices": "A"}
    first = browser.post(url, data=wrong).get_data(as_text=True)
    assert 'data-answered="wrong"' in first
    assert "移项得" not in first
    second = browser.post(url, data=wrong | {"client_key": str(uuid4())}).get_data(as_text=True)
    assert "移项得" in second
    assert browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()["completed_at"]


def test_an_unanswered_question_is_asked_again(city: City, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(city.pupil)
    told = browser.get(f"/api/v1/lessons/{city.lesson_id}").get_json()
    answer = browser.post(
        f"/lessons/{city.lesson_id}/questions/{told['checkpoints'][0]['id']}",
        data={"client_key": str(uuid4())},
    )
    assert answer.status_code == 422
    assert "answer-choices" in answer.get_data(as_text=True)


def test_media_is_for_whom_it_was_signed(city: City, sign_in_as: SignInAs, app: Flask) -> None:
    with app.app_context(), transaction():
        lesson = make_lesson("带视频", asset=make_video_asset())
        lesson_id, asset_id = lesson.id, lesson.asset_id
    with app.app_context():
        folder = asset_folder(asset_id)
        folder.mkdir(exist_ok=True)
        (folder / "master.m3u8").write_text("#EXTM3U\n")
    pupil, other = sign_in_as(city.pupil), sign_in_as(city.other)
    url = pupil.get(f"/api/v1/lessons/{lesson_id}").get_json()["media"]["master"]
    whole = pupil.get(url, buffered=True)
    assert (whole.status_code, whole.data) == (200, b"#EXTM3U\n")
    assert "private" in whole.headers["Cache-Control"]
    part = pupil.get(url, headers={"Range": "bytes=1-3"}, buffered=True)
    assert (part.status_code, part.data) == (206, b"EXT")
    assert pupil.get(url, headers={"Range": "bytes=99-"}, buffered=True).status_code == 416
    assert other.get(url).status_code == 404
    assert pupil.get(url.replace("master.m3u8", "../../weike.db")).status_code == 404
    assert pupil.get(url.replace(f"/{asset_id}/", f"/{asset_id + 1}/")).status_code == 404
