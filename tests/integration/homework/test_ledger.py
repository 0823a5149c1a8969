"""The public ledger of homework: page, sheet and API say the same; heads of grades and limits of schools."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core import clock
from core.clock import school_day
from core.database import db, transaction
from homework.groups.models import PupilGroup
from homework.ledger.services import measure
from homework.load.models import LoadEntry, SchoolCap
from learning.attempts.models import Attempt
from tests.browsers import Browser
from tests.factories.accounts import (
    make_administrator,
    make_class,
    make_district,
    make_guardian,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment, make_submission

SignInAs = Callable[[Hat], Browser]
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Scene:
    """A grade-5 class with homework of 65 minutes due in an hour, and the people around it."""

    class_id: int
    school_id: int
    assignment_id: int
    teacher: Hat
    student: Hat
    guardian: Hat
    administrator: Hat
    district: Hat


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        district = make_district()
        school = make_school(district)
        school_class = make_class(school, grade=5, name="五年级(1)班")
        teacher, student = make_teacher(school_class), make_student(school_class)
        hats = (
            teacher,
            student,
            make_guardian(student),
            make_administrator(school),
            make_administrator(district),
        )
        now = clock.now()
        assignment = make_assignment(
            teacher,
            school_class,
            title="=口算",
            estimated_minutes=65.0,
            opens_at=now - HOUR,
            due_at=now + HOUR,
            cut_off_at=now + 2 * HOUR,
        )
        db.session.flush()
        made = Scene(school_class.id, school.id, assignment.id, *hats)
        for hat in hats:
            db.session.refresh(hat)
        db.session.expunge_all()
    return made


def test_page_sheet_and_api_say_the_same_to_everybody_concerned(scene: Scene, sign_in_as: SignInAs) -> None:
    for reader in (scene.student, scene.guardian, scene.teacher, scene.administrator):
        browser = sign_in_as(reader)
        assert browser.get("/load").status_code == 200
        page = browser.get(f"/load/classes/{scene.class_id}").text
        assert "=口算" in page
        assert "超" in page
        sheet = browser.get("/load/sheet.csv").get_data(as_text=True)
        assert "五年级(1)班,5," in sheet
        assert ",'=口算,65," in sheet
        (told,) = browser.get("/api/v1/load").get_json()["classes"]
        assert (told["cap"], [one["minutes"] for one in told["lines"]]) == (60, [65.0])
        assert sum(one["is_over"] for one in told["days"]) == 1


def test_a_school_is_led_from_the_week_of_a_class_to_its_report(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.administrator)
    report = f"/classes/{scene.class_id}/homework"
    assert report in browser.get(f"/load/classes/{scene.class_id}").text
    assert browser.get(report).status_code == 200
    assert report not in sign_in_as(scene.guardian).get(f"/load/classes/{scene.class_id}").text


def test_a_district_reads_its_schools_one_at_a_time(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.district)
    assert f"/load?school={scene.school_id}" in browser.get("/load").text
    assert "五年级(1)班" in browser.get(f"/load?school={scene.school_id}").text
    assert browser.get("/load?school=100000").status_code == 404
    assert browser.get("/load/sheet.csv").status_code == 422
    refused = browser.get("/api/v1/load")
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (422, "school_needed")
    assert browser.get("/api/v1/load?school=100000").status_code == 404
    assert browser.get(f"/api/v1/load?class_id={scene.class_id}").status_code == 200


def test_other_weeks_are_looked_at_and_nonsense_leads_to_this_one(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.teacher)
    next_week = school_day(clock.now()) + timedelta(days=7)
    assert "=口算" not in browser.get(f"/load/classes/{scene.class_id}?week={next_week}").text
    for nonsense in ("gestern", "9999-12-31", "0001-01-01"):
        assert browser.get(f"/load?week={nonsense}").status_code == 200
        assert browser.get(f"/api/v1/load?week={nonsense}").status_code == 422


def test_what_it_took_stands_beside_the_estimate_once_it_is_due(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        school_class = db.session.get_one(SchoolClass, scene.class_id)
        teacher = db.session.get_one(Hat, scene.teacher.id)
        now = clock.now()
        done = make_assignment(
            teacher,
            school_class,
            title="昨天的作业",
            opens_at=now - 30 * HOUR,
            due_at=now - HOUR,
            cut_off_at=now + HOUR,
        )
        for _ in range(5):
            make_submission(done, make_student(school_class), now=now - 2 * HOUR)
        for attempt in db.session.scalars(select(Attempt)):
            attempt.seconds = 840.0
        done_id, day = (
            done.id,
            db.session.scalars(select(LoadEntry.day).where(LoadEntry.assignment_id == done.id)).one(),
        )
    with app.app_context():
        measure(now=clock.now())
    browser = sign_in_as(scene.teacher)
    assert "实际 14 分钟（5 名学生的中位数）" in browser.get(f"/assignments/{done_id}").text
    assert (
        "实际 14 分钟（5 名学生的中位数）" in browser.get(f"/load/classes/{scene.class_id}?week={day}").text
    )


def test_a_school_sets_limits_within_the_law(app: Flask, scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.administrator)
    assert 'name="cap-5"' in browser.get("/load/caps").text
    refused = browser.post("/load/caps", data={"cap-5": "70"})
    assert refused.status_code == 422
    assert 'value="70"' in refused.text
    assert browser.post("/load/caps", data={"cap-5": "viel"}).status_code == 422
    assert browser.post("/load/caps", data={"cap-5": "45"}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(SchoolCap.minutes)).one() == 45
    assert sign_in_as(scene.student).get("/api/v1/load").get_json()["classes"][0]["cap"] == 45


def test_the_school_names_heads_of_grades_and_ends_their_duty(scene: Scene, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(scene.administrator)
    person_id = scene.teacher.person_id
    form = {"grade": "5", "person_id": person_id}
    assert browser.post("/people/grade-heads", data=form).status_code == 303
    assert browser.post("/people/grade-heads", data=form).status_code == 409
    assert browser.post("/people/grade-heads", data=form | {"grade": "12"}).status_code == 404
    page = browser.get("/people/grade-heads").text
    assert "5 年级" in page
    head_id = page.split("/people/grade-heads/")[1].split("/")[0]
    assert browser.post(f"/people/grade-heads/{head_id}/end").status_code == 303
    assert browser.post(f"/people/grade-heads/{head_id}/end").status_code == 404
    assert "没有担任年级组长" in sign_in_as(scene.teacher).get("/load/excesses").text


def test_a_teacher_keeps_a_group_changes_it_and_brings_a_dissolved_one_back(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(scene.teacher)
    form = {"class_id": scene.class_id, "name": "提高组", "student_ids": scene.student.person_id}
    refused = browser.post("/groups", data=form | {"student_ids": []})
    assert refused.status_code == 422
    assert 'value="提高组"' in refused.text
    assert browser.post("/groups", data=form).status_code == 303
    with app.app_context():
        group = db.session.scalars(select(PupilGroup)).one()
        address, version = f"/groups/{group.id}", group.version
    assert "提高组" in browser.get("/groups").text
    changed = form | {"name": "提高一组", "version": version}
    assert browser.post(address, data=changed).status_code == 303
    assert browser.post(address, data=changed).status_code == 409
    assert browser.post(f"{address}/dissolve").status_code == 303
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}/keep-on").status_code == 303
    assert "提高一组" in browser.get(address).text
    assert sign_in_as(scene.student).get("/groups").status_code == 403
