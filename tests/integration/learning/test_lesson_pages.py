"""A teacher makes a lesson from a real video; those see it who may; it is used in class."""

import io
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.organisations.models import Organisation
from accounts.people.models import Hat
from core.clock import now as present
from core.database import db, transaction
from core.jobs.services import run_waiting
from learning.classroom.models import TaughtLesson
from learning.lessons import queries, services
from learning.lessons.models import MicroLesson
from learning.records.models import DailyActivity, Statement
from library.resources.models import Resource, ResourceKind, Tier
from library.review import services as review
from library.review.models import ReviewRequest
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_class, make_guardian, make_student, make_teacher
from tests.factories.learning import make_lesson
from tests.factories.library import (
    make_asked_version,
    make_item,
    make_point,
    make_resource,
    make_subject,
)
from tests.factories.media import video_bytes, zip_bytes

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n同学们好"


class Staff:
    """A class with its pupil, guardian and teacher, and a teacher of another school."""

    def __init__(self) -> None:
        with transaction():
            school_class = make_class()
            self.pupil, self.teacher = make_student(school_class), make_teacher(school_class)
            self.guardian, self.stranger = make_guardian(self.pupil), make_teacher(name="王老师")
            self.class_id = school_class.id
            self.subject_id = make_subject().id
        for hat in (self.pupil, self.teacher, self.guardian, self.stranger):
            db.session.refresh(hat)


@pytest.fixture
def staff(app: Flask) -> Staff:
    with app.app_context():
        return Staff()


@pytest.fixture
def lesson_id(app: Flask, staff: Staff) -> int:
    with app.app_context(), transaction():
        lesson = make_lesson(created_by=staff.teacher.person)
        services.attach_tracks(lesson, [services.Track("zh-CN", CAPTIONS)])
        return lesson.id


def upload(browser: Browser, content: bytes, **fields: object) -> str:
    """Send the form as a browser without scripts does; returns where it leads."""
    form = {"title": "新微课", "subject_id": "0", "grade_from": "7", "video": (io.BytesIO(content), "a.mp4")}
    answer = browser.post("/lessons/new", data=form | fields)
    return answer.headers.get("Location", "") or answer.get_data(as_text=True)


def work(app: Flask) -> None:
    with app.app_context():
        run_waiting()


def accept(app: Flask) -> None:
    """Let the school's office accept what waits."""
    with app.app_context(), transaction():
        asked = db.session.scalars(select(ReviewRequest)).one()
        office = make_administrator(db.session.get_one(Organisation, asked.organisation_id))
        version = db.session.get_one(Resource, asked.resource_id).version
        review.accept(asked, office, "讲得清楚", version=version, now=present())


def test_a_lesson_goes_from_upload_to_published(app: Flask, staff: Staff, sign_in_as: SignInAs) -> None:
    teacher = sign_in_as(staff.teacher)
    edit_page = upload(teacher, video_bytes(4))
    assert "等待中" in teacher.get(edit_page).get_data(as_text=True)
    work(app)
    assert "视频已就绪" in teacher.get(edit_page).get_data(as_text=True)
    show_page = edit_page.removesuffix("/edit")
    assert sign_in_as(staff.pupil).get(show_page).status_code == 404
    answer = teacher.post(f"{show_page}/publish")
    assert answer.headers["Location"] == show_page
    # It waits for somebody else at the school.
    assert sign_in_as(staff.pupil).get(show_page).status_code == 404
    accept(app)
    assert sign_in_as(staff.pupil).get(show_page).status_code == 200
    assert sign_in_as(staff.stranger).get(show_page).status_code == 404
    # To take away what others have needs a reason: its page asks for one.
    asking = teacher.post(f"{show_page}/withdraw").headers["Location"]
    teacher.post(asking, data={"reason": "有错"})
    assert sign_in_as(staff.pupil).get(show_page).status_code == 404


def test_an_upload_in_parts_goes_on_where_it_broke(app: Flask, staff: Staff, sign_in_as: SignInAs) -> None:
    teacher, content, key = sign_in_as(staff.teacher), video_bytes(4), uuid4()
    middle = len(content) // 2
    url = f"/media/uploads/{key}"
    teacher.put(url, data=content[:middle], headers={"Upload-Offset": "0"})
    assert teacher.get(url).get_json() == {"received": middle}
    repeated = teacher.put(url, data=content[:middle], headers={"Upload-Offset": "0"})
    assert repeated.status_code == 409
    teacher.put(url, data=content[middle:], headers={"Upload-Offset": str(middle)})
    form = {"title": "新微课", "subject_id": "0", "grade_from": "7"}
    answer = teacher.post(
        "/lessons/new", data=form | {"upload_key": str(key), "upload_size": str(len(content))}
    )
    assert answer.status_code == 302
    work(app)
    with app.app_context():
        assert db.session.scalars(select(MicroLesson)).one().asset.duration_seconds == pytest.approx(
            4, abs=0.3
        )


