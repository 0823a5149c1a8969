"""Each role's home, a pupil's page, a class's page, the figures, the switch: through the client."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.guardians.models import ConsentRecord
from accounts.organisations.models import Organisation
from core import clock
from core.audit.models import AuditEntry
from core.database import db, transaction
from core.jobs.models import Job, JobState
from core.jobs.services import run_waiting
from learning.classroom.models import TaughtLesson
from recommender.profiles.models import Mastery
from recommender.recommendations import tasks
from recommender.recommendations.models import Recommendation
from spaces.indicators import services
from tests.conftest import SignInAs
from tests.factories.accounts import (
    added,
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_guardian,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment
from tests.factories.library import make_item, make_point, make_resource
from tests.factories.recommender import make_answer

DAY = timedelta(days=1)


class City:
    """One city; in its first school a class with two pupils, a guardian and a teacher; another school."""

    def __init__(self) -> None:
        now = clock.now()
        with transaction():
            city = make_city()
            district = make_district(city)
            school = make_school(district)
            school_class = make_class(school)
            self.pupil = make_student(school_class, "陈小雨")
            self.classmate = make_student(school_class, "王小明")
            self.guardian = make_guardian(self.pupil)
            self.teacher = make_teacher(school_class)
            self.stranger = make_teacher(make_class(make_school(district)))
            self.principal = make_administrator(school)
            self.district = make_administrator(district)
            self.mayor = make_administrator(city)
            make_assignment(
                self.teacher,
                school_class,
                title="第三章作业",
                opens_at=now - DAY,
                due_at=now + DAY,
                cut_off_at=now + DAY,
            )
            point = make_point("分式方程")
            resource = make_resource("分式方程怎么解", points=[point])
            item = make_item(points=[point])
            for outcome in "rwwwrwww":
                make_answer(self.pupil, item, right=outcome == "r", at=now)
            added(
                TaughtLesson(
                    teacher_id=self.teacher.person_id,
                    class_id=school_class.id,
                    resource_id=resource.id,
                    day=clock.school_day(now),
                    taught_at=now,
                )
            )
            self.class_id, self.school_id, self.city_id = school_class.id, school.id, city.id
        everyone = (
            self.pupil,
            self.classmate,
            self.guardian,
            self.teacher,
            self.stranger,
            self.principal,
            self.district,
            self.mayor,
        )
        for hat in everyone:
            db.session.refresh(hat)
            db.session.refresh(hat.person)
            db.session.refresh(hat.organisation)


@pytest.fixture
def city(app: Flask) -> City:
    with app.app_context():
        return City()


def refresh(app: Flask, city: City) -> None:
    """Run the job that makes the pupil's list."""
    with app.app_context():
        tasks.refresh(city.pupil.person_id)


def test_whoever_is_not_signed_in_is_led_to_the_door(app: Flask) -> None:
    assert app.test_client().get("/").status_code == 302


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("pupil", "第三章作业"),
        ("teacher", "七年级(1)班"),
        ("guardian", "陈小雨"),
        ("principal", "100% · 1 / 1"),
        ("district", "50% · 1 / 2"),
        ("mayor", "星河市"),
    ],
)
def test_each_role_has_its_own_home(city: City, sign_in_as: SignInAs, role: str, shown: str) -> None:
    answer = sign_in_as(getattr(city, role)).get("/")
    assert answer.status_code == 200
    assert shown in answer.text


def test_the_pupils_home_suggests_with_a_reason_and_its_evidence(
    app: Flask, city: City, sign_in_as: SignInAs
) -> None:
    refresh(app, city)
    page = sign_in_as(city.pupil).get("/").text
    assert "分式方程怎么解" in page
    assert "最近 6 题「分式方程」答对 1 题" in page


