"""What teachers add to their school's part of the library."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.organisations.models import Organisation
from core.database import db, transaction
from core.events import subscriptions
from library.curriculum.models import Volume
from library.resources.events import ResourcesChanged
from library.resources.models import (
    EndUser,
    Resource,
    ResourceBody,
    ResourcePoint,
    ResourceVersion,
    ReviewState,
    Tier,
)
from library.review.models import ReviewRequest
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_class, make_student, make_teacher
from tests.factories.library import make_point, make_resource, make_subject, make_unit


class School:
    """Two teachers of a school, a pupil, and a teacher of another one; each in a browser."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        with app.app_context():
            with transaction():
                school_class = make_class()
                hats = [
                    make_teacher(school_class),
                    make_teacher(school_class),
                    make_student(school_class),
                    make_teacher(),
                    make_administrator(school_class.school),
                ]
                self.subject_id = make_subject().id
                self.point_id = make_point().id
                self.id = school_class.school_id
            for hat in hats:
                db.session.refresh(hat)
        self.teacher, self.colleague, self.pupil, self.stranger, self.office = (
            sign_in_as(hat) for hat in hats
        )


@pytest.fixture
def school(app: Flask, sign_in_as: SignInAs) -> School:
    return School(app, sign_in_as)


def said(school: School, **more: object) -> dict[str, object]:
    return {
        "kind": "reading",
        "title": "移项的道理",
        "subject_id": school.subject_id,
        "grade_from": 7,
        "grade_to": 8,
        "text": "# 为什么\n\n两边同时减去 $b$。",
    } | more


def write(school: School, **more: object) -> int:
    answer = school.teacher.post("/library/ours/new", data=said(school, **more))
    assert answer.status_code == 302
    return int(answer.location.split("/")[2])


def publish(app: Flask, school: School, resource_id: int) -> None:
    """Submit it, and let the school's office accept it."""
    school.teacher.post(f"/library/{resource_id}/submit")
    with app.app_context():
        asked = db.session.scalars(
            select(ReviewRequest).where(ReviewRequest.open_for_id == resource_id)
        ).one()
        number, version = asked.id, db.session.get_one(Resource, resource_id).version
    answer = school.office.post(
        f"/library/review/{number}", data={"decision": "accept", "reason": "可用", "version": version}
    )
    assert answer.status_code == 302


def test_a_reading_is_written_reviewed_found_and_withdrawn(app: Flask, school: School) -> None:
    resource_id = write(school)
    address = f"/library/{resource_id}"
    assert school.pupil.get(address).status_code == 404

    publish(app, school, resource_id)

    page = school.pupil.get(address).get_data(as_text=True)
    assert "<h2>为什么</h2>" in page
    assert school.stranger.get(address).status_code == 404
    school.colleague.post(f"{address}/withdraw", data={"reason": "过时了"})
    assert school.pupil.get(address).status_code == 404
    with app.app_context():
        made = db.session.get_one(Resource, resource_id)
        assert (made.tier, made.organisation_id) == (Tier.SCHOOL, school.id)
        assert made.review_state is ReviewState.WITHDRAWN


def test_what_it_said_before_is_kept(app: Flask, school: School) -> None:
    resource_id = write(school)

    answer = school.colleague.post(
        f"/library/{resource_id}/edit",
        data=said(school, version=1, title="移项", text="新的正文", point_ids=school.point_id),
    )

    assert answer.status_code == 302
    with app.app_context():
        former = db.session.scalars(
            select(ResourceVersion).where(ResourceVersion.resource_id == resource_id)
        ).one()
        assert former.content["title"] == "移项的道理"
        assert former.content["text"].startswith("# 为什么")
        assert db.session.get_one(Resource, resource_id).title == "移项"
        assert db.session.get_one(ResourceBody, resource_id).text == "新的正文"
        assert db.session.scalars(select(ResourcePoint.point_id)).one() == school.point_id
    assert "移项的道理" in school.teacher.get(f"/library/{resource_id}/edit").get_data(as_text=True)


def test_who_saves_second_keeps_her_words_and_sees_the_other_version(app: Flask, school: School) -> None:
    resource_id = write(school)
    school.colleague.post(f"/library/{resource_id}/edit", data=said(school, version=1, title="同事的标题"))

    answer = school.teacher.post(
        f"/library/{resource_id}/edit", data=said(school, version=1, title="我的标题")
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "同事的标题" in page
    assert 'value="我的标题"' in page
    with app.app_context():
        assert db.session.get_one(Resource, resource_id).title == "同事的标题"


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"title": ""}, "title-errors"),
        ({"text": " "}, "text-errors"),
        ({"kind": "link", "url": ""}, "url-errors"),
        ({"kind": "link", "url": "javascript:alert(1)"}, "url-errors"),
        ({"kind": "practice"}, "kind-errors"),
        ({"grade_from": 9}, "grade_to-errors"),
        ({"grade_to": 13}, "grade_to-errors"),
        ({"minutes": 0}, "minutes-errors"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    app: Flask, school: School, wrong: dict[str, object], complaint: str
) -> None:
    answer = school.teacher.post("/library/ours/new", data=said(school, **wrong))

    assert answer.status_code == 422
    assert f'id="{complaint}"' in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(Resource.id)) is None