def test_half_an_upload_is_not_taken_for_a_video(staff: Staff, sign_in_as: SignInAs) -> None:
    teacher, key = sign_in_as(staff.teacher), uuid4()
    teacher.put(f"/media/uploads/{key}", data=b"half", headers={"Upload-Offset": "0"})
    form = {
        "title": "新微课",
        "subject_id": "0",
        "grade_from": "7",
        "upload_key": str(key),
        "upload_size": "99",
    }
    answer = teacher.post("/lessons/new", data=form)
    assert answer.status_code == 422


def test_an_archive_is_refused_and_the_title_is_kept(staff: Staff, sign_in_as: SignInAs) -> None:
    page = upload(sign_in_as(staff.teacher), zip_bytes(), title="我的标题")
    assert "我的标题" in page
    assert 'id="video-errors"' in page


def test_an_unreadable_video_says_so_and_may_be_replaced(
    app: Flask, staff: Staff, sign_in_as: SignInAs
) -> None:
    teacher = sign_in_as(staff.teacher)
    edit_page = upload(teacher, video_bytes(4)[:2000])
    work(app)
    page = teacher.get(edit_page).get_data(as_text=True)
    assert 'role="alert"' in page
    assert teacher.post(edit_page.removesuffix("edit") + "publish").status_code == 409
    video = {"video": (io.BytesIO(video_bytes(4)), "b.mp4")}
    teacher.post(edit_page.removesuffix("edit") + "video", data=video)
    work(app)
    assert "视频已就绪" in teacher.get(edit_page).get_data(as_text=True)


def test_what_a_teacher_writes_about_a_lesson_is_kept(
    app: Flask, staff: Staff, lesson_id: int, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        point_id = make_point().id
        item_id = make_asked_version().item_id
    teacher = sign_in_as(staff.teacher)
    with app.app_context():
        version = db.session.get_one(MicroLesson, lesson_id).resource.version
    details = {
        "version": str(version),
        "title": "方程",
        "description": "天平",
        "subject_id": str(staff.subject_id),
        "grade_from": "7",
        "grade_to": "8",
        "tier": "school",
        "point_ids": [str(point_id)],
        "chapters": "0:00 引入 | Start\n1:00 例题",
    }
    assert teacher.post(f"/lessons/{lesson_id}/edit", data=details).status_code == 302
    assert teacher.post(f"/lessons/{lesson_id}/edit", data=details).status_code == 409
    ask = {"at": "0:50", "item_id": str(item_id), "required": "1"}
    assert teacher.post(f"/lessons/{lesson_id}/checkpoints", data=ask).status_code == 302
    captions = {"language": "en", "text": "WEBVTT\n\n00:00.000 --> 00:01.000\nHello"}
    assert teacher.post(f"/lessons/{lesson_id}/captions", data=captions).status_code == 302
    with app.app_context():
        lesson = db.session.get_one(MicroLesson, lesson_id)
        assert (lesson.resource.title, lesson.resource.grade_to) == ("方程", 8)
        assert [one.title_en for one in db.session.scalars(queries.chapters_of(lesson_id))] == ["Start", ""]
        assert [one.at_seconds for one in db.session.scalars(queries.checkpoints_of(lesson_id))] == [50]
        assert [one.language for one in db.session.scalars(queries.tracks_of(lesson_id))] == ["zh-CN", "en"]
    vtt = teacher.get(f"/lessons/{lesson_id}/captions/en.vtt")
    assert vtt.content_type.startswith("text/vtt")
    chapters = teacher.get(f"/lessons/{lesson_id}/chapters.vtt").get_data(as_text=True)
    assert "00:01:00.000 --> 00:01:40.000\n例题" in chapters
    assert "Hello" in teacher.get(f"/lessons/{lesson_id}/transcript").get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("captions", {"language": "en", "text": "no captions"}),
        ("checkpoints", {"at": "59:00", "item_id": "1", "required": "1"}),
        ("edit", {"title": "", "subject_id": "0", "grade_from": "7", "grade_to": "7", "tier": "school"}),
        ("edit", {"title": "x", "subject_id": "0", "grade_from": "8", "grade_to": "7", "tier": "school"}),
        (
            "edit",
            {
                "title": "x",
                "subject_id": "0",
                "grade_from": "7",
                "grade_to": "7",
                "tier": "school",
                "chapters": "?",
            },
        ),
    ],
)
def test_a_form_that_is_wrong_comes_back_with_what_was_typed(
    staff: Staff, lesson_id: int, sign_in_as: SignInAs, path: str, form: dict[str, str]
) -> None:
    answer = sign_in_as(staff.teacher).post(f"/lessons/{lesson_id}/{path}", data=form)
    assert answer.status_code == 422
    assert "field-error" in answer.get_data(as_text=True)