def test_nothing_of_another_child_reaches_a_guardian(city: City, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(city.guardian)
    assert "王小明" not in browser.get("/").text
    assert browser.get(f"/students/{city.classmate.person_id}").status_code == 404
    assert browser.get(f"/privacy/{city.classmate.person_id}").status_code == 404
    assert browser.get(f"/api/v1/students/{city.classmate.person_id}/progress").status_code == 404
    assert "王小明" not in browser.get(f"/?child={city.classmate.person_id}").text


def test_only_her_own_teachers_guardians_and_school_open_a_pupils_page(
    city: City, sign_in_as: SignInAs
) -> None:
    address = f"/students/{city.pupil.person_id}"
    statuses = {
        name: sign_in_as(getattr(city, name)).get(address).status_code
        for name in (
            "pupil",
            "guardian",
            "teacher",
            "principal",
            "classmate",
            "stranger",
            "district",
            "mayor",
        )
    }
    assert statuses == {
        "pupil": 200,
        "guardian": 200,
        "teacher": 200,
        "principal": 200,
        "classmate": 404,
        "stranger": 404,
        "district": 403,
        "mayor": 403,
    }


def test_a_principal_reads_a_record_with_a_reason_that_is_written_down(
    app: Flask, city: City, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(city.principal)
    address = f"/students/{city.pupil.person_id}"
    assert "第三章作业" not in browser.get(address).text
    assert browser.post(address, data={"reason": ""}).status_code == 422
    assert "第三章作业" in browser.post(address, data={"reason": "家长来访"}).text
    with app.app_context():
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "read_progress"))
        assert entry.actor_id == city.principal.person_id
        assert entry.details == {"reason": "家长来访"}


def test_a_class_page_opens_for_its_teacher_and_its_school(city: City, sign_in_as: SignInAs) -> None:
    address = f"/classes/{city.class_id}"
    assert "王小明" in sign_in_as(city.teacher).get(address).text
    assert "王小明" in sign_in_as(city.principal).get(address).text
    assert sign_in_as(city.stranger).get(address).status_code == 404
    assert sign_in_as(city.pupil).get(address).status_code == 403
    assert sign_in_as(city.district).get(address).status_code == 403
    assert "七年级(1)班" in sign_in_as(city.teacher).get("/classes").text


def test_figures_lead_from_the_city_down_and_never_name_a_child(city: City, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(city.mayor)
    for address in (
        "/indicators",
        f"/indicators?organisation={city.school_id}",
        "/indicators/rows/taught_lessons",
    ):
        page = browser.get(address)
        assert page.status_code == 200
        assert "王小明" not in page.text
    assert f"/classes/{city.class_id}" not in browser.get(f"/indicators?organisation={city.school_id}").text
    assert f"/classes/{city.class_id}" in sign_in_as(city.principal).get("/indicators").text
    assert sign_in_as(city.principal).get(f"/indicators?organisation={city.city_id}").status_code == 404
    assert sign_in_as(city.teacher).get("/indicators").status_code == 403


def test_csv_and_api_give_the_figures_of_the_page(city: City, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(city.mayor)
    sheet = browser.get("/indicators/figures.csv")
    figures = browser.get("/api/v1/indicators").json
    assert sheet.mimetype == "text/csv"
    assert figures["organisation"]["counts"]["taught_lessons"] == 1
    assert sheet.text.splitlines()[-1].split(",")[11] == "1"
    assert browser.get("/api/v1/indicators?organisation=99999").status_code == 404


def test_progress_by_the_api_is_that_of_the_page(app: Flask, city: City, sign_in_as: SignInAs) -> None:
    refresh(app, city)
    found = sign_in_as(city.teacher).get(f"/api/v1/students/{city.pupil.person_id}/progress").json
    assert found["homework"][0]["state"] == "open"
    [point] = found["mastery"][0]["points"]
    assert (point["answers"], point["correct"], point["level"]) == (8, 2, "learning")
    members = sign_in_as(city.teacher).get(f"/api/v1/classes/{city.class_id}/progress").json["members"]
    assert {one["name"] for one in members} == {"陈小雨", "王小明"}


def test_recommendations_by_the_api_carry_resource_reason_and_evidence(
    app: Flask, city: City, sign_in_as: SignInAs
) -> None:
    refresh(app, city)
    browser = sign_in_as(city.pupil)
    [item] = browser.get("/api/v1/recommendations").json["items"]
    resource = item["resource"]
    assert (resource["title"], resource["type"]) == ("分式方程怎么解", "reading")
    assert browser.get(resource["links"]["resource"]).json["type"] == resource["type"]
    assert resource["links"]["lesson"] is None
    assert item["evidence"]["recent"] == 6
    assert "分式方程" in item["reason"]
    assert sign_in_as(city.teacher).get("/api/v1/recommendations").status_code == 403


def test_a_word_is_taken_and_taken_back(app: Flask, city: City, sign_in_as: SignInAs) -> None:
    refresh(app, city)
    browser = sign_in_as(city.pupil)
    [item] = browser.get("/api/v1/recommendations").json["items"]
    address = f"/recommendations/{item['id']}/word"
    said = browser.post(address, data={"word": "not_for_me"}, headers={"HX-Request": "true"})
    assert "撤销" in said.text
    assert browser.get("/api/v1/recommendations").json["items"] == []
    browser.post(address, data={"word": ""})
    assert len(browser.get("/api/v1/recommendations").json["items"]) == 1
    assert sign_in_as(city.classmate).post(address, data={"word": "seen"}).status_code == 404


def test_what_was_shown_and_followed_is_remembered(app: Flask, city: City, sign_in_as: SignInAs) -> None:
    refresh(app, city)
    browser = sign_in_as(city.pupil)
    [item] = browser.get("/api/v1/recommendations").json["items"]
    assert browser.post("/recommendations/shown", data={"id": [item["id"]]}).status_code == 204
    assert browser.post(f"/recommendations/{item['id']}/opened").status_code == 204
    with app.app_context():
        row = db.session.get_one(Recommendation, item["id"])
        assert row.shown_at
        assert row.opened_at
    assert "分式方程怎么解" in browser.get("/recommendations/next").text
    assert "分式方程怎么解" in browser.get("/recommendations").text


def test_switching_off_deletes_the_profile_and_everything_else_works(
    app: Flask, city: City, sign_in_as: SignInAs
) -> None:
    refresh(app, city)
    browser = sign_in_as(city.guardian)
    address = f"/privacy/{city.pupil.person_id}"
    assert browser.get("/privacy").headers["Location"] == address
    assert browser.post(address, data={"decision": "off"}).status_code == 302
    assert "关闭" in browser.get(address).text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Mastery)) == 0
        assert db.session.scalar(select(func.count()).select_from(Recommendation)) == 0
        assert db.session.scalars(select(ConsentRecord.is_granted)).all() == [False]
    pupil = sign_in_as(city.pupil)
    assert "第三章作业" in pupil.get("/").text
    assert pupil.get("/api/v1/recommendations").json == {"items": [], "is_personal": False}


