"""Marked work of which a second teacher is asked to read some: what the tests of that begin with."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.database import db, transaction
from homework.marking.models import SecondReading
from homework.notices.models import NewsKind, WorkNotice
from homework.submissions.models import Answer, Page
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_teacher
from tests.integration.homework.test_marking import JSON, Scene, mark_all


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of work that a second teacher is asked to read, and both teachers at their browsers."""

    scene: Scene
    teacher: Browser
    reader: Browser
    submission_id: int
    first: int
    """Its answers."""
    second: int
    page_id: int
    """A photograph in it."""

    @property
    def work(self) -> str:
        return f"/submissions/{self.submission_id}"

    @property
    def reading(self) -> str:
        return f"{self.work}/second-reading"

    def seen(self, first: int = 1, second: int = 1) -> dict[str, list[str]]:
        """The versions of the marks that a page showed."""
        return {"answer": [f"{self.first}:{first}", f"{self.second}:{second}"]}

    def finish(self, otherwise: dict[str, str] | None = None, *, first: int = 1) -> TestResponse:
        """The reader is done, and agrees but for what she gives *otherwise*."""
        sent = {"do": "finish", **self.seen(first), **(otherwise or {})}
        return self.reader.post(self.reading, data=sent, headers=JSON)

    def mark(self, answer_id: int, version: int, **given: str) -> TestResponse:
        """The first teacher gives another mark."""
        sent = {"answer": f"{answer_id}:{version}", **given}
        return self.teacher.post(self.scene.desk, data=sent, headers=JSON)


@pytest.fixture
def outsider(app: Flask, scene: Scene) -> Hat:
    """Who teaches the subject at the same school, in another class."""
    del scene
    with app.app_context(), transaction():
        school = db.session.scalars(select(SchoolClass)).one().school
        hat = make_teacher(make_class(school=school), "mathematics", name="吴老师")
        db.session.flush()
        db.session.refresh(hat)
        db.session.expunge(hat)
        return hat


def asked(app: Flask, scene: Scene, sign_in_as: SignInAs, reader: Hat) -> Asked:
    """All work is marked, and *reader* is asked by name to read one piece of it."""
    teacher = sign_in_as(scene.teacher)
    mark_all(teacher, scene)
    ask(teacher, scene, reader.person_id)
    return Asked(scene, teacher, sign_in_as(reader), *held_work(app))


def ask(teacher: Browser, scene: Scene, reader: int | str, percent: int = 20) -> int:
    return teacher.post(
        f"/assignments/{scene.assignment_id}/second-readings",
        data={"percent": str(percent), "reader": str(reader)},
    ).status_code


def held_work(app: Flask) -> tuple[int, int, int, int]:
    """The work that is read again, its two answers, and a photographed page of it."""
    with app.app_context():
        held = db.session.scalars(select(SecondReading.submission_id)).one()
        first, second = db.session.scalars(
            select(Answer.id).where(Answer.submission_id == held).order_by(Answer.id)
        )
        page = db.session.scalars(select(Page.id).where(Page.answer_id.in_((first, second)))).one()
    return held, first, second, page


def kinds_told(app: Flask, person_id: int) -> list[NewsKind]:
    with app.app_context():
        told = select(WorkNotice.kind).where(WorkNotice.person_id == person_id).order_by(WorkNotice.id)
        return list(db.session.scalars(told))