def test_the_list_holds_the_school_s_own_and_no_others(app: Flask, school: School) -> None:
    with app.app_context(), transaction():
        own = db.session.get_one(Organisation, school.id)
        make_resource("本校草稿", tier=Tier.SCHOOL, organisation=own, review_state=ReviewState.DRAFT)
        make_resource("公共阅读")
    school.stranger.post("/library/ours/new", data=said(school, title="别校的阅读"))

    page = school.teacher.get("/library/ours").get_data(as_text=True)

    assert "本校草稿" in page
    assert "公共阅读" not in page
    assert "别校的阅读" not in page


def test_search_hears_of_every_change(app: Flask, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[ResourcesChanged] = []
    monkeypatch.setitem(subscriptions(app), ResourcesChanged, [heard.append])
    resource_id = write(school)

    school.teacher.post(f"/library/{resource_id}/edit", data=said(school, version=1))
    publish(app, school, resource_id)
    school.teacher.post(f"/library/{resource_id}/withdraw", data={"reason": "过时了"})

    assert heard == [ResourcesChanged((resource_id,))] * 4


def test_a_link_is_an_address_with_a_title(app: Flask, school: School) -> None:
    resource_id = write(school, kind="link", url="https://example.org/a", text="")
    publish(app, school, resource_id)

    assert 'href="https://example.org/a"' in school.pupil.get(f"/library/{resource_id}").get_data(
        as_text=True
    )


def test_nobody_else_writes(school: School) -> None:
    resource_id = write(school)

    browsers: list[tuple[Browser, int]] = [(school.pupil, 403), (school.stranger, 404)]
    for browser, status in browsers:
        assert browser.get(f"/library/{resource_id}/edit").status_code == status
        assert browser.post(f"/library/{resource_id}/submit").status_code == status


def test_a_teacher_tells_where_a_resource_belongs_and_who_can_use_it(app: Flask, school: School) -> None:
    with app.app_context(), transaction():
        unit = make_unit([])
        unit_id, volume_id = unit.id, unit.volume_id
        edition_id = db.session.get_one(Volume, volume_id).edition_id

    resource_id = write(
        school,
        keywords="移项，等式、 移项,解方程",
        volume_id=volume_id,
        unit_id=unit_id,
        end_user="teacher",
        difficulty="3",
        language="en",
        pages=2,
        accessibility=["captions", "largePrint"],
        licence="CC BY 4.0",
    )

    with app.app_context():
        made = db.session.get_one(Resource, resource_id)
        assert made.keywords == ["移项", "等式", "解方程"]
        assert (made.edition_id, made.volume_id, made.unit_id) == (edition_id, volume_id, unit_id)
        assert (made.end_user, made.language, made.pages) == (EndUser.TEACHER, "en", 2)
        assert made.difficulty == pytest.approx(0.83)
        assert made.accessibility == ["captions", "largePrint"]
    page = school.teacher.get(f"/library/{resource_id}/edit").get_data(as_text=True)
    assert "移项, 等式" in page or "移项、等式" in page
    facts = school.teacher.get(f"/library/{resource_id}/facts").get_data(as_text=True)
    for text in ("人教版", "第三章", "教师", "/library?q="):
        assert text in facts


def test_the_next_resource_begins_as_the_last_one_was(school: School) -> None:
    write(school, language="en", licence="CC BY 4.0", end_user="guardian", grade_from=8, grade_to=9)
    page = school.teacher.get("/library/ours/new").get_data(as_text=True)
    assert 'value="CC BY 4.0"' in licence_field(page)
    for chosen in ('value="en"', 'value="guardian"', 'value="8"', 'value="9"'):
        assert f"<option selected {chosen}>" in page
    others = school.colleague.get("/library/ours/new").get_data(as_text=True)
    assert 'value="CC BY 4.0"' not in licence_field(others)


def licence_field(page: str) -> str:
    found = re.search(r'<input[^>]*name="licence"[^>]*>', page)
    assert found is not None
    return found[0]


def test_books_and_points_follow_the_subject_and_the_grades(app: Flask, school: School) -> None:
    with app.app_context(), transaction():
        make_unit([], grade=8)
        make_point("勾股定理", grade=8)
    address = f"/library/ours/places?subject_id={school.subject_id}"
    fitting = school.teacher.get(f"{address}&grade_from=8&grade_to=8")
    assert "勾股定理" in fitting.get_data(as_text=True)
    assert "人教版" in fitting.get_data(as_text=True)
    other = school.teacher.get(f"{address}&grade_from=1&grade_to=1")
    assert "勾股定理" not in other.get_data(as_text=True)
    assert school.teacher.get("/library/ours/places?subject_id=x&grade_from=&volume_id=9").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("keywords", ",".join(f"词{number}" for number in range(21)), "20"),
        ("keywords", "长" * 61, "太长"),
        ("language", "xx", ""),
        ("end_user", "nobody", ""),
        ("accessibility", ["magic"], ""),
        ("pages", 0, ""),
    ],
)
def test_what_no_list_knows_is_refused(school: School, field: str, value: object, sentence: str) -> None:
    answer = school.teacher.post("/library/ours/new", data=said(school, **{field: value}))
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