def test_switching_on_again_learns_from_what_was_answered(
    app: Flask, city: City, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(city.guardian)
    for decision in ("off", "on"):
        browser.post(f"/privacy/{city.pupil.person_id}", data={"decision": decision})
    with app.app_context():
        run_waiting()
        assert db.session.scalar(select(func.count()).select_from(Mastery)) == 1


def test_a_child_under_fourteen_cannot_switch_on_alone(app: Flask, city: City, sign_in_as: SignInAs) -> None:
    with app.app_context(), transaction():
        person = db.session.merge(city.pupil.person)
        person.born_on = date.today() - timedelta(days=365 * 10)  # noqa: DTZ011 -- any day ten years ago
    browser = sign_in_as(city.pupil)
    address = f"/privacy/{city.pupil.person_id}"
    assert "未满 14 岁由家长决定" in browser.get(address).text
    assert browser.post(address, data={"decision": "on"}).status_code == 403


def test_what_is_loading_shows_to_everyone_and_goes_when_it_is_done(
    app: Flask, city: City, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(city.teacher)
    assert "hx-get" not in browser.get("/background").text
    now = clock.now()
    with app.app_context(), transaction():
        added(
            Job(
                task="x",
                arguments={},
                state=JobState.RUNNING,
                created_at=now,
                run_after=now,
                label="Loading the library",
                progress_done=1,
                progress_total=4,
            )
        )
    fragment = browser.get("/background").text
    assert "25%" in fragment
    assert "hx-get" in fragment


def test_a_school_without_anyone_has_pages_that_say_so(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            administrator = make_administrator(make_school())
            pupil = make_student()
            organisation_id = administrator.organisation_id
        for hat in (administrator, pupil):
            db.session.refresh(hat)
        assert db.session.get(Organisation, organisation_id)
    assert sign_in_as(administrator).get("/indicators").status_code == 200
    assert "没有待办事项" in sign_in_as(pupil).get("/").text


def test_frozen_days_become_a_chart(app: Flask, city: City, sign_in_as: SignInAs) -> None:
    today = clock.school_day(clock.now())
    with app.app_context():
        for back in (2, 1):
            with transaction():
                services.freeze(services.organisation_ids(), today - back * DAY, clock.now())
    assert "学生空间逐日变化" in sign_in_as(city.mayor).get("/indicators").text
