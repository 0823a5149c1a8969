"""What a package reports of a learner is kept as its own word."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import db, transaction
from learning.attempts.models import Attempt
from learning.packages.models import PackageProgress
from learning.packages.services import MOST_A_DAY
from learning.records.models import Statement
from learning.records.verbs import Verb
from library.packages.playable import Standard
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.players import make_package, scorm_bytes

COMPLETED = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80", "cmi.suspend_data": "第三页"}


class Scene:
    """A course of a school, two pupils, and a guardian."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                school_class = make_class()
                teacher, pupil, other = (
                    make_teacher(school_class),
                    make_student(school_class),
                    make_student(school_class),
                )
                hats = [pupil, other, make_guardian(pupil)]
                self.resource_id = make_package(teacher, scorm_bytes(), Standard.SCORM_12).id
                self.pupil_id = pupil.person_id
            for hat in hats:
                db.session.refresh(hat)
        self.pupil, self.other, self.guardian = map(sign_in_as, hats)

    def keep(self, values: dict[str, Any], *, place: str = "i1", by: Browser | None = None) -> Any:  # noqa: ANN401 -- the test client's answer
        address = f"/api/v1/packages/{self.resource_id}/progress"
        return (by or self.pupil).put(address, json={"place": place, "values": values})

    def kept(self, by: Browser | None = None) -> dict[str, Any]:
        answer = (by or self.pupil).get(f"/api/v1/packages/{self.resource_id}/progress")
        told: dict[str, Any] = answer.get_json()
        return told

    def report(self, **more: object) -> Any:  # noqa: ANN401 -- likewise
        body = {"id": str(uuid4()), "verb": "completed", "raw": 3, "max": 4} | more
        return self.pupil.post(f"/api/v1/packages/{self.resource_id}/results", json=body)

    def statements(self) -> list[Statement]:
        with self.app.app_context():
            told = (Verb.COMPLETED, Verb.SCORED)
            return list(
                db.session.scalars(select(Statement).where(Statement.verb.in_(told)).order_by(Statement.id))
            )


@pytest.fixture
def scene(app: Flask, sign_in_as: SignInAs) -> Scene:
    return Scene(app, sign_in_as)


def test_a_course_goes_on_where_it_stopped(scene: Scene) -> None:
    scene.keep({"cmi.core.lesson_location": "3"}, place="i1")
    scene.keep({"cmi.core.lesson_location": "9"}, place="i2")

    assert scene.kept()["places"] == {
        "i1": {"cmi.core.lesson_location": "3"},
        "i2": {"cmi.core.lesson_location": "9"},
    }
    assert scene.kept(scene.other)["places"] == {}


def test_when_it_is_over_that_is_told_once_as_unverified(scene: Scene) -> None:
    for _ in range(3):
        assert scene.keep(COMPLETED).status_code == 200

    [told] = scene.statements()
    assert (told.verb, told.object_type, told.object_id) == (Verb.COMPLETED, "resource", scene.resource_id)
    assert told.result == {"score": {"scaled": 0.8}, "success": True, "completion": True}
    assert told.context["extensions"]["https://w3id.org/weike/xapi/extensions/verified"] is False
    with scene.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_a_result_that_is_reported_twice_is_one(scene: Scene) -> None:
    key = str(uuid4())

    assert scene.report(id=key).get_json() == {"kept": True}
    assert scene.report(id=key).get_json() == {"kept": True}
    assert scene.report(id=key, raw=4).status_code == 409
    [told] = scene.statements()
    assert told.result == {"score": {"scaled": 0.75, "raw": 3.0, "max": 4.0}, "completion": True}


def test_a_package_that_reports_without_end_is_not_listened_to(scene: Scene) -> None:
    answers = [scene.report(verb="scored").get_json()["kept"] for _ in range(MOST_A_DAY + 2)]

    assert answers == [True] * MOST_A_DAY + [False] * 2
    assert len(scene.statements()) == MOST_A_DAY


@pytest.mark.parametrize(
    "values",
    [
        {"secret": "x"},
        {"cmi.core.student_name<script>": "x"},
        {"cmi.suspend_data": "x" * 64_001},
        {"cmi.suspend_data": 7},
        {f"cmi.objectives.{number}.id": "x" for number in range(400)},
    ],
    ids=["name", "markup", "long", "number", "many"],
)
def test_what_is_no_state_of_a_course_is_not_kept(scene: Scene, values: dict[str, Any]) -> None:
    assert scene.keep(values).status_code == 422
    assert scene.kept()["places"] == {}


def test_no_package_fills_the_house(scene: Scene) -> None:
    answers = [
        scene.keep({"cmi.suspend_data": "x" * 64_000}, place=f"i{number}").status_code for number in range(5)
    ]

    assert answers == [200, 200, 200, 200, 413]
    with scene.app.app_context():
        assert len(db.session.scalars(select(PackageProgress)).one().places) == 4


@pytest.mark.parametrize(
    "more", [{"verb": "passed"}, {"scaled": 2}, {"raw": 1e9}, {"raw": "many"}, {"id": "1"}, {"mastery": 1}]
)
def test_what_is_no_result_is_refused(scene: Scene, more: dict[str, Any]) -> None:
    assert scene.report(**more).status_code == 422
    assert scene.statements() == []


def test_the_learner_sees_what_was_reported_and_that_nobody_checked_it(scene: Scene) -> None:
    address = f"/library/{scene.resource_id}/package/result"
    english = {"Accept-Language": "en"}
    assert scene.pupil.get(address).get_data() == b""

    scene.keep(COMPLETED)

    page = scene.pupil.get(address, headers=english).get_data(as_text=True)
    assert "80%" in page
    assert "Passed" in page
    assert "nobody has checked it" in page
    assert scene.guardian.get(address).status_code == 403
    assert scene.keep(COMPLETED, by=scene.guardian).status_code == 403
