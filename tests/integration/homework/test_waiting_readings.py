"""The list of second readings: page by page, for who reads and who may settle; and who is told anew."""

import re
from datetime import timedelta
from http import HTTPStatus
from random import SystemRandom

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.paging import DEFAULT_SIZE
from homework.assignments.queries import questions_of
from homework.marking.models import SecondReading
from homework.marking.queries import ready_to_return
from homework.marking.services import mark_alike
from homework.notices.models import NewsKind
from homework.readings.asking import ask_for_second_reading
from homework.submissions.models import Answer
from library.items.models import ItemKind
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.library import make_version
from tests.integration.homework.second_readings import asked, kinds_told, outsider
from tests.integration.homework.test_marking import JSON, Scene, scene
from tests.statements import statements_of

__all__ = ["outsider", "scene"]

WORKS = 4


def ask_all(pupils: int) -> tuple[Hat, Hat]:
    """Who asked, and who is asked by name, for several works of *pupils* pupils each."""
    now = clock.now()
    school_class = make_class()
    teacher, reader = (make_teacher(school_class, name=name) for name in ("陈老师", "周老师"))
    students = [make_student(school_class, f"同学{number}") for number in range(pupils)]
    version = make_version(ItemKind.EXTENDED_TEXT)
    for number in range(WORKS):
        work = make_assignment(
            teacher,
            school_class,
            versions=[version],
            title=f"作文{number}",
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        [question] = db.session.scalars(questions_of(work.id))
        for student in students:
            make_submission(work, student, {question.id: {"text": "小鸟飞走了"}}, now=now)
        answers = select(Answer.id).where(Answer.assignment_item_id == question.id)
        mark_alike(dict.fromkeys(db.session.scalars(answers), 0), teacher, points=1, now=now)
        ready = list(db.session.scalars(ready_to_return(work.id, teacher)))
        ask_for_second_reading(
            ready, teacher, percent=100, reader=reader.person, random=SystemRandom(), now=now
        )
    db.session.flush()
    for one in (teacher, reader):
        db.session.refresh(one)
        db.session.expunge(one)
    return teacher, reader


def listed(page: str) -> list[str]:
    return re.findall(r'href="/submissions/(\d+)#reading"', page)


@pytest.mark.parametrize("pupils", [3, 6])
def test_the_list_comes_page_by_page_in_as_many_statements_for_few_as_for_many(
    app: Flask, sign_in_as: SignInAs, pupils: int
) -> None:
    with app.app_context(), transaction():
        _teacher, reader = ask_all(pupils)
    browser = sign_in_as(reader)
    browser.get("/second-readings")
    with statements_of(app) as sent:
        page = browser.get("/second-readings").text
    assert len(sent) == 5
    found = listed(page)
    assert len(found) == min(WORKS * pupils, DEFAULT_SIZE)
    following = re.search(r'href="(/second-readings\?read=[^"]+)"', page)
    assert bool(following) == (WORKS * pupils > DEFAULT_SIZE)
    if following:
        second = browser.get(following[1]).text
        assert "陈老师请求复核" in second
        found += listed(second)
        assert 'href="/second-readings"' in second, "the way back to the first page"
    assert len(set(found)) == len(found) == WORKS * pupils
    damaged = browser.get("/second-readings?read=abc", headers=JSON)
    assert damaged.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_colleagues_who_may_settle_find_it_in_the_list_behind_their_own(
    app: Flask, scene: Scene, sign_in_as: SignInAs, outsider: Hat
) -> None:
    one = asked(app, scene, sign_in_as, outsider)
    teacher, colleague, held = one.teacher, sign_in_as(scene.colleague), str(one.submission_id)
    one.finish({f"points-{one.first}": "1"})
    assert "有 1 份作业待您复核或裁定" in teacher.get("/assignments").text
    assert "由陈老师请求复核" not in teacher.get("/second-readings").text
    for address in ("/assignments", f"/assignments/{scene.assignment_id}"):
        assert "有 1 份作业待你" not in colleague.get(address).text, "it is not hers to do"
    assert 'href="/second-readings"' in colleague.get("/assignments").text
    page = colleague.get("/second-readings").text
    assert listed(page) == [held]
    assert "由陈老师请求复核，您也可以裁定" in page
    assert listed(one.reader.get("/second-readings").text) == [], "she cannot settle her own reading"
    settled = {"answer": f"{one.first}:1", f"counts-{one.first}": "reader"}
    colleague.post(f"{one.reading}/settle", data=settled)
    assert listed(teacher.get("/second-readings").text) == []


def test_a_reader_is_told_once_when_marks_change_that_she_had_agreed_to(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    one = asked(app, scene, sign_in_as, scene.colleague)
    one.finish()
    for answer in (one.first, one.second):
        one.mark(answer, 1, points="1")
    anew = [NewsKind.SECOND_READING, NewsKind.SECOND_READING_ANEW]
    assert kinds_told(app, scene.colleague.person_id) == anew
    assert listed(one.reader.get("/second-readings").text) == [str(one.submission_id)]
    one.reader.post(one.reading, data={"do": "finish", **one.seen(2, 2)})
    one.reader.post(f"{scene.desk}/undo", data={"answer": f"{one.first}:2"}, headers=JSON)
    assert kinds_told(app, scene.colleague.person_id) == anew, "she changed it herself"
    with app.app_context():
        assert db.session.scalars(select(SecondReading.settled_at)).one() is None


def test_a_comment_that_changes_and_is_taken_back_opens_no_reading_anew(
    app: Flask, scene: Scene, sign_in_as: SignInAs
) -> None:
    one = asked(app, scene, sign_in_as, scene.colleague)
    one.finish()
    assert one.mark(one.first, 1, points="2", comment="写得好").status_code == HTTPStatus.OK
    one.teacher.post(f"{scene.desk}/undo", data={"answer": f"{one.first}:2"}, headers=JSON)
    with app.app_context():
        assert db.session.scalars(select(SecondReading.settled_at)).one() is not None
    assert kinds_told(app, scene.colleague.person_id) == [NewsKind.SECOND_READING]
