"""When what a teacher's work uses is withdrawn, the teacher hears of it and the class can still open it."""

from flask import Flask
from sqlalchemy import select

from accounts.classes.models import Enrolment
from core.database import db, transaction
from core.jobs.services import run_waiting
from homework.notices.models import Notice
from library.resources.models import Resource, ResourceKind, Tier
from library.review import services
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_administrator, make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.learning import make_lesson
from tests.factories.library import make_item, make_resource


def test_the_teacher_is_told_and_the_class_keeps_it(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher, pupil, office = (
                make_teacher(school_class),
                make_student(school_class),
                make_administrator(school_class.school),
            )
            neighbour = make_student(make_class(school_class.school, name="七年级(2)班"))
            other_teacher = make_teacher(school_class)
            lesson, item = make_lesson(tier=Tier.SCHOOL), make_item()
            lesson.resource.organisation_id = school_class.school_id
            practice = make_resource(
                "移项练习",
                kind=ResourceKind.PRACTICE,
                tier=Tier.SCHOOL,
                organisation=school_class.school,
                items=[item],
            )
            make_assignment(teacher, school_class, versions=[item.current_version], lesson_id=lesson.id)
            make_assignment(other_teacher, school_class)
            withdrawn = [practice.id, lesson.resource_id]
        hats = teacher, pupil, office, neighbour, other_teacher
        for hat in hats:
            db.session.refresh(hat)
    home, reader, administrator, stranger, colleague = map(sign_in_as, hats)
    for number in withdrawn:
        administrator.post(f"/library/{number}/withdraw", data={"reason": "答案有错"})
    with app.app_context():
        run_waiting()
        assert len(db.session.scalars(select(Notice)).all()) == 2
        notice_id = db.session.scalars(select(Notice.id)).first()

    told = home.get("/homework/notices").get_data(as_text=True)
    assert "答案有错" in told
    assert "移项练习" in told
    assert "答案有错" not in colleague.get("/homework/notices").get_data(as_text=True)
    for number in withdrawn:
        assert reader.get(f"/library/{number}").status_code == 200
        assert "答案有错" in reader.get(f"/library/{number}/trust").get_data(as_text=True)
        assert stranger.get(f"/library/{number}").status_code == 404
    assert colleague.post(f"/homework/notices/{notice_id}/seen").status_code == 404
    left = home.post(f"/homework/notices/{notice_id}/seen").get_data(as_text=True)
    assert left.count("答案有错") == 1


def test_when_the_giver_has_left_who_is_in_charge_of_the_work_is_told(
    app: Flask, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            giver, colleague, office = (
                make_teacher(school_class),
                make_teacher(school_class, name="周老师"),
                make_administrator(school_class.school),
            )
            item = make_item()
            practice = make_resource(
                "移项练习",
                kind=ResourceKind.PRACTICE,
                tier=Tier.SCHOOL,
                organisation=school_class.school,
                items=[item],
            )
            work = make_assignment(giver, school_class, versions=[item.current_version]).id
        with transaction():
            services.withdraw(practice, office, "答案有错", now=MONDAY)
        for hat in (giver, colleague):
            db.session.refresh(hat)
            db.session.expunge(hat)
        run_waiting()
    left, in_charge = sign_in_as(giver), sign_in_as(colleague)
    mine = ("/homework/notices", f"/homework/notices?assignment={work}")
    assert [["答案有错" in who.get(one).text for one in mine] for who in (left, in_charge)] == [
        [True, True],
        [False, False],
    ]
    with app.app_context(), transaction():
        number = db.session.scalars(select(Notice.id)).one()
        for one in db.session.scalars(select(Enrolment).where(Enrolment.person_id == giver.person_id)):
            one.ends_on = MONDAY.date()
    assert [["答案有错" in who.get(one).text for one in mine] for who in (left, in_charge)] == [
        [False, False],
        [True, True],
    ]
    assert left.post(f"/homework/notices/{number}/seen").status_code == 404
    assert "答案有错" not in in_charge.post(f"/homework/notices/{number}/seen").text


def test_what_is_published_again_before_the_job_ran_is_no_news(app: Flask) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher, office = make_teacher(school_class), make_administrator(school_class.school)
            item = make_item()
            practice = make_resource(
                kind=ResourceKind.PRACTICE,
                tier=Tier.SCHOOL,
                organisation=school_class.school,
                items=[item],
            )
            make_assignment(teacher, school_class, versions=[item.current_version])
            number = practice.id
        with transaction():
            services.withdraw(db.session.get_one(Resource, number), office, "答案有错", now=MONDAY)
        with transaction():
            services.restore(db.session.get_one(Resource, number), office, now=MONDAY)
        run_waiting()
        assert db.session.scalars(select(Notice)).all() == []