def test_the_questions_of_other_schools_are_not_offered_nor_taken(
    app: Flask, staff: Staff, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        point = make_point()
        own, foreign, private = (
            make_item(points=[point], prompt=text) for text in ("自家题", "外校题", "私题")
        )
        stranger = db.session.get_one(Hat, staff.stranger.id)
        private.created_by_id = stranger.person_id
        make_resource(kind=ResourceKind.PRACTICE, items=[own])
        make_resource(
            kind=ResourceKind.PRACTICE,
            tier=Tier.SCHOOL,
            organisation=stranger.organisation,
            items=[foreign],
        )
        lesson_id = make_lesson(created_by=staff.teacher.person, points=[point]).id
        own_id, refused = own.id, [foreign.id, private.id, 999_999]
    teacher = sign_in_as(staff.teacher)
    page = teacher.get(f"/lessons/{lesson_id}/edit").get_data(as_text=True)
    assert "自家题" in page
    assert "外校题" not in page
    assert "私题" not in page
    ask = {"at": "0:10", "required": "1"}
    for item_id in refused:
        answer = teacher.post(f"/lessons/{lesson_id}/checkpoints", data=ask | {"item_id": str(item_id)})
        assert answer.status_code == 404
        told = answer.get_data(as_text=True)
        assert f"没有编号为 {item_id} 的题目" in told
        assert 'value="0:10"' in told
        assert "外校题" not in told
    with app.app_context():
        assert db.session.scalars(queries.checkpoints_of(lesson_id)).all() == []
    answer = teacher.post(f"/lessons/{lesson_id}/checkpoints", data=ask | {"item_id": str(own_id)})
    assert answer.status_code == 302


def test_nobody_edits_anothers_lesson(staff: Staff, lesson_id: int, sign_in_as: SignInAs) -> None:
    stranger = sign_in_as(staff.stranger)
    assert stranger.get(f"/lessons/{lesson_id}").status_code == 200
    assert stranger.get(f"/lessons/{lesson_id}/edit").status_code == 404
    assert stranger.post(f"/lessons/{lesson_id}/withdraw").status_code == 404
    assert sign_in_as(staff.pupil).get(f"/lessons/{lesson_id}/edit").status_code == 403


def test_the_list_shows_the_lessons_that_one_may_open(
    app: Flask, staff: Staff, lesson_id: int, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        make_lesson("别人的草稿", created_by=staff.stranger.person, published=False)
    for hat in (staff.pupil, staff.guardian, staff.teacher):
        page = sign_in_as(hat).get("/lessons").get_data(as_text=True)
        assert f"/lessons/{lesson_id}" in page
        assert "别人的草稿" not in page
    assert "别人的草稿" in sign_in_as(staff.stranger).get("/lessons?mine=1").get_data(as_text=True)


def test_a_lesson_used_in_class_is_recorded_once_a_day(
    app: Flask, staff: Staff, lesson_id: int, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        resource_id = db.session.get_one(MicroLesson, lesson_id).resource_id
    teacher = sign_in_as(staff.teacher)
    for _time in range(2):
        assert teacher.post(f"/classroom/{resource_id}", data={"class_id": staff.class_id}).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(TaughtLesson.class_id)).all() == [staff.class_id]
        assert db.session.scalars(select(DailyActivity.taught)).all() == [1]
    stranger = sign_in_as(staff.stranger)
    assert stranger.post(f"/classroom/{resource_id}", data={"class_id": staff.class_id}).status_code == 404
    assert sign_in_as(staff.pupil).post(f"/classroom/{resource_id}").status_code == 403


def test_opening_is_counted_by_a_beacon_and_not_by_reading(
    app: Flask, staff: Staff, lesson_id: int, sign_in_as: SignInAs
) -> None:
    pupil = sign_in_as(staff.pupil)
    pupil.get(f"/lessons/{lesson_id}")
    with app.app_context():
        assert db.session.scalars(select(Statement)).all() == []
        resource_id = db.session.scalars(select(Resource.id)).one()
    assert pupil.post("/activity/opened", json={"resource_id": resource_id}).status_code == 204
    assert pupil.post("/activity/opened", data={"resource_id": resource_id}).status_code == 204
    assert pupil.post("/activity/opened", json={"resource_id": 10**9}).status_code == 404
    assert pupil.post("/activity/opened", json={"resource_id": "²"}).status_code == 422
    assert pupil.post("/activity/opened", json=[1]).status_code == 422
    with app.app_context():
        assert db.session.scalars(select(DailyActivity.opened)).all() == [2]
        assert db.session.scalars(select(Statement.stored_at)).first() <= present()


def test_the_library_leads_to_a_lesson_by_its_resource(
    app: Flask, staff: Staff, lesson_id: int, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        resource_id = db.session.get_one(MicroLesson, lesson_id).resource_id
    pupil = sign_in_as(staff.pupil)
    assert pupil.get(f"/lessons/of/{resource_id}").headers["Location"] == f"/lessons/{lesson_id}"
    assert pupil.get("/lessons/of/999999").status_code == 404
